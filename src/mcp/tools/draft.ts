import { z } from 'zod';
import { PlatformError } from '../../../graph/errors.ts';
import type { Agent } from '../../agent/agent.ts';
import { stoppedBy } from '../../agent/runs.ts';
import { isReview } from '../../agent/thread/gate.ts';
import type { ThreadStatus } from '../../agent/thread/status.ts';
import { gitIdentity } from '../../specs/git-history.ts';
import { repo } from '../arguments.ts';
import { onPage, pageLine, paging, startOf, type PageOrder } from '../page.ts';
import { count, fenced, oneLine } from '../text.ts';
import { threadLine, threadLines } from '../thread-text.ts';
import { defineTool, joined, type McpContext } from '../tool.ts';

const input = z.strictObject({
  request: z.string().min(1).max(50_000).optional().describe('what is wanted, in the words of people'),
  thread: z.string().min(1).max(80).optional().describe('go on with this one; without both: list them'),
  repo,
  ...paging(16),
});

/** Only what a server lists that was started so takes answers. */
const inputWithAnswers = input.extend({
  answers: z
    .record(z.string().max(40), z.string().max(2_000))
    .optional()
    .describe('what your user said, no guess of yours: {"Q-1": "2", "C-1a2b3c4d": "A because …"}'),
  leaveOpen: z.boolean().optional().describe('your user leaves the rest open'),
});

type Order = z.output<typeof inputWithAnswers>;

const DESCRIPTION =
  'From a request to a spec grounded in this system: begins a thread, or tells where one stands: questions, conflicts, review. People answer and approve.';

/** Begins threads and tells where they stand. What people are asked, it does not take from agents. */
export const draft = defineTool({
  name: 'draft',
  description: DESCRIPTION,
  input,
  writes: true,
  answer: (order, context) => answer(order, context, false),
});

/** The same where agents may pass on what their user says. */
export const draftWithAnswers = defineTool({
  name: 'draft',
  description: DESCRIPTION,
  input: inputWithAnswers,
  writes: true,
  answer: (order, context) => answer(order, context, true),
});

async function answer(order: Order, context: McpContext, takesAnswers: boolean): Promise<string> {
  const { request, thread } = order;
  if (request !== undefined && thread !== undefined)
    throw new PlatformError('BAD_INPUT', 'Give a request, which begins a thread, or the name of a thread.');
  const agent = await agentOf(context, order.repo);
  if (request === undefined && thread === undefined) return listed(agent, order);
  const id = thread ?? (await agent.begin({ request: request ?? '' }));
  await goOn(agent, id, order, context);
  const status = await agent.status(id);
  const lines = threadLines(status);
  const shown = onPage(lines, order);
  return joined(
    `${status.thread}: ${stateOf(status, context)}`,
    fenced(shown),
    pageLine(lines.length, shown.length, order),
    nextStep(status, context, takesAnswers),
  );
}

export const agentOf = ({ system, root, specs }: McpContext, repo?: string): Promise<Agent> =>
  system.agent({ root, specs, ...(repo === undefined ? {} : { repo }) });

/** Goes on with what was said or decided meanwhile. A page after the first is of what there is. */
async function goOn(agent: Agent, id: string, { answers = {}, leaveOpen = false, cursor }: Order, context: McpContext): Promise<void> {
  const isSaid = Object.keys(answers).length > 0 || leaveOpen;
  const { state } = await agent.status(id);
  if (!isSaid && (cursor !== undefined || (state !== 'waiting' && state !== 'stopped'))) return;
  const by = isSaid ? await gitIdentity(context.root) : NOBODY;
  const of = (isConflict: boolean): Readonly<Record<string, string>> =>
    Object.fromEntries(Object.entries(answers).filter(([key]) => key.startsWith('C-') === isConflict));
  await context.runs.run(id, (signal) => agent.resume(id, { by, answers: of(false), choices: of(true), leaveOpen, signal }));
}

/** Says nothing, so that no name is kept. */
const NOBODY = { name: 'agent', email: '' };

async function listed(agent: Agent, order: PageOrder): Promise<string> {
  const names = await agent.threadNames();
  if (names.length === 0) return 'There are no threads. Begin one with a request.';
  const start = startOf(order);
  const after = names[start - 1];
  const isThere = start < names.length;
  const shown = isThere ? await agent.threads({ limit: order.limit, ...(after === undefined ? {} : { after }) }) : [];
  return joined(count(names.length, 'thread'), fenced(shown.map(threadLine)), pageLine(names.length, shown.length, order));
}

function stateOf({ thread, state, gate, timeline }: ThreadStatus, { runs, publish }: McpContext): string {
  const stopped = stoppedBy(runs, thread, timeline);
  const why = stopped === undefined ? '' : `; the last work on it failed: ${oneLine(publish(stopped).message, 400)}`;
  if (state === 'stopped') return runs.isAtWork(thread) ? 'still at work' : `stopped half-way${why}`;
  return `${gate ? `waits for people (${gate.name})` : state}${why}`;
}

/** What is to be done now, and by whom. */
function nextStep({ thread, state, gate, proposed = [] }: ThreadStatus, { runs }: McpContext, takesAnswers: boolean): string {
  const again = `call \`draft\` with thread "${thread}" again`;
  if (state === 'stopped') return runs.isAtWork(thread) ? `In a minute, ${again}.` : `To go on, ${again}.`;
  if (state === 'done') return `Read it with \`handoff\`, README.md first.`;
  if (!gate) return '';
  const accepts = proposed.map(({ question }) => `--accept ${oneLine(question)}`).join(' ');
  const accept = accepts === '' ? '' : `A model proposed answers; a person accepts them: \`specgraph agent resume ${thread} ${accepts}\`. `;
  if (isReview(gate))
    return `${accept}People read the spec and decide: \`specgraph spec approve\` or \`spec request-changes\`; no tool does. Then ${again}.`;
  const ids = (gate.name === 'clarify' ? gate.questions : gate.conflicts).map(({ id }) => oneLine(id));
  const what = gate.name === 'clarify' ? 'Show your user the questions' : 'Show your user the conflicts';
  if (takesAnswers) return `${what}; decide nothing yourself. Then ${again}, with answers for ${ids.join(', ')}.`;
  const flags = ids.map((id) => (gate.name === 'clarify' ? `--answer ${id}=1` : `--choose "${id}=A because …"`)).join(' ');
  return `${what}; decide nothing yourself. They run, in the repository: specgraph agent resume ${thread} ${flags}\nThen ${again}.`;
}

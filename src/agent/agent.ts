import { readFile, realpath, stat } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { PlatformError } from '../../graph/errors.ts';
import { compare } from '../../graph/model/edge.ts';
import { openRepository } from '../../ingest/repository.ts';
import type { PinnedGraph } from '../current-graph.ts';
import { isInside } from '../inside.ts';
import type { Meant } from '../retrieval/search.ts';
import { standingIfAny, submit, type Standing } from '../specs/approvals/decide.ts';
import type { Identity } from '../specs/git-history.ts';
import { sha256 } from '../../ingest/parse/canonical-json.ts';
import type { Feedback } from './feedback/feedback.ts';
import type { GapQuestion, StepContext } from './model.ts';
import { ENGINE } from './engine.ts';
import { parseRequest } from './steps/parse.ts';
import { HAND_OFF } from './steps/deliver.ts';
import { filesInside, placeInside, readInside } from './thread/files-inside.ts';
import { brokenStatus, lastGate, statusOf, type ThreadStatus } from './thread/status.ts';
import { beginThread, bytesOf, openThread, threadIds, type Thread, type ThreadPlace } from './thread/thread.ts';
import { APPROVED, closes, inputName, isReview, type Gate, type ReviewGate } from './thread/gate.ts';
import type { Steps } from './workflow.ts';

/** Where an agent works: a repository with a folder of specs. */
export interface AgentPlace {
  /** Folder of the repository. */
  readonly root: string;
  /** Folder of the specs in it. */
  readonly specs?: string;
  /** What the graph calls the repository; needed only where it holds several. */
  readonly repo?: string;
}

export interface AgentOptions {
  readonly signal?: AbortSignal;
  /** Told of each step as it begins. */
  readonly onStep?: (step: string) => void;
}

export interface DraftOrder extends AgentOptions {
  /** A sentence, a ticket, notes, a chat: text, Markdown or exported JSON. */
  readonly request: string;
  /** A name for the thread, instead of one made from the request. */
  readonly thread?: string;
}

/** What people say at a gate. */
export interface Reply extends AgentOptions {
  readonly by: Identity;
  /** By question: the number of an option, from 1, or other words. */
  readonly answers?: Readonly<Record<string, string>>;
  /** By conflict: the letter of an option, and after a space why. */
  readonly choices?: Readonly<Record<string, string>>;
  /** What is not answered stays a question in the spec, which stops its approval. */
  readonly leaveOpen?: boolean;
  /** Questions whose answer, which a model proposed, is now that of `by`: the spec is drafted anew with it. */
  readonly accept?: readonly string[];
}

/** Which threads, by name. */
export interface ThreadsPage {
  /** Those after this one. */
  readonly after?: string;
  /** At most so many. */
  readonly limit?: number;
}

/** The SpecAgent at one place: it takes requests to specs, and stops where people decide. */
export interface Agent {
  /** Throws `BAD_INPUT` where nothing is asked for. The same request is the same thread. */
  draft(order: DraftOrder): Promise<ThreadStatus>;
  /** Keeps a request as the thread that `resume` goes on with; returns its name. Throws as `draft` does. */
  begin(order: Pick<DraftOrder, 'request' | 'thread'>): Promise<string>;
  /** Goes on with a thread, after what is said and what was decided about its spec meanwhile. Throws `BAD_INPUT` for replies that do not fit. */
  resume(thread: string, reply: Reply): Promise<ThreadStatus>;
  status(thread: string): Promise<ThreadStatus>;
  /** Names of all threads, in order; nothing of them is read. */
  threadNames(): Promise<readonly string[]>;
  /** Threads in the order of their names; nothing of others is read. One whose files are broken says so, and stops none of the others. */
  threads(page?: ThreadsPage): Promise<readonly ThreadStatus[]>;
  /** What was asked for, word for word. */
  request(thread: string): Promise<string>;
  /** Paths of the files of its hand-off, in order; none as long as there is no hand-off. */
  handOff(thread: string): Promise<readonly string[]>;
  /** The text of one of them. Throws `BAD_INPUT` for any other path. */
  handOffFile(thread: string, path: string): Promise<string>;
  /** Ends a thread where it stands. What it wrote stays. */
  cancel(thread: string, by: Identity): Promise<ThreadStatus>;
  /**
   * What became of a spec after it was handed off. Throws `BAD_INPUT` for one that was never approved where no revision is given, and
   * where the graph is older than the files; `GIT_FAILED` for revisions that Git does not know.
   */
  feedback(order: FeedbackRequest): Promise<FeedbackResult>;
}

export interface FeedbackRequest extends AgentOptions {
  /** Path of a spec in the repository, from the working folder. */
  readonly spec: string;
  /** A revision to compare with, instead of the commit of the approval. */
  readonly since?: string;
  /** Whether report and proposals are written as files. */
  readonly write?: boolean;
}

export interface FeedbackResult {
  readonly feedback: Feedback;
  /** Path in the repository of what was written. */
  readonly folder?: string;
  /** Nothing is missing, and nothing has drifted. */
  readonly isDone: boolean;
}

/** What an agent is given of the system around it. */
export interface AgentSystem {
  use<T>(ask: (graph: PinnedGraph) => Promise<T>): Promise<T>;
  meant(graph: PinnedGraph, text: string): Promise<Meant | undefined>;
  steps(): Promise<Steps>;
  readonly now?: () => Date;
}

export function createAgent({ root, specs = 'specs', repo }: AgentPlace, system: AgentSystem): Agent {
  const place: ThreadPlace = {
    root: resolve(root),
    specs: placeWithin(resolve(root), specs),
    ...(system.now ? { now: system.now } : {}),
  };

  const contextOf = async (graph: PinnedGraph, signal: AbortSignal | undefined): Promise<StepContext> => ({
    graph,
    meant: (text) => system.meant(graph, text),
    repo: await repositoryOf(graph, place.root, repo),
    root: place.root,
    specs: place.specs,
    ...(signal ? { signal } : {}),
  });
  const mustGoOn = async (thread: Thread): Promise<void> => {
    if (await thread.isCancelled())
      throw new PlatformError('BAD_INPUT', `The thread ${thread.id} was cancelled. Begin another one, by another name (--thread, thread).`);
  };
  const goOn = (thread: Thread, { signal, onStep }: AgentOptions): Promise<ThreadStatus> =>
    system.use(async (graph) => {
      const context = await contextOf(graph, signal);
      const [steps, { advance }] = [await system.steps(), await import('./workflow.ts')]; // LangGraph comes along
      // What people decided comes before anything that could change what they decided about.
      const asked = await lastGate(thread);
      const again = asked && isReview(asked) && (await isUndecided(thread, asked, place.root)) ? asked : undefined;
      let gate = await advance(thread, steps, context, { onStep, ...(again?.name === 'review-why' ? { again: again.round } : {}) });
      while (gate && isReview(gate) && (await noteReview(thread, gate, place))) gate = await advance(thread, steps, context, { onStep });
      return statusOf(thread);
    });

  const statusOrBroken = async (id: string): Promise<ThreadStatus> => {
    try {
      return await statusOf(await openThread(place, id));
    } catch (error) {
      if (error instanceof PlatformError && error.code !== 'INTERNAL') return brokenStatus(id, error);
      throw error;
    }
  };
  const begin = async ({ request, thread }: DraftOrder): Promise<Thread> => {
    bytesOf(request); // before all of it is read
    return beginThread(place, thread ?? threadName(request), request);
  };
  const handOffOf = async (id: string): Promise<string> => join((await openThread(place, id)).folder, HAND_OFF);

  return {
    async draft(order) {
      const thread = await begin(order);
      await mustGoOn(thread);
      return goOn(thread, order);
    },
    begin: async (order) => (await begin(order)).id,
    async resume(id, reply) {
      const thread = await openThread(place, id);
      await mustGoOn(thread);
      await noteReply(thread, reply, place);
      return goOn(thread, reply);
    },
    status: async (id) => statusOf(await openThread(place, id)),
    threadNames: () => threadIds(place),
    async threads({ after = '', limit = Infinity } = {}) {
      const ids = (await threadIds(place)).filter((id) => compare(id, after) > 0).slice(0, limit);
      const found: ThreadStatus[] = [];
      for (const id of ids) found.push(await statusOrBroken(id));
      return found;
    },
    request: async (id) => (await openThread(place, id)).request(),
    handOff: async (id) => filesInside(await handOffOf(id)),
    handOffFile: async (id, path) => readInside(await handOffOf(id), path),
    async cancel(id, by) {
      const thread = await openThread(place, id);
      await thread.cancel(by);
      return statusOf(thread);
    },
    feedback: ({ spec, since, write = false, signal }) =>
      system.use(async (graph) => {
        const context = await contextOf(graph, signal);
        const [{ feedback: feedbackOf }, { needsWork }, { writeFeedback }] = await Promise.all([
          import('./steps/feedback.ts'), // brings readers of contracts along
          import('./feedback/feedback.ts'),
          import('./feedback/write-feedback.ts'),
        ]);
        const path = await pathWithin(place.root, spec);
        const feedback = await feedbackOf({ spec: path, ...(since === undefined ? {} : { since }) }, context);
        const folder = write ? await writeFeedback(feedback, place) : undefined;
        return { feedback, isDone: !needsWork(feedback), ...(folder === undefined ? {} : { folder }) };
      }),
  };
}

/** The path of a file in a repository, whatever links lead there. */
async function pathWithin(root: string, path: string): Promise<string> {
  const found = await realpath(path).catch((cause: unknown) => {
    throw new PlatformError('BAD_INPUT', `There is no ${path}. Name a spec of the repository.`, { cause });
  });
  const top = await realpath(root);
  if (!isInside(top, found)) throw new PlatformError('BAD_INPUT', `${path} is not in ${root}.`);
  return relative(top, found).replaceAll('\\', '/');
}

function placeWithin(root: string, specs: string): string {
  const folder = resolve(root, specs);
  if (!isInside(root, folder)) throw new PlatformError('BAD_INPUT', `The folder of specs, ${specs}, is not in ${root}.`);
  return relative(root, folder).replaceAll('\\', '/');
}

/** Most words of a thread's name. */
const WORDS = 5;

function threadName(request: string): string {
  const [first] = parseRequest(request).requirements;
  if (!first) throw new PlatformError('BAD_INPUT', 'Nothing in this request asks for something. Say what the system shall do.');
  const words = (first.said ?? first.quote).toLowerCase().match(/[a-z0-9]+/g) ?? [];
  const slug = words.slice(0, WORDS).join('-').slice(0, 50) || 'request';
  return `${slug}-${sha256(request).slice('sha256:'.length, 'sha256:'.length + 8)}`;
}

async function repositoryOf({ reader }: PinnedGraph, root: string, named: string | undefined): Promise<string> {
  const known = await reader.repositories();
  const wanted = named ?? (known.length === 1 ? known[0] : (await openRepository(root)).name);
  if (wanted !== undefined && known.includes(wanted)) return wanted;
  const told =
    known.length === 0 ? 'Nothing is ingested yet: run `specgraph ingest` first.' : `There are: ${known.join(', ')}. Name one with --repo.`;
  throw new PlatformError('BAD_INPUT', `The graph has no repository ${wanted ?? ''}. ${told}`);
}

const isOrAre = (ids: readonly string[]): string => (ids.length > 1 ? 'are' : 'is');

/** Keeps what is said at the gate that the thread waits at; what was said there already may be said again. */
async function noteReply(
  thread: Thread,
  { by, answers = {}, choices = {}, leaveOpen = false, accept = [] }: Reply,
  place: ThreadPlace,
): Promise<void> {
  const gate = await lastGate(thread);
  const isSaid = Object.keys(answers).length + Object.keys(choices).length > 0;
  if (accept.length > 0) {
    if (isSaid) throw new PlatformError('BAD_INPUT', 'Accept proposed answers in a call of its own: they are asked for at another time.');
    return noteAccepted(thread, gate, accept, by, place);
  }
  if (!gate || isReview(gate)) {
    if (isSaid)
      throw new PlatformError('BAD_INPUT', `${thread.id} asks for nothing like that now. See \`specgraph agent status ${thread.id}\`.`);
    return;
  }
  if (!isSaid && !leaveOpen) return;
  const given = gate.name === 'clarify' ? answers : choices;
  const other = gate.name === 'clarify' ? choices : answers;
  const asked = gate.name === 'clarify' ? gate.questions : gate.conflicts;
  const unknown = [...Object.keys(given).filter((id) => asked.every((one) => one.id !== id)), ...Object.keys(other)];
  const open = asked.filter(({ id }) => given[id] === undefined).map(({ id }) => id);
  const list = asked.map(({ id }) => id).join(', ');
  if (unknown.length > 0) throw new PlatformError('BAD_INPUT', `${unknown.join(', ')} ${isOrAre(unknown)} not asked. Asked is: ${list}.`);
  const said = new Map<string, string>();
  for (const one of asked) {
    const value = given[one.id]?.trim();
    if (value === undefined) continue;
    if (value === '') throw new PlatformError('BAD_INPUT', `${one.id} is answered with nothing.`);
    said.set(one.id, 'slot' in one ? optionOf(one, value) : value);
    if ('members' in one && !one.options.some(({ id }) => id === /^[A-Z](?![A-Za-z])/.exec(value)?.[0]))
      throw new PlatformError(
        'BAD_INPUT',
        `${one.id} has no option ${value}. It has: ${one.options.map(({ id, text }) => `${id} (${text})`).join(', ')}.`,
      );
  }
  if (open.length > 0 && !leaveOpen && !closes(gate, said))
    throw new PlatformError(
      'BAD_INPUT',
      `${open.join(', ')} ${isOrAre(open)} not answered. Answer, or leave ${open.length > 1 ? 'them' : 'it'} open in the spec (--leave-open, leaveOpen).`,
    );
  await thread.say(inputName(gate), by, said);
}

/** Keeps that somebody takes answers of a model for theirs. */
async function noteAccepted(
  thread: Thread,
  gate: Gate | undefined,
  accept: readonly string[],
  by: Identity,
  place: ThreadPlace,
): Promise<void> {
  const { proposed = [] } = await statusOf(thread);
  const said = new Map<string, string>();
  for (const id of accept) {
    const answer = proposed.find(({ question }) => question === id);
    if (answer) said.set(id, answer.value);
    else
      throw new PlatformError(
        'BAD_INPUT',
        `There is no proposed answer to ${id}. ${proposed.length === 0 ? 'Nothing is proposed now' : `Proposed is one to: ${proposed.map(({ question }) => question).join(', ')}`}. See \`specgraph agent status ${thread.id}\`.`,
      );
  }
  if (!gate || !isReview(gate)) return;
  if (await noteReview(thread, gate, place))
    throw new PlatformError(
      'BAD_INPUT',
      `Reviewers have decided about this draft. Run \`specgraph agent resume ${thread.id}\` first, then accept what is open still.`,
    );
  await thread.say(inputName(gate), by, said);
}

/** `2` is the second option; anything else is an answer in words. */
function optionOf({ id, options }: GapQuestion, value: string): string {
  if (!/^\d$/.test(value)) return value;
  const option = options[Number(value) - 1];
  if (option) return option.value;
  throw new PlatformError('BAD_INPUT', `${id} has options 1 to ${options.length}.`);
}

/** Where the spec of a thread stands. Throws `BAD_INPUT` where it cannot be read. */
async function standingAt({ id }: Thread, path: string, { spec }: ReviewGate): Promise<Standing | undefined> {
  if (!(await stat(path).catch(() => undefined)))
    throw new PlatformError(
      'BAD_INPUT',
      `${spec}, the spec that ${id} waits for a review of, is not there. Restore it, or end the thread with \`specgraph agent cancel ${id}\`.`,
    );
  try {
    return await standingIfAny(path);
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    throw new PlatformError(error.code, `${error.message.replaceAll(path, spec)} Correct it, or restore it as it was.`, {
      cause: error,
      details: error.details,
    });
  }
}

/** Whether nobody has said anything yet about what is to be reviewed. */
async function isUndecided(thread: Thread, gate: ReviewGate, root: string): Promise<boolean> {
  if (await thread.input(inputName(gate))) return false;
  const standing = await standingAt(thread, await placeInside(root, gate.spec), gate);
  return !standing?.state.roles.some(({ approvedBy, refusedBy }) => approvedBy.length + refusedBy.length > 0);
}

/** Keeps what reviewers decided about the spec of a thread; false as long as they did not decide enough. */
async function noteReview(thread: Thread, gate: ReviewGate, { root, now = () => new Date() }: ThreadPlace): Promise<boolean> {
  const path = await placeInside(root, gate.spec);
  let standing = await standingAt(thread, path, gate); // where nobody may approve yet, the draft's notes say so
  if (!standing) return false;
  // Nobody could ask for the review as long as nothing said who may approve.
  if (standing.state.status === 'draft') standing = await submit(path, { by: ENGINE, at: now() });
  const { state, log } = standing;
  const wanted = log.entries.filter(({ hash, action }) => hash === state.hash && action === 'request-changes');
  const refused = state.roles.flatMap(({ refusedBy }) => refusedBy);
  const first = refused[0];
  if (first) {
    const emails = new Set(refused.map(({ email }) => email));
    const comments = new Map<string, string>();
    for (const { by, comment = 'Wants changes.' } of wanted) {
      if (!emails.has(by.email) || [...comments.values()].includes(comment)) continue;
      const [, part, text] = /^((?:AC|NFR)-[A-Za-z0-9-]+)\s*:\s*(.+)$/s.exec(comment) ?? [];
      if (part !== undefined && text !== undefined && !comments.has(part)) comments.set(part, text);
      else comments.set(`comment-${comments.size + 1}`, comment);
    }
    await thread.say(inputName(gate), first, comments);
    return true;
  }
  const why = state.roles.find(({ name }) => name === 'why');
  const isEnough = gate.name === 'review-why' ? !why || why.approvedBy.length >= why.atLeast : state.status === 'approved';
  if (!isEnough) return false;
  const by =
    (gate.name === 'review-why' ? why : undefined)?.approvedBy.at(-1) ?? state.roles.flatMap(({ approvedBy }) => approvedBy).at(-1);
  await thread.say(inputName(gate), by ?? { name: 'nobody', email: '' }, new Map([[APPROVED, state.hash]]), await readFile(path, 'utf8'));
  return true;
}

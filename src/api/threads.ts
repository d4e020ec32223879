import { join, relative } from 'node:path';
import { PlatformError } from '../../graph/errors.ts';
import type { Agent, Reply } from '../agent/agent.ts';
import { stoppedBy } from '../agent/runs.ts';
import type { ThreadStatus } from '../agent/thread/status.ts';
import { readSpec } from '../specs/read-spec.ts';
import { readText } from '../specs/spec-files.ts';
import { specAtHand, type SpecAtHand } from '../specs/spec-at-hand.ts';
import { somebody, somePerson } from './actors.ts';
import type { ApiContext } from './context.ts';
import { LIMITS } from './limits.ts';

type Context = Pick<ApiContext, 'system' | 'roots' | 'actor' | 'runs' | 'publish'>;

/** Where a thread is, as clients say it. */
export interface Place {
  readonly root: string;
  readonly specs: string;
  /** Of work that asks the graph. */
  readonly repo?: string;
}

/** A thread as it stands now, and what can be asked of it. */
export interface ThreadAtHand {
  readonly status: ThreadStatus;
  /** This server works on it. */
  readonly isAtWork: boolean;
  /** Why it is broken, or what stopped the work of this server on it; with the next step. */
  readonly problem: string | undefined;
  request(): Promise<string>;
  spec(): Promise<SpecAtHand | undefined>;
  handOff(): HandOffAtHand | undefined;
}

export interface HandOffAtHand {
  readonly path: string;
  files(): Promise<readonly string[]>;
  file(path: string): Promise<string>;
}

/** Throws `BAD_INPUT` for a thread that there is not, and as `Roots.resolve` does. */
export const openThread = (context: Context, id: string, place: Place): Promise<ThreadAtHand> =>
  at(context, place, async (desk) => threadAt(context, desk, await desk.agent.status(id)));

/** The threads of a place after one, by name; at most as many as are asked for. */
export const listThreads = (
  context: Context,
  { after, limit, ...place }: Place & { readonly after?: string; readonly limit: number },
): Promise<readonly ThreadAtHand[]> =>
  at(context, place, async (desk) => {
    const page = await desk.agent.threads({ limit, ...(after === undefined ? {} : { after }) });
    return page.map((status) => threadAt(context, desk, status));
  });

/** Throws `APPROVAL_REFUSED` for nobody, `LIMIT_EXCEEDED` for long requests, and as `Agent.draft` does. */
export const draftSpec = (
  context: Context,
  { request, thread, ...place }: Place & { readonly request: string; readonly thread?: string },
): Promise<ThreadAtHand> =>
  at(context, place, async (desk) => {
    const by = somebody(context);
    atMost('requestCharacters', request.length);
    const id = await desk.agent.begin({ request, ...(thread === undefined ? {} : { thread }) });
    await context.runs.run(keyOf(desk, id), (signal) => desk.agent.resume(id, { by, signal }));
    return threadAt(context, desk, await desk.agent.status(id));
  });

/** What is said to a thread, as lists of pairs. */
export interface Said {
  readonly accept: readonly string[];
  readonly answers: readonly SaidOf[];
  readonly choices: readonly SaidOf[];
  readonly leaveOpen: boolean;
}

interface SaidOf {
  readonly id: string;
  readonly value: string;
}

/** Throws `APPROVAL_REFUSED` for nobody, and for an engine that says something; `BAD_INPUT` for replies that do not fit. */
export const resumeThread = (
  context: Context,
  id: string,
  { answers, choices, leaveOpen, accept }: Said,
  place: Place,
): Promise<ThreadAtHand> =>
  at(context, place, async (desk) => {
    const isSaid = answers.length + choices.length + accept.length > 0 || leaveOpen;
    atMost('replies', accept.length);
    const by = isSaid ? await somePerson(context, rulesAt(desk)) : somebody(context);
    const reply: Reply = { by, answers: pairs(answers), choices: pairs(choices), leaveOpen, accept };
    const { state } = await desk.agent.status(id);
    if (isSaid || state === 'waiting' || state === 'stopped')
      await context.runs.run(keyOf(desk, id), (signal) => desk.agent.resume(id, { ...reply, signal }));
    return threadAt(context, desk, await desk.agent.status(id));
  });

/** Throws `APPROVAL_REFUSED` for nobody and for engines. */
export const cancelThread = (context: Context, id: string, place: Place): Promise<ThreadAtHand> =>
  at(context, place, async (desk) => threadAt(context, desk, await desk.agent.cancel(id, await somePerson(context, rulesAt(desk)))));

/** An agent at a place, with what errors have to call it. */
interface Desk {
  readonly agent: Agent;
  /** Real path of the repository. */
  readonly root: string;
  readonly specs: string;
  /** A message without where the server keeps its folders. */
  told(message: string): string;
}

/** Runs something at a place, with errors that say nothing of where the server keeps its folders. */
async function at<T>({ system, roots }: Context, { root, specs, repo }: Place, run: (desk: Desk) => Promise<T>): Promise<T> {
  const real = await roots.resolve(root);
  const told = (message: string): string => message.replaceAll(`${real}/`, '').replaceAll(real, root);
  try {
    const agent = await system.agent({ root: real, specs, ...(repo === undefined ? {} : { repo }) });
    return await run({ agent, root: real, specs, told });
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    throw new PlatformError(error.code, told(error.message), { cause: error, details: error.details });
  }
}

function threadAt({ system, roots, runs, publish }: Context, desk: Desk, status: ThreadStatus): ThreadAtHand {
  const { agent, root } = desk;
  const { thread: id, spec, handOff } = status;
  const stopped = stoppedBy(runs, keyOf(desk, id), status.timeline);
  return {
    status,
    isAtWork: runs.isAtWork(keyOf(desk, id)),
    problem: status.problem ?? (stopped === undefined ? undefined : desk.told(publish(stopped).message)),
    request: () => agent.request(id),
    async spec() {
      if (!spec) return undefined;
      const path = await roots.resolve(join(root, spec.path));
      return specAtHand(system, readSpec(await readText(path), path), relative(roots.folders[0] ?? '.', path).replaceAll('\\', '/'));
    },
    handOff: () =>
      handOff === undefined ? undefined : { path: handOff, files: () => agent.handOff(id), file: (path) => agent.handOffFile(id, path) },
  };
}

const keyOf = ({ root, specs }: Desk, id: string): string => [root, specs, id].join('\0');

/** A path that the rules of approval of a place hold for. */
const rulesAt = ({ root, specs }: Desk): string => join(root, specs, 'any.spec.yaml');

function pairs(said: readonly SaidOf[]): Readonly<Record<string, string>> {
  atMost('replies', said.length);
  const found = new Map<string, string>();
  for (const { id, value } of said) {
    atMost('replyCharacters', value.length);
    if (found.has(id)) throw new PlatformError('BAD_INPUT', `${id} is answered twice.`);
    found.set(id, value);
  }
  return Object.fromEntries(found);
}

function atMost(limit: 'requestCharacters' | 'replyCharacters' | 'replies', found: number): void {
  if (found <= LIMITS[limit]) return;
  throw new PlatformError('LIMIT_EXCEEDED', `There are ${found}; at most ${LIMITS[limit]} are allowed (${limit}).`, {
    details: { limit, allowed: LIMITS[limit], found },
  });
}

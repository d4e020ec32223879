import type { Grounding } from '../model.ts';
import type { WrittenSpec } from '../workflow.ts';
import { closes, inputName, type Gate } from './gate.ts';
import type { Doer, Thread } from './thread.ts';

/** One thing that happened to a thread. */
export interface TimelineEntry {
  readonly step: string;
  readonly by: Doer;
  readonly at: string;
  /** Hash of what it was made from. */
  readonly input: string;
  /** Quotes that what came out of it rests on. */
  readonly evidence: number;
}

export interface ThreadStatus {
  readonly thread: string;
  /** `closed`: there was nothing to build; `stopped`: a process ended half-way, resuming it goes on. */
  readonly state: 'waiting' | 'done' | 'closed' | 'cancelled' | 'stopped';
  /** What it waits for. */
  readonly gate?: Gate;
  /** Parts of the request that the system does already. */
  readonly existing: Grounding['existing'];
  /** The spec, by its path in the repository, and what its author has to know. */
  readonly spec?: { readonly path: string; readonly notes: readonly string[] };
  /** Folder of the hand-off, in the repository. */
  readonly handOff?: string;
  readonly timeline: readonly TimelineEntry[];
}

interface Outputs {
  readonly gate?: Gate;
  readonly grounding?: Grounding;
  readonly written?: WrittenSpec;
  readonly handOff?: string;
}

/** What a thread asked for last, whether or not somebody has answered since. */
export async function lastGate(thread: Thread): Promise<Gate | undefined> {
  const outputs = (await thread.records()).map(({ output }) => output as Outputs);
  return outputs.findLast(({ gate }) => gate !== undefined)?.gate;
}

/** Where a thread stands, from its files alone: nothing is run. */
export async function statusOf(thread: Thread): Promise<ThreadStatus> {
  const records = await thread.records();
  const outputs = records.map(({ output }) => output as Outputs);
  const last = <K extends keyof Outputs>(key: K): Outputs[K] | undefined => outputs.findLast((output) => output[key] !== undefined)?.[key];
  const [asked, written, handOff, grounding] = [last('gate'), last('written'), last('handOff'), last('grounding')];
  const inputs = await Promise.all(outputs.map(async ({ gate }) => (gate ? thread.input(inputName(gate)) : undefined)));
  const isAnswered = asked === undefined || inputs.some((input, index) => input !== undefined && outputs[index]?.gate === asked);
  const isClosed = outputs.some(({ gate }, index) => gate && closes(gate, inputs[index]?.said ?? new Map()));
  const isCancelled = await thread.isCancelled();
  const timeline = records.flatMap(({ step, by, at, key, output }, index): TimelineEntry[] => {
    const input = inputs[index];
    const done = { step, by, at, input: key, evidence: evidenceIn(output) };
    if (!input) return [done];
    const said = {
      step: inputName((output as Outputs).gate!),
      by: { kind: 'person', ...input.by } as const,
      at: input.at,
      input: key,
      evidence: 0,
    };
    return [done, said];
  });
  return {
    thread: thread.id,
    state: isCancelled ? 'cancelled' : isClosed ? 'closed' : handOff !== undefined ? 'done' : isAnswered ? 'stopped' : 'waiting',
    ...(isAnswered || isCancelled || !asked ? {} : { gate: asked }),
    existing: grounding?.existing ?? [],
    ...(written ? { spec: { path: written.path, notes: written.notes } } : {}),
    ...(handOff === undefined ? {} : { handOff }),
    timeline,
  };
}

/** Quotes in what a step came to, wherever they stand in it. */
function evidenceIn(output: unknown): number {
  if (Array.isArray(output)) return output.reduce((sum: number, one) => sum + evidenceIn(one), 0);
  if (typeof output !== 'object' || output === null) return 0;
  const own = 'node' in output && 'sha' in output && 'quote' in output ? 1 : 0;
  return Object.values(output).reduce((sum: number, one) => sum + evidenceIn(one), own);
}

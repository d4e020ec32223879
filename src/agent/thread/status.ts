import type { DraftSpec, Evidence, Grounding, WrittenSpec } from '../model.ts';
import { PROPOSED_BY } from '../../specs/spec.ts';
import type { Checked } from '../steps/check.ts';
import { closes, inputName, isReview, type Gate } from './gate.ts';
import type { Doer } from './record.ts';
import type { Thread } from './thread.ts';

/** One thing that happened to a thread. */
export interface TimelineEntry {
  readonly step: string;
  readonly by: Doer;
  readonly at: string;
  /** Hash of what it was made from. */
  readonly input: string;
  /** Quotes that what came out of it rests on. */
  readonly evidence: number;
  /** Something that it needed did not answer: it is tried again when the thread is resumed, as long as nobody has decided about what came of it. */
  readonly open?: true;
}

/** What a language model answered to a question that people left open. It counts when somebody accepts it. */
export interface ProposedAnswer {
  /** `Q-1`. */
  readonly question: string;
  readonly text: string;
  readonly value: string;
  readonly model: string;
  readonly evidence: readonly Evidence[];
}

export interface ThreadStatus {
  readonly thread: string;
  /** `closed`: there was nothing to build; `stopped`: a process ended half-way, resuming it goes on; `broken`: its files cannot be read. */
  readonly state: 'waiting' | 'done' | 'closed' | 'cancelled' | 'stopped' | 'broken';
  /** Why it is broken, and what to do. */
  readonly problem?: string;
  /** What it waits for. */
  readonly gate?: Gate;
  /** At a review: answers that wait for somebody to accept them. */
  readonly proposed?: readonly ProposedAnswer[];
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
  readonly checked?: Checked;
  readonly written?: WrittenSpec;
  readonly refineNotes?: readonly string[];
  readonly handOff?: string;
}

/** What a thread asked for last, whether or not somebody has answered since. */
export async function lastGate(thread: Thread): Promise<Gate | undefined> {
  const outputs = (await thread.records()).map(({ output }) => output as Outputs);
  return outputs.findLast(({ gate }) => gate !== undefined)?.gate;
}

/** Its spec as the thread left it last. */
export async function lastWritten(thread: Thread): Promise<WrittenSpec | undefined> {
  const outputs = (await thread.records()).map(({ output }) => output as Outputs);
  return outputs.findLast(({ written }) => written !== undefined)?.written;
}

/** A thread whose files cannot be read, among others that can. */
export const brokenStatus = (thread: string, { message }: Error): ThreadStatus => ({
  thread,
  state: 'broken',
  problem: message,
  existing: [],
  timeline: [],
});

/** Answers of a draft that are a model's. */
function proposedIn(questions: DraftSpec['questions']): readonly ProposedAnswer[] {
  return questions.flatMap(({ id, text, answer, answeredBy = '', proposal }) =>
    answer === undefined || !proposal
      ? []
      : [{ question: id, text, value: answer, model: answeredBy.slice(PROPOSED_BY.length), evidence: proposal }],
  );
}

/** Where a thread stands, from its files alone: nothing is run. Throws `BAD_INPUT` for one that is broken. */
export async function statusOf(thread: Thread): Promise<ThreadStatus> {
  const records = await thread.records();
  const outputs = records.map(({ output }) => output as Outputs);
  const last = <K extends keyof Outputs>(key: K): Outputs[K] | undefined => outputs.findLast((output) => output[key] !== undefined)?.[key];
  const [asked, written, handOff, grounding] = [last('gate'), last('written'), last('handOff'), last('grounding')];
  const refineNotes = last('refineNotes') ?? [];
  const inputs = await Promise.all(outputs.map(async ({ gate }) => (gate ? thread.input(inputName(gate)) : undefined)));
  const isAnswered = asked === undefined || inputs.some((input, index) => input !== undefined && outputs[index]?.gate === asked);
  const isClosed = outputs.some(({ gate }, index) => gate && closes(gate, inputs[index]?.said ?? new Map()));
  const isCancelled = await thread.isCancelled();
  const waitsFor = isAnswered || isCancelled ? undefined : asked;
  const proposed = waitsFor && isReview(waitsFor) ? proposedIn(last('checked')?.draft.questions ?? []) : [];
  const timeline = records.flatMap(({ step, by, at, key, open, output }, index): TimelineEntry[] => {
    const gate = (output as Outputs).gate;
    // A review may be asked for twice in one round, where the draft got better before anybody decided.
    const isLast = gate && outputs.findLastIndex((other) => other.gate && inputName(other.gate) === inputName(gate)) === index;
    const input = isLast ? inputs[index] : undefined;
    const done = { step, by, at, input: key, evidence: evidenceIn(output), ...(open ? { open } : {}) };
    if (!gate || !input) return [done];
    const said = {
      step: inputName(gate),
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
    ...(waitsFor ? { gate: waitsFor } : {}),
    ...(proposed.length > 0 ? { proposed } : {}),
    existing: grounding?.existing ?? [],
    ...(written ? { spec: { path: written.path, notes: [...refineNotes, ...written.notes] } } : {}),
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

import { z } from 'zod';
import { PlatformError } from '../../../graph/errors.ts';
import { visible } from '../../visible.ts';
import { OUTPUTS } from './outputs.ts';

/** Who or what did a step. */
export const Doer = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('rules') }),
  z.strictObject({
    kind: z.literal('model'),
    model: z.string(),
    /** Hash of what the model was told. */
    prompt: z.string(),
    inputTokens: z.int().min(0),
    outputTokens: z.int().min(0),
    /** In the currency of the prices in the settings. */
    cost: z.number().optional(),
  }),
  z.strictObject({ kind: z.literal('person'), name: z.string(), email: z.string() }),
]);
export type Doer = z.infer<typeof Doer>;

/** A step that was done: what came out of which input. */
const StepRecord = z.strictObject({
  v: z.literal(1),
  step: z.string(),
  /** Hash of the step's name and input: with the same input it is not done again. */
  key: z.string(),
  by: Doer,
  at: z.iso.datetime(),
  /** Something that it needed did not answer: it may be done again. */
  open: z.literal(true).optional(),
  output: z.unknown(),
});
export type StepRecord = z.infer<typeof StepRecord>;

/** Characters of one line: of a request of a megabyte, what is read in it is the longest. */
const LONGEST = 64 * 1024 * 1024;
/** Levels of lists and objects: no step comes to more than a dozen. */
const DEEPEST = 40;
/** How each record begins. */
const BEGINNING = '{"v":1,"step":"';

/**
 * The record in a line of a log; undefined for an empty one, and for one whose writer was stopped half-way. Throws `BAD_INPUT`, with `place`
 * (`file:line`), for all else: somebody edited or merged it, or another version wrote it.
 */
export function recordIn(line: string, place: string): StepRecord | undefined {
  if (line.trim() === '') return undefined;
  if (line.length > LONGEST) throw noRecord(place, `has ${line.length} characters, and at most ${LONGEST} are read`);
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (cause) {
    if (line.startsWith(BEGINNING) || BEGINNING.startsWith(line)) return undefined;
    throw noRecord(place, /^(?:<{7}|={7}|>{7})/.test(line) ? 'is a mark of a merge' : 'is no JSON', cause);
  }
  if (isDeeper(value, DEEPEST)) throw noRecord(place, `is nested more than ${DEEPEST} times`);
  const record = StepRecord.safeParse(value);
  if (!record.success) throw noRecord(place, `is no record of a step (${toldOf(record.error)})`, record.error);
  const { step, output } = record.data;
  const form = OUTPUTS.get(step);
  if (!form) throw noRecord(place, `is of a step ${visible(step.slice(0, 40))}, which this version of specgraph does not have`);
  const read = form.safeParse(output);
  if (!read.success) throw noRecord(place, `has nothing that ${step} comes to (${toldOf(read.error)})`, read.error);
  return record.data;
}

/** The line of a record. Throws `INTERNAL` for one that could not be read again. */
export function lineOf(record: StepRecord, place: string): string {
  const line = JSON.stringify(record);
  try {
    recordIn(line, place);
  } catch (cause) {
    throw new PlatformError('INTERNAL', `What came out of ${record.step} has another form than a thread keeps.`, { cause });
  }
  return line;
}

const noRecord = (place: string, why: string, cause?: unknown): PlatformError =>
  new PlatformError(
    'BAD_INPUT',
    `${place} ${why}. Restore the file as Git has it, or delete that line: its step is then done again. What people said is in files of its own.`,
    { ...(cause === undefined ? {} : { cause }), details: { place } },
  );

function toldOf({ issues }: z.ZodError): string {
  const [first] = issues.flatMap((issue) => (issue.code === 'invalid_union' ? (issue.errors.at(-1) ?? []) : [issue]));
  const at = first?.path.join('.') ?? '';
  return visible(`${at === '' ? '' : `${at}: `}${first?.message ?? 'another form'}`).slice(0, 200);
}

const isDeeper = (value: unknown, most: number): boolean =>
  typeof value === 'object' && value !== null && (most === 0 || Object.values(value).some((inner) => isDeeper(inner, most - 1)));

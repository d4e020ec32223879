import { z } from 'zod';
import { canonicalJson, sha256 } from '../../parse/canonical-json.ts';

const Hash = z.string().regex(/^sha256:[0-9a-f]{64}$/);

/** Something that was decided about one state of a spec: a line of the log beside it. */
export const ApprovalEntry = z.strictObject({
  v: z.literal(1),
  action: z.enum(['submit', 'approve', 'request-changes']),
  feature: z.string(),
  version: z.string(),
  /** What was decided about: the normative hash. */
  hash: Hash,
  /** `why`, `how`, `policy:<name>`: what somebody approved or refused as. */
  role: z.string().optional(),
  by: z.strictObject({ name: z.string(), email: z.string() }),
  at: z.iso.datetime(),
  /** What was checked out. */
  commit: z.string().optional(),
  comment: z.string().optional(),
  /** The engine that wrote the spec, as the spec said. */
  engine: z.strictObject({ engine: z.string(), model: z.string().optional(), by: z.string().optional() }).optional(),
  /** Parts of which `by` says that they mean what they meant in the version that was approved before. */
  sameMeaning: z.array(z.string()).optional(),
  /** What the hash is of; in the first entry of each hash. */
  content: z.unknown().optional(),
  /** Ids of the entries that nothing followed yet: two people at once make two branches, which the next entry joins. */
  prev: z.array(Hash),
  /** Of everything above. */
  id: Hash,
});
export type ApprovalEntry = z.infer<typeof ApprovalEntry>;

export interface LogProblem {
  /** Line in the log, from 1; absent where the line is gone. */
  readonly line?: number;
  readonly code:
    | 'not-an-entry'
    | 'altered'
    | 'unknown-parent'
    | 'repeated'
    | 'content'
    | 'other-feature'
    | 'backdated'
    | 'removed'
    | 'other-author';
  readonly message: string;
  /** Only a reason to look: nothing that was decided is in doubt. */
  readonly isHint?: true;
}

/** One line of a log, and what is wrong with it by itself and by what stands above it. */
export interface LogRow<E extends ApprovalEntry = ApprovalEntry> {
  readonly line: number;
  /** Undefined where the line is none. */
  readonly entry: E | undefined;
  readonly problems: readonly LogProblem[];
}

/** A hash over everything else in an entry, earlier entries included: whoever alters one has to alter all that follow. */
export const idOf = ({ id: _id, ...entry }: Omit<ApprovalEntry, 'id'> & { readonly id?: string }): string => sha256(canonicalJson(entry));

/** Clocks of two people differ. */
const CLOCK_SKEW_MS = 15 * 60_000;

/** The lines of a log that are not empty, checked against each other. `feature`: what it is about, where that is known. */
export function readRows<E extends ApprovalEntry>(
  text: string,
  entryOf: (row: string) => E | undefined,
  feature?: string,
): readonly LogRow<E>[] {
  const known = new Map<string, E>();
  return text.split('\n').flatMap((row, index): readonly LogRow<E>[] => {
    if (row.trim() === '') return [];
    const line = index + 1;
    const problems: LogProblem[] = [];
    const tell = (code: LogProblem['code'], message: string): void => void problems.push({ line, code, message });
    const entry = entryOf(row);
    if (!entry) {
      tell('not-an-entry', 'Is no entry: it was altered, or its writer was stopped half-way. Restore it from Git, or remove it.');
      return [{ line, entry, problems }];
    }
    if (entry.id !== idOf(entry) || canonicalJson(entry) !== row.replace(/\r$/, ''))
      tell('altered', 'Does not have the hash it says it has.');
    // Two processes that write the same at the same moment, or a merge that keeps both sides: it says nothing that was not said.
    if (known.has(entry.id)) problems.push({ line, code: 'repeated', message: 'Stands in the log twice, and counts once.', isHint: true });
    if (feature !== undefined && entry.feature !== feature) tell('other-feature', `Is about ${entry.feature}, not about ${feature}.`);
    if (entry.prev.length === 0 && entry.action !== 'submit') tell('unknown-parent', 'Follows nothing: what it follows was removed.');
    for (const parent of entry.prev) {
      const before = known.get(parent);
      if (!before) tell('unknown-parent', 'Follows an entry that is not above it: that was altered, moved or removed.');
      else if (Date.parse(entry.at) < Date.parse(before.at) - CLOCK_SKEW_MS) tell('backdated', 'Says it was before what it follows.');
    }
    known.set(entry.id, entry);
    return [{ line, entry, problems }];
  });
}

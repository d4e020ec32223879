import { open, readFile } from 'node:fs/promises';
import { z } from 'zod';
import { PlatformError } from '../../../graph/errors.ts';
import { fileHistory } from '../git-history.ts';
import { canonicalJson, Normative, normativeHash, sha256 } from '../normative.ts';

const Hash = z.string().regex(/^sha256:[0-9a-f]{64}$/);

/** Something that was decided about one state of a spec. */
export const Entry = z.strictObject({
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
  content: Normative.optional(),
  /** Ids of the entries that nothing followed yet: two people at once make two branches, which the next entry joins. */
  prev: z.array(Hash),
  /** Of everything above. */
  id: Hash,
});
export type Entry = z.infer<typeof Entry>;

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

export interface ApprovalLog {
  readonly path: string;
  /** In the order of the file; those that are in doubt are among the problems. */
  readonly entries: readonly Entry[];
  readonly problems: readonly LogProblem[];
}

/** The log beside a spec. */
export const logPath = (specPath: string): string => `${specPath.replace(/\.spec\.ya?ml$/i, '')}.approvals.jsonl`;

/** A hash over everything else in an entry, earlier entries included: whoever alters one has to alter all that follow. */
export const idOf = ({ id: _id, ...entry }: Omit<Entry, 'id'> & { readonly id?: string }): string => sha256(canonicalJson(entry));

/** Clocks of two people differ. */
const CLOCK_SKEW_MS = 15 * 60_000;

/** Reads and checks the text of a log. */
export function readLog(text: string, path: string, feature: string): ApprovalLog {
  const entries: Entry[] = [];
  const problems: LogProblem[] = [];
  const known = new Map<string, Entry>();
  for (const [index, row] of text.split('\n').entries()) {
    if (row.trim() === '') continue;
    const line = index + 1;
    const tell = (code: LogProblem['code'], message: string): void => void problems.push({ line, code, message });
    const entry = entryOf(row);
    if (!entry) {
      tell('not-an-entry', 'Is no entry: it was altered, or its writer was stopped half-way. Restore it from Git, or remove it.');
      continue;
    }
    if (entry.id !== idOf(entry) || canonicalJson(entry) !== row.replace(/\r$/, ''))
      tell('altered', 'Does not have the hash it says it has.');
    if (known.has(entry.id)) tell('repeated', 'Stands in the log twice.');
    if (entry.content && normativeHash(entry.content) !== entry.hash) tell('content', 'Has a content that is not what was decided about.');
    if (entry.feature !== feature) tell('other-feature', `Is about ${entry.feature}, not about ${feature}.`);
    if (entry.prev.length === 0 && entry.action !== 'submit') tell('unknown-parent', 'Follows nothing: what it follows was removed.');
    for (const parent of entry.prev) {
      const before = known.get(parent);
      if (!before) tell('unknown-parent', 'Follows an entry that is not above it: that was altered, moved or removed.');
      else if (Date.parse(entry.at) < Date.parse(before.at) - CLOCK_SKEW_MS) tell('backdated', 'Says it was before what it follows.');
    }
    known.set(entry.id, entry);
    entries.push(entry);
  }
  return { path, entries, problems };
}

function entryOf(row: string): Entry | undefined {
  try {
    return Entry.parse(JSON.parse(row));
  } catch {
    return undefined;
  }
}

/**
 * The log beside a spec, checked by itself and against the versions that Git has: what was ever committed has to be there still. A
 * hash chain alone does not show that its end was cut off, or that all of it was written anew.
 */
export async function openLog(specPath: string, feature: string): Promise<ApprovalLog> {
  const path = logPath(specPath);
  const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return '';
    throw new PlatformError('BAD_INPUT', `Cannot read ${path}. See that it is a file that may be read.`, { cause });
  });
  const log = readLog(text, path, feature);
  return { ...log, problems: [...log.problems, ...(await againstHistory(path, text))] };
}

async function againstHistory(path: string, text: string): Promise<readonly LogProblem[]> {
  const rows = text.split('\n').map((row) => row.replace(/\r$/, ''));
  const lines = new Map(rows.map((row, index) => [row, index + 1]));
  const seen = new Set<string>();
  const problems: LogProblem[] = [];
  for (const { commit, author, text: then } of (await fileHistory(path)) ?? [])
    for (const row of then.split('\n').map((one) => one.replace(/\r$/, ''))) {
      if (row.trim() === '' || seen.has(row)) continue;
      seen.add(row);
      const [line, entry] = [lines.get(row), entryOf(row)];
      if (line === undefined && entry)
        problems.push({
          code: 'removed',
          message: `An entry by ${entry.by.email} of ${entry.at}, in commit ${commit.slice(0, 12)}, is there no more.`,
        });
      else if (line !== undefined && entry && entry.by.email.toLowerCase() !== author.email.toLowerCase())
        problems.push({
          line,
          code: 'other-author',
          message: `Says it is by ${entry.by.email}; ${author.email} committed it.`,
          isHint: true,
        });
    }
  return problems;
}

export const isIntact = ({ problems }: ApprovalLog): boolean => problems.every(({ isHint }) => isHint);

/** What an entry says, apart from its place in the log. */
export type NewEntry = Omit<Entry, 'v' | 'prev' | 'id' | 'content'>;

/**
 * Adds entries to a log. One write at the end of the file: of two people at once, both are in it, one after the other. Each says
 * what it follows as its writer saw it, so that neither makes the other's wrong.
 */
export async function append(log: ApprovalLog, content: Normative, entries: readonly NewEntry[]): Promise<readonly Entry[]> {
  const followed = new Set(log.entries.flatMap(({ prev }) => prev));
  let heads = log.entries.map(({ id }) => id).filter((id) => !followed.has(id));
  let isKnown = log.entries.some((entry) => entry.content !== undefined && entry.hash === normativeHash(content));
  const added = entries.map((entry): Entry => {
    const whole = { v: 1 as const, ...entry, ...(isKnown ? {} : { content }), prev: heads.toSorted() };
    const id = idOf(whole);
    heads = [id];
    isKnown = true;
    return { ...whole, id };
  });
  const file = await open(log.path, 'a+').catch((cause: unknown) => {
    throw new PlatformError('BAD_INPUT', `Cannot write ${log.path}. See that the folder exists and may be written to.`, { cause });
  });
  try {
    const { size } = await file.stat();
    const last = Buffer.alloc(1);
    if (size > 0) await file.read(last, 0, 1, size - 1);
    const isEnded = size === 0 || last.toString() === '\n';
    const bytes = Buffer.from(`${isEnded ? '' : '\n'}${added.map((entry) => `${canonicalJson(entry)}\n`).join('')}`);
    const { bytesWritten } = await file.write(bytes);
    if (bytesWritten !== bytes.length)
      throw new PlatformError('BAD_INPUT', `Could not write all of an entry to ${log.path}. Is the disk full?`);
    await file.sync();
  } finally {
    await file.close();
  }
  return added;
}

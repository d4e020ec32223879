import { open, readFile } from 'node:fs/promises';
import type { z } from 'zod';
import { PlatformError } from '../../../graph/errors.ts';
import { canonicalJson } from '../../../ingest/parse/canonical-json.ts';
import { ApprovalEntry, idOf, readRows, type LogProblem } from '../../../ingest/workers/approvals/approval-log.ts';
import { fileHistory } from '../git-history.ts';
import { Normative, normativeHash } from '../normative.ts';

/** Something that was decided about one state of a spec, with what that state was. */
export const Entry = ApprovalEntry.extend({
  /** What the hash is of; in the first entry of each hash. */
  content: Normative.optional(),
});
export type Entry = z.infer<typeof Entry>;

export interface ApprovalLog {
  readonly path: string;
  /** In the order of the file, each once; those that are in doubt are among the problems. */
  readonly entries: readonly Entry[];
  readonly problems: readonly LogProblem[];
}

/** The log beside a spec. */
export const logPath = (specPath: string): string => `${specPath.replace(/\.spec\.ya?ml$/i, '')}.approvals.jsonl`;

/** Reads and checks the text of a log. */
export function readLog(text: string, path: string, feature: string): ApprovalLog {
  const rows = readRows(text, entryOf, feature);
  return {
    path,
    entries: [...new Map(rows.flatMap(({ entry }) => (entry ? [[entry.id, entry] as const] : []))).values()],
    problems: rows.flatMap(({ line, entry, problems }) => [
      ...problems,
      ...(entry?.content && normativeHash(entry.content) !== entry.hash
        ? [{ line, code: 'content' as const, message: 'Has a content that is not what was decided about.' }]
        : []),
    ]),
  };
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

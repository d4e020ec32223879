import { PlatformError } from '../../../graph/errors.ts';
import { changedFiles, git, pathOf } from '../../diff/git.ts';

/** What was written in a file since a commit. */
export interface ChangedLines {
  /** Numbers, from 1, of lines of today that were not there as they are. */
  readonly added: ReadonlySet<number>;
  /** Lines that are gone, without the white space around them: what only moved is among them. */
  readonly removed: ReadonlySet<string>;
  readonly isNew: boolean;
}

/** By path, what changed in the work tree since a commit, files that Git does not track included. Throws GIT_FAILED, BAD_INPUT. */
export async function changedLines(
  root: string,
  since: string,
  linesOf: (path: string) => Promise<number>,
): Promise<ReadonlyMap<string, ChangedLines>> {
  const files = await changedFiles(root, { revisions: since }); // says what is wrong with a revision
  const found = new Map<string, ChangedLines>();
  for (const file of files) {
    const path = file.after?.path;
    if (path === undefined) continue;
    if (file.before === undefined) {
      const lines = await linesOf(path);
      found.set(path, { added: new Set(Array.from({ length: lines }, (_, at) => at + 1)), removed: new Set(), isNew: true });
      continue;
    }
    found.set(path, { ...(await hunksOf(root, since, pathOf(file), path)), isNew: false });
  }
  return found;
}

const OPTIONS = ['--unified=0', '--no-color', '--no-ext-diff', '--no-textconv', '--find-renames', '--relative'];

async function hunksOf(root: string, since: string, before: string, path: string): Promise<Omit<ChangedLines, 'isNew'>> {
  const paths = [...new Set([before, path])].map((one) => `:(literal)${one}`);
  const text = await git(root, ['diff', ...OPTIONS, since, '--', ...paths]).catch((cause: unknown) => {
    throw new PlatformError('GIT_FAILED', `Cannot compare ${path} with ${since}. Try the command again once git can read the repository.`, {
      cause,
    });
  });
  const [added, removed] = [new Set<number>(), new Set<string>()];
  let line = 0;
  let isWithin = false;
  for (const row of text.toString('utf8').split('\n')) {
    const start = /^@@ -\S+ \+(\d+)/.exec(row)?.[1];
    if (start !== undefined) [line, isWithin] = [Number(start), true];
    else if (row.startsWith('diff ')) isWithin = false;
    else if (isWithin && row.startsWith('+')) added.add(line++);
    else if (isWithin && row.startsWith('-')) removed.add(row.slice(1).trim());
  }
  return { added, removed };
}

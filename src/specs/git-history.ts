import { realpath } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { PlatformError } from '../../graph/errors.ts';
import { git } from '../diff/git.ts';

/** Who acts on this machine, as Git would sign a commit. */
export interface Identity {
  readonly name: string;
  readonly email: string;
}

/** Throws GIT_FAILED where Git knows nobody. */
export async function gitIdentity(folder: string): Promise<Identity> {
  let told = '';
  try {
    told = (await git(folder, ['var', 'GIT_AUTHOR_IDENT'])).toString('utf8');
  } catch (cause) {
    // The folder that is not there looks like a git that is not.
    if (isMissing(cause) && !(await realpath(folder).catch(() => undefined)))
      throw new PlatformError('BAD_INPUT', `There is no folder ${folder}.`, { cause });
    if (isMissing(cause))
      throw new PlatformError('GIT_FAILED', 'There is no git, which says who you are. Install it, or put it on the PATH.', { cause });
    throw new PlatformError('GIT_FAILED', 'Git does not know who you are. Set user.name and user.email with `git config`.', { cause });
  }
  const [, name, email] = /^(.*) <([^<>]+)> \d+ [+-]\d{4}\s*$/.exec(told) ?? [];
  if (name === undefined || email === undefined)
    throw new PlatformError('GIT_FAILED', 'Git does not know who you are. Set user.name and user.email with `git config`.');
  return { name, email };
}

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';

/** One commit of a file. */
export interface FileCommit {
  readonly commit: string;
  readonly author: Identity;
  /** Empty where the commit deletes the file. */
  readonly text: string;
}

/** The versions of a file that Git has, oldest first; undefined outside of a repository or where Git is missing. */
export async function fileHistory(path: string): Promise<readonly FileCommit[] | undefined> {
  const folder = await realpath(dirname(path)).catch(() => undefined);
  if (folder === undefined) return undefined;
  const name = basename(path);
  let log = '';
  try {
    log = (
      await git(folder, ['log', '--full-history', '--reverse', '--topo-order', '--format=%H%x00%aN%x00%aE', '--', `./${name}`])
    ).toString('utf8');
  } catch {
    return undefined;
  }
  const commits: FileCommit[] = [];
  for (const line of log.split('\n').filter((row) => row !== '')) {
    const [commit = '', author = '', email = ''] = line.split('\0');
    const text = await git(folder, ['show', `${commit}:./${name}`]).then(String, () => '');
    commits.push({ commit, author: { name: author, email }, text });
  }
  return commits;
}

/** The commit that is checked out; undefined outside of a repository, and before its first commit. */
export const headOf = (folder: string): Promise<string | undefined> =>
  git(folder, ['rev-parse', '--verify', '--quiet', 'HEAD']).then(
    (told) => told.toString('utf8').trim() || undefined,
    () => undefined,
  );

/** The text of `REV:path`. Throws GIT_FAILED. */
export async function textAtRevision(folder: string, revision: string, path: string): Promise<string> {
  try {
    if (/^-|[\s:]/.test(revision)) throw new Error('a revision does not begin with - and has neither spaces nor colons');
    return (await git(folder, ['show', '--end-of-options', `${revision}:${path.startsWith('/') ? path : `./${path}`}`])).toString('utf8');
  } catch (cause) {
    throw new PlatformError('GIT_FAILED', `Git has no ${path} at ${revision}. Name a revision and a path in it as REV:path.`, { cause });
  }
}

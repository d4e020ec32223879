import { execFile } from 'node:child_process';
import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PlatformError } from '../../graph/errors.ts';
import { compare } from '../../graph/model/edge.ts';
import type { DiffRange } from './diff-impact.ts';

/** One version of a file: in Git's object store, or, without `blob`, in the work tree. */
export interface FileVersion {
  /** Relative to the folder that was asked about, with `/`. */
  readonly path: string;
  readonly blob?: string;
}

/** An added file has no `before`, a deleted one no `after`; the paths differ when Git finds that it was renamed. */
export interface ChangedFile {
  readonly before?: FileVersion;
  readonly after?: FileVersion;
}

const MAX_OUTPUT = 2 ** 30;
const run = promisify(execFile);

/** Runs git without a shell, and without the helper programs that a repository may configure. */
export async function git(folder: string, args: readonly string[], input?: string): Promise<Buffer> {
  const running = run('git', ['--no-optional-locks', '-c', 'core.fsmonitor=false', ...args], {
    cwd: folder,
    encoding: 'buffer',
    maxBuffer: MAX_OUTPUT,
  });
  running.child.stdin?.on('error', () => undefined); // git ended early: its exit status says why
  running.child.stdin?.end(input);
  return (await running).stdout;
}

const messageOf = (error: unknown): string => {
  const { stderr, message } = error as { readonly stderr?: Buffer; readonly message?: string };
  return stderr?.toString('utf8').trim().replace(/\.$/, '') || (message ?? String(error));
};

function failure(what: string, error: unknown): PlatformError {
  const missing = (error as { readonly code?: unknown }).code === 'ENOENT';
  const next = missing ? 'Install git, or put it on the PATH.' : 'Try the command again once git can read the repository.';
  return new PlatformError('GIT_FAILED', `${what}: ${missing ? 'there is no git' : messageOf(error)}. ${next}`, { cause: error });
}

/** The top folder of the work tree around a folder. Throws GIT_FAILED outside of one. */
export async function workTreeOf(folder: string): Promise<string> {
  try {
    return (await git(folder, ['rev-parse', '--show-toplevel'])).toString('utf8').replace(/\r?\n$/, '');
  } catch (error) {
    if ((error as { readonly code?: unknown }).code === 'ENOENT') throw failure('Cannot look at changes', error);
    throw new PlatformError('GIT_FAILED', `${folder} is in no Git work tree: ${messageOf(error)}. Give a folder of a Git repository.`, {
      cause: error,
    });
  }
}

/**
 * The files below a folder that differ between two states, by path; untracked files count as added to the work tree.
 * Symbolic links and submodules are left out. Throws BAD_INPUT for something that is no range, GIT_FAILED for unknown
 * revisions.
 */
export async function changedFiles(folder: string, range: Omit<DiffRange, 'root'>): Promise<readonly ChangedFile[]> {
  const { from, to } = await statesOf(folder, range);
  const sides = [...(to === 'index' ? ['--cached'] : []), from, ...(to === 'index' || to === 'work tree' ? [] : [to])];
  const options = [
    '--raw',
    '-z',
    '--no-abbrev',
    '--find-renames',
    '--relative',
    '--no-ext-diff',
    '--no-textconv',
    '--ignore-submodules=all',
  ];
  try {
    const listed = parseRaw((await git(folder, ['diff', ...options, ...sides, '--'])).toString('utf8'));
    if (to !== 'work tree') return listed;
    const untracked = (await git(folder, ['ls-files', '--others', '--exclude-standard', '-z', '--'])).toString('utf8').split('\0');
    const added = untracked.filter((path) => path !== '').map((path): ChangedFile => ({ after: { path } }));
    return [...listed, ...added].sort((a, b) => compare(pathOf(a), pathOf(b)));
  } catch (error) {
    if (error instanceof PlatformError) throw error;
    throw failure('Cannot list changed files', error);
  }
}

export const pathOf = ({ before, after }: ChangedFile): string => (before ?? after)?.path ?? '';

interface States {
  readonly from: string;
  readonly to: string;
}

async function statesOf(folder: string, { revisions, staged }: Omit<DiffRange, 'root'>): Promise<States> {
  if (staged && revisions !== undefined)
    throw new PlatformError('BAD_INPUT', 'The index is compared with HEAD. Give either revisions or staged.');
  if (staged || revisions === undefined) return { from: await commitOf(folder, 'HEAD'), to: staged ? 'index' : 'work tree' };
  const [, from, dots, to] = /^(.*?)(?:(\.{2,3})(.*))?$/s.exec(revisions)!;
  if (dots === undefined) return { from: await commitOf(folder, revisions), to: 'work tree' };
  const [start, end] = [await commitOf(folder, from || 'HEAD'), await commitOf(folder, to || 'HEAD')];
  return { from: dots === '...' ? await mergeBase(folder, start, end) : start, to: end };
}

/** The full hash of the commit a revision means: whatever else a user writes never reaches another git command. */
async function commitOf(folder: string, revision: string): Promise<string> {
  // oxlint-disable-next-line no-control-regex
  if (!/^(?!-)[^\u0000-\u001f\u007f]+$/.test(revision))
    throw new PlatformError(
      'BAD_INPUT',
      `${JSON.stringify(revision)} is no revision. Use a branch, a tag, a commit, or two of them as A..B.`,
      {
        details: { revision },
      },
    );
  try {
    return (await git(folder, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`])).toString('utf8').trim();
  } catch (error) {
    if ((error as { readonly code?: unknown }).code === 'ENOENT') throw failure('Cannot look at changes', error);
    const next = revision === 'HEAD' ? 'Make a first commit.' : 'See `git log --all` for those there are, or fetch it.';
    throw new PlatformError('GIT_FAILED', `Git knows no commit ${JSON.stringify(revision)}. ${next}`, {
      cause: error,
      details: { revision },
    });
  }
}

async function mergeBase(folder: string, a: string, b: string): Promise<string> {
  try {
    return (await git(folder, ['merge-base', a, b])).toString('utf8').trim();
  } catch (error) {
    throw new PlatformError('GIT_FAILED', `${a} and ${b} have no common ancestor. Compare them with two dots.`, { cause: error });
  }
}

/** `:<mode> <mode> <blob> <blob> <status>`, then one path, or two for a rename, each closed by NUL. */
function parseRaw(output: string): readonly ChangedFile[] {
  const fields = output.split('\0');
  const files: ChangedFile[] = [];
  for (let at = 0; at + 1 < fields.length;) {
    const [oldMode, newMode, oldBlob, newBlob, status] = fields[at++]!.slice(1).split(' ') as [string, string, string, string, string];
    const oldPath = fields[at++]!;
    const newPath = /^[RC]/.test(status) ? fields[at++]! : oldPath;
    if (status === 'U') throw new PlatformError('GIT_FAILED', `${oldPath} is not merged. Finish the merge first.`);
    const before = isFile(oldMode) ? { path: oldPath, blob: oldBlob } : undefined;
    const after = isFile(newMode) ? { path: newPath, ...(/^0+$/.test(newBlob) ? {} : { blob: newBlob }) } : undefined;
    if (before || after) files.push({ ...(before ? { before } : {}), ...(after ? { after } : {}) });
  }
  return files;
}

const isFile = (mode: string): boolean => mode.startsWith('100');

/** The texts of some versions. A file of the work tree that is none any more, or cannot be read, is left out. */
export async function readTexts(folder: string, versions: readonly FileVersion[]): Promise<ReadonlyMap<FileVersion, string>> {
  const blobs = await readBlobs(folder, [...new Set(versions.flatMap(({ blob }) => (blob === undefined ? [] : [blob])))]);
  const texts = new Map<FileVersion, string>();
  for (const version of versions) {
    const text = version.blob === undefined ? await readWorkTree(join(folder, version.path)) : blobs.get(version.blob);
    if (text !== undefined) texts.set(version, text);
  }
  return texts;
}

async function readWorkTree(path: string): Promise<string | undefined> {
  try {
    return (await lstat(path)).isFile() ? await readFile(path, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}

/** One `git cat-file --batch` for all: each answer is `<id> blob <size>`, a newline, the bytes, a newline. */
async function readBlobs(folder: string, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  let output: Buffer;
  try {
    output = await git(folder, ['cat-file', '--batch'], `${ids.join('\n')}\n`);
  } catch (error) {
    throw failure('Cannot read file versions', error);
  }
  const texts = new Map<string, string>();
  for (let at = 0; at < output.length;) {
    const end = output.indexOf(10, at);
    const [id, type, size] = output.toString('utf8', at, end).split(' ');
    if (type !== 'blob') throw failure('Cannot read file versions', new Error(`object ${id} is ${type ?? 'missing'}`));
    const start = end + 1;
    texts.set(id!, output.toString('utf8', start, start + Number(size)));
    at = start + Number(size) + 1;
  }
  return texts;
}

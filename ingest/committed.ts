import { execFile } from 'node:child_process';
import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { SAFE } from './workers/history/git-log.ts';

/** Bytes of the list of a commit's files: some hundred thousand files. */
const LONGEST_LIST = 256_000_000;

/** The commit that is checked out, when it holds a file with exactly these bytes, and they are text. */
export type CommitOf = (path: string, bytes: Uint8Array) => string | undefined;

/** For the files below `root`, which may be a folder within a work tree. Knows of no commit where there is no Git. */
export async function committedFiles(root: string): Promise<CommitOf> {
  const git = async (...args: readonly string[]): Promise<string> =>
    (await promisify(execFile)('git', [...SAFE, ...args], { cwd: root, maxBuffer: LONGEST_LIST })).stdout;
  try {
    const commit = (await git('rev-parse', 'HEAD')).trim();
    const blobs = new Map(
      (await git('ls-tree', '-r', '-z', commit)).split('\0').map((line) => {
        const tab = line.indexOf('\t'); // a path may have more of them
        return [line.slice(tab + 1), line.slice(0, tab).split(' ')[2]] as const;
      }),
    );
    return (path, bytes) => {
      const blob = blobs.get(path);
      if (blob === undefined || !isUtf8(bytes)) return undefined;
      const algorithm = blob.length === 40 ? 'sha1' : 'sha256';
      const found = createHash(algorithm).update(`blob ${bytes.byteLength}\0`).update(bytes).digest('hex');
      return found === blob ? commit : undefined;
    };
  } catch {
    return () => undefined;
  }
}

import { posix } from 'node:path';

/** Folder of a path of the repository; empty for its root. */
export const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

/** The last segment of a path. */
export const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** A path as written in a file of `folder`, from the repository's root; undefined when it leads out of it. Empty is the root. */
export function pathFrom(folder: string, written: string): string | undefined {
  if (/^([a-z][a-z0-9+.-]*:|[/~$]|git@)/i.test(written)) return undefined;
  const joined = posix.normalize(posix.join(folder, written)).replace(/\/$/, '');
  if (joined === '..' || joined.startsWith('../')) return undefined;
  return joined === '.' ? '' : joined;
}

import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { PlatformError } from '../../../graph/errors.ts';
import { isInside } from '../../inside.ts';
import { compare } from '../../../graph/model/edge.ts';

/** Most files that are listed of one folder, and bytes that are read of one file. */
export const MOST = { files: 2000, bytes: 1024 * 1024 };

/** Paths of the files below a folder, in order; none where there is no folder. Links are not followed. */
export async function filesInside(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .toSorted(compare)
    .slice(0, MOST.files);
}

/** The text of a file below a folder. Throws `BAD_INPUT` for what is not there or lies outside, also by way of a link; `LIMIT_EXCEEDED`. */
export async function readInside(folder: string, path: string): Promise<string> {
  const [top, file] = await Promise.all([realpath(folder), realpath(join(folder, path))]).catch(() => []);
  if (top === undefined || file === undefined || !isInside(top, file) || isAbsolute(path)) throw nothingThere(path);
  const found = await stat(file);
  if (!found.isFile()) throw nothingThere(path);
  if (found.size > MOST.bytes)
    throw new PlatformError('LIMIT_EXCEEDED', `${path} has ${found.size} bytes; at most ${MOST.bytes} are read.`, {
      details: { limit: 'fileBytes', allowed: MOST.bytes, found: found.size },
    });
  return readFile(file, 'utf8');
}

/**
 * Where a file below a folder may be written, absolute. Throws `BAD_INPUT` for a path that leads out of it, also by way of a link: what
 * names it may come from a file that anybody could have committed.
 */
export async function placeInside(folder: string, path: string): Promise<string> {
  const [top, file] = [resolve(folder), resolve(folder, path)];
  let above = dirname(file);
  while (above !== dirname(above) && !(await stat(above).catch(() => undefined))) above = dirname(above);
  const real = await Promise.all([realpath(top), realpath(above)]);
  if (!isAbsolute(path) && isInside(top, file) && isInside(...real)) return file;
  throw new PlatformError('BAD_INPUT', `${path} is not in ${top}: nothing is written there. See where the log of this thread comes from.`);
}

const nothingThere = (path: string): PlatformError =>
  new PlatformError('BAD_INPUT', `There is no file ${path}. Ask for the list of files.`);

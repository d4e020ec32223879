import { readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { PlatformError } from '../graph/errors.ts';
import type { Repository } from './worker.ts';

/** Qualifies ids: anything but control characters, `//`, and a slash at either end. */
// oxlint-disable-next-line no-control-regex
const RepositoryName = z.string().regex(/^(?!\/)(?!.*\/\/)[^\u0000-\u001f\u007f]+(?<!\/)$/);

/**
 * The repository at a path. Its name is the one given, else the `name` in its package.json, else the folder's name.
 * Throws `SOURCE_NOT_FOUND` when there is no folder at the path, `BAD_INPUT` for a name that cannot qualify ids.
 */
export async function openRepository(folder: string, name?: string): Promise<Repository> {
  const root = await folderAt(folder);
  if (name === undefined) return { root, name: RepositoryName.safeParse(await manifestName(root)).data ?? (path.basename(root) || 'root') };
  if (!RepositoryName.safeParse(name).success)
    throw new PlatformError(
      'BAD_INPUT',
      `${JSON.stringify(name)} cannot name a repository. Use a name without "//" and control characters.`,
    );
  return { root, name };
}

async function folderAt(folder: string): Promise<string> {
  let root;
  try {
    root = await realpath(folder);
  } catch (cause) {
    throw new PlatformError('SOURCE_NOT_FOUND', `There is no folder ${folder}. Give the path of a repository.`, { cause });
  }
  if (!(await stat(root)).isDirectory())
    throw new PlatformError('SOURCE_NOT_FOUND', `${folder} is a file. Give the path of the repository that holds it.`);
  return root;
}

async function manifestName(root: string): Promise<unknown> {
  try {
    return z.object({ name: z.unknown() }).parse(JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'))).name;
  } catch {
    return undefined; // no package, or one that the package worker will report
  }
}

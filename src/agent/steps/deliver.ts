import { lstat, readdir, readFile, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { PlatformError } from '../../../graph/errors.ts';
import { isInside } from '../../inside.ts';
import { makeFolder, replaceText } from '../../specs/spec-files.ts';
import { isTemporary, removeLeftIn } from '../../specs/temporary-file.ts';
import type { PackFile } from '../targets/target.ts';
import { placeInside } from '../thread/files-inside.ts';
import type { Thread } from '../thread/thread.ts';

/** Folder of a hand-off, in that of its thread. */
export const HAND_OFF = 'hand-off';

/**
 * Puts the files of a hand-off into the folder of the thread, in place of those of an earlier one. Returns that folder's path. What is
 * there already is not touched, so that two processes at once, or one after another that was killed, come to the same. Throws `BAD_INPUT`
 * where a link would lead out of it: what is not in the pack is removed.
 */
export async function deliver(files: readonly PackFile[], thread: Thread): Promise<string> {
  const folder = resolve(thread.folder, HAND_OFF);
  if ((await lstat(folder).catch(() => undefined))?.isSymbolicLink())
    throw new PlatformError('BAD_INPUT', `${thread.fileOf(HAND_OFF)} is a link. Remove it: the hand-off is written there.`);
  await makeFolder(folder);
  for (const { path, text } of files) {
    const file = resolve(folder, path);
    if (!isInside(folder, file)) throw new PlatformError('INTERNAL', `${path} is outside of the hand-off.`);
    await placeInside(folder, path);
    if ((await readFile(file, 'utf8').catch(() => undefined)) === text) continue;
    await makeFolder(dirname(file));
    await replaceText(file, text); // in place of a link, if there is one
  }
  const wanted = files.map(({ path }) => resolve(folder, path));
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (isTemporary(path)) {
      await removeLeftIn(entry.parentPath); // another process may be about to give it its name
      continue;
    }
    const isWanted = wanted.some((file) => file === path || file.startsWith(join(path, '/')));
    if (!isWanted) await rm(path, { recursive: true, force: true });
  }
  return thread.fileOf(HAND_OFF);
}

import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { PlatformError } from '../../../graph/errors.ts';
import type { PackFile } from '../targets/target.ts';
import type { Thread } from '../thread/thread.ts';

/** Folder of a hand-off, in that of its thread. */
export const HAND_OFF = 'hand-off';

/**
 * Puts the files of a hand-off into the folder of the thread, in place of those of an earlier one. Returns that folder's path. What is
 * there already is not touched, so that two processes at once, or one after another that was killed, come to the same.
 */
export async function deliver(files: readonly PackFile[], thread: Thread): Promise<string> {
  const folder = resolve(thread.folder, HAND_OFF);
  await mkdir(folder, { recursive: true });
  for (const { path, text } of files) {
    const file = resolve(folder, path);
    if (relative(folder, file).startsWith('..')) throw new PlatformError('INTERNAL', `${path} is outside of the hand-off.`);
    if ((await readFile(file, 'utf8').catch(() => undefined)) === text) continue;
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text); // half of it stays only where the step is not in the log, and is done again
  }
  const wanted = files.map(({ path }) => resolve(folder, path));
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const isWanted = wanted.some((file) => file === path || file.startsWith(join(path, '/')));
    if (!isWanted) await rm(path, { recursive: true, force: true });
  }
  return thread.fileOf(HAND_OFF);
}

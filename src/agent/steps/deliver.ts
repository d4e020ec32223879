import { mkdir, rm } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';
import { PlatformError } from '../../../graph/errors.ts';
import { replaceText } from '../../specs/spec-files.ts';
import type { PackFile } from '../targets/target.ts';
import type { Thread } from '../thread/thread.ts';

/** Folder of a hand-off, in that of its thread. */
export const HAND_OFF = 'hand-off';

/** Puts the files of a hand-off into the folder of the thread, in place of those of an earlier one. Returns that folder's path. */
export async function deliver(files: readonly PackFile[], thread: Thread): Promise<string> {
  const folder = resolve(thread.folder, HAND_OFF);
  await rm(folder, { recursive: true, force: true });
  for (const { path, text } of files) {
    const file = resolve(folder, path);
    if (relative(folder, file).startsWith('..')) throw new PlatformError('INTERNAL', `${path} is outside of the hand-off.`);
    await mkdir(dirname(file), { recursive: true });
    await replaceText(file, text);
  }
  return thread.fileOf(HAND_OFF);
}

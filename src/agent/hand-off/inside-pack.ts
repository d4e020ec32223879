import { PlatformError } from '../../../graph/errors.ts';
import type { PackFile } from '../targets/target.ts';

/** Targets are many and written by many: none of them leaves the pack. Throws `INTERNAL`. */
export function insidePack(file: PackFile): PackFile {
  const isInside = /^[\w.-]+(?:\/[\w.-]+)*$/.test(file.path) && !file.path.split('/').some((part) => /^\.{1,2}$/.test(part));
  if (!isInside) throw new PlatformError('INTERNAL', `A target writes outside of the pack: ${JSON.stringify(file.path)}.`);
  return file;
}

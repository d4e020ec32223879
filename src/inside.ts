import { isAbsolute, relative } from 'node:path';

/** Whether a real path is that of a folder, or below it. */
export function isInside(folder: string, path: string): boolean {
  const inside = relative(folder, path);
  return !(inside === '..' || /^\.\.[/\\]/.test(inside) || isAbsolute(inside));
}

// @ts-check
import { readdirSync } from 'node:fs';
import path from 'node:path';

/** Folders that hold nothing that people edit. */
const NEVER = new Set(['.git', 'node_modules', 'dist']);

/**
 * The files below `root`, in a fixed order, relative to it.
 * @param {string} root
 * @param {{ hidden?: boolean }} [options] Whether names that begin with a dot count.
 */
export function walk(root, { hidden = false } = {}, folder = '') {
  /** @type {string[]} */
  const files = [];
  for (const entry of readdirSync(path.join(root, folder), { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (NEVER.has(entry.name) || (!hidden && entry.name.startsWith('.'))) continue;
    const at = path.join(folder, entry.name);
    if (entry.isDirectory()) files.push(...walk(root, { hidden }, at));
    else if (entry.isFile()) files.push(at);
  }
  return files;
}

// @ts-check
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
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

/** What edits do with the files below a folder; `random` gives numbers from 0 (included) to 1 (excluded). */
export function filesBelow(/** @type {string} */ root, /** @type {() => number} */ random) {
  /** @template T @returns {T} */
  const pick = (/** @type {readonly T[]} */ items) => /** @type {T} */ (items[Math.floor(random() * items.length)]);
  const read = (/** @type {string} */ file) => readFileSync(path.join(root, file), 'utf8');
  const write = (/** @type {string} */ file, /** @type {string} */ text) => {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  };
  return { pick, read, write };
}

// @ts-check
/** The repositories of ../shared/measure/retrieval, each at the commit before all requests. */
import path from 'node:path';
import { CACHE, checkOut as checkOutOnce } from './harness.mjs';

export const COMMITS = /** @type {Record<string, readonly [repository: string, commit: string]>} */ ({
  hono: ['honojs/hono', '8fe7fee51631491a6d3985eb073e1b20e8a77164'],
  typeorm: ['typeorm/typeorm', '184f463ed7601467c8ea43e0a75f52a0b40bd745'],
});

/** A work tree with its history. */
export function checkOut(/** @type {string} */ name, /** @type {string} */ mirrors) {
  const [repository, commit] = COMMITS[name] ?? [];
  if (repository === undefined || commit === undefined)
    throw new Error(`There are requests for ${Object.keys(COMMITS).join(' and ')} only.`);
  return checkOutOnce(path.join(CACHE, 'retrieval', name), repository, commit, mirrors);
}

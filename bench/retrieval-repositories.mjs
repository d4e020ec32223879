// @ts-check
/** The repositories of ../shared/measure/retrieval, each at the commit before all requests. */
import { existsSync, mkdirSync, mkdtempSync } from 'node:fs';
import path from 'node:path';
import { CACHE, run } from './harness.mjs';

export const COMMITS = /** @type {Record<string, readonly [repository: string, commit: string]>} */ ({
  hono: ['honojs/hono', '8fe7fee51631491a6d3985eb073e1b20e8a77164'],
  typeorm: ['typeorm/typeorm', '184f463ed7601467c8ea43e0a75f52a0b40bd745'],
});

/** A work tree with its history, from `<mirrors>/<owner>+<name>/repo` where that has it, else from GitHub. */
export function checkOut(/** @type {string} */ name, /** @type {string} */ mirrors) {
  const [repository, commit] = COMMITS[name] ?? [];
  if (repository === undefined) throw new Error(`There are requests for ${Object.keys(COMMITS).join(' and ')} only.`);
  const folder = path.join(CACHE, 'retrieval', name);
  if (existsSync(folder)) return folder;
  const mirror = path.join(mirrors, repository.replace('/', '+'), 'repo');
  const source = mirrors !== '' && existsSync(mirror) ? mirror : `https://github.com/${repository}.git`;
  mkdirSync(path.dirname(folder), { recursive: true });
  const work = mkdtempSync(path.join(path.dirname(folder), 'new-'));
  run(`git clone --quiet --no-checkout ${JSON.stringify(source)} ${JSON.stringify(work)}`);
  run(`git checkout --quiet ${commit} && mv ${JSON.stringify(work)} ${JSON.stringify(folder)}`, { cwd: work });
  return folder;
}

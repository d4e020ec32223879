// @ts-check
/** Features that a repository built last, with the files that they changed: labels by history, for repositories that nothing was tuned on. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { run } from './harness.mjs';

/** A request that begins with a verb of making something. */
export const FEATURE = /^(?:add|adds|feat|feature|support|supports|introduce|implement|allow|enable|provide)\b/i;
/** What conventional commits begin with, and the number of a pull request. */
const CONVENTION = /^\w+(?:\([^)]*\))?!?:\s*/;
const NUMBER = /\s*\(#\d+\)\s*$/;
const PROGRAM = /(?<!\.d)\.[cm]?tsx?$/;
const BESIDES =
  /(?:^|\/)(?:__tests__|__mocks__|tests?|e2e|specs?|[\w-]+-tests?|fixtures?|bench(?:mark)?s?|examples?|stories)\/|[._-](?:test|spec|e2e-spec|stories)\.\w+$/;
/** Program files of one feature: with more, it is many. */
const MOST_GOLD = 5;

/** @typedef {{ id: string, query: string, gold: string[], really: string[] }} Feature */

/**
 * The newest features (by their subject, merges aside) that modified 1–5 program files in TypeScript, oldest first, and the
 * commit before all of them. Files that were made since are no gold: nobody can name them.
 */
export function newestFeatures(/** @type {string} */ name, /** @type {string} */ mirror, /** @type {number} */ count) {
  if (!existsSync(mirror)) throw new Error(`${name}: no history at ${mirror}.`);
  const git = `git -C ${JSON.stringify(mirror)}`;
  const entries = run(`${git} log --no-merges --no-renames --format=%x01%H%x02%s --name-status HEAD`).split('\u0001').slice(1);
  /** @type {{ commit: string, feature: Feature }[]} */
  const found = [];
  for (const entry of entries) {
    if (found.length === count) break;
    const [head = '', ...lines] = entry.split('\n');
    const [commit = '', subject = ''] = head.split('\u0002');
    const query = subject.replace(CONVENTION, '').replace(NUMBER, '').trim();
    if (!FEATURE.test(subject) && !FEATURE.test(query)) continue;
    const files = lines.filter(Boolean).map((line) => line.split('\t'));
    const gold = files.flatMap(([status, file = '']) => (status === 'M' && PROGRAM.test(file) && !BESIDES.test(file) ? [file] : []));
    if (gold.length === 0 || gold.length > MOST_GOLD) continue;
    found.push({ commit, feature: { id: `${name}/${found.length + 1}`, query, gold, really: files.map(([, file = '']) => file) } });
  }
  const commit = run(`${git} rev-parse ${found.at(-1)?.commit}^`).trim();
  const there = new Set(run(`${git} ls-tree -r --name-only ${commit}`).split('\n'));
  const features = found.reverse().flatMap(({ feature }) => {
    const gold = feature.gold.filter((file) => there.has(file));
    return gold.length === 0 ? [] : [{ ...feature, gold }];
  });
  return { commit, features };
}

/** Bare history of a repository `owner/name`. */
export const mirrorOf = (/** @type {string} */ mirrors, /** @type {string} */ repository) =>
  path.join(mirrors, repository.replace('/', '+'), 'repo');

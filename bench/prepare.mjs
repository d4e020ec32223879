// @ts-check
/**
 * node bench/prepare.mjs [NAME[=BARE_GIT_FOLDER]…]
 * Puts the public repositories of the harness's corpus.json, at their commits and with their dependencies (install
 * scripts off), where the other scripts expect them. Without a folder, the repository is cloned from GitHub.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { CACHE, REPOSITORIES, openHarness, readArguments, run } from './harness.mjs';

const harness = openHarness();
const { corpus } = await import(path.join(harness, 'lib', 'common.mjs'));
for (const argument of readArguments(REPOSITORIES, {}).names) {
  const [name, given] = argument.split('=');
  const { github } = corpus().repos.find((/** @type {{ name: string }} */ repo) => repo.name === name);
  const bare = given ?? path.join(CACHE, 'git', `${name}.git`);
  if (!existsSync(bare)) run(`git clone --bare --quiet https://github.com/${github}.git ${JSON.stringify(bare)}`, { stdio: 'inherit' });
  run(`./prepare.sh ${name} ${JSON.stringify(path.resolve(bare))}`, { cwd: harness, stdio: 'inherit' });
}

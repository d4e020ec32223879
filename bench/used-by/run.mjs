#!/usr/bin/env node
/**
 * Answers every case with the product: node bench/used-by/run.mjs > answers.jsonl (after `npm run build`).
 * A case becomes a repository whose last commit holds `before.yaml` and the clients; the change of the document in the
 * work tree is asked with `specgraph impact --diff`. Clients are the folders of what the answer lists.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const cases = fileURLToPath(new URL('cases', import.meta.url));
const main = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url));
const only = process.argv[2];

for (const name of readdirSync(cases).sort()) {
  if (only !== undefined && !name.startsWith(only)) continue;
  const folder = mkdtempSync(path.join(os.tmpdir(), 'used-by-'));
  try {
    const run = (/** @type {string} */ command, /** @type {string[]} */ ...args) =>
      execFileSync(command, args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 2 ** 28 });
    const root = path.join(folder, 'system');
    cpSync(path.join(cases, name, 'clients'), path.join(root, 'clients'), { recursive: true });
    cpSync(path.join(cases, name, 'before.yaml'), path.join(root, 'api.yaml'));
    run('git', '-C', root, 'init', '-q');
    run('git', '-C', root, 'add', '-A');
    run('git', '-C', root, '-c', 'user.name=bench', '-c', 'user.email=bench@localhost', 'commit', '-qm', 'before');
    const store = path.join(folder, 'graph.db');
    run('node', main, 'ingest', root, '--store', store);
    cpSync(path.join(cases, name, 'after.yaml'), path.join(root, 'api.yaml'));
    const answer = JSON.parse(run('node', main, 'impact', '--diff', '--root', root, '--store', store, '--json', '--limit', '100000'));
    const clientsOf = (/** @type {(item: { effect: string }) => boolean} */ fits) => [
      ...new Set(
        answer.impacted.filter(fits).flatMap((/** @type {{ id: string }} */ { id }) => /\/\/\w+:(clients\/[^/#]+)/.exec(id)?.[1] ?? []),
      ),
    ];
    const users = clientsOf(({ effect }) => effect === 'breaks' || effect === 'behaves-differently');
    const unknown = clientsOf(({ effect }) => effect === 'unknown');
    console.log(JSON.stringify({ case: name, breaking: answer.verdict === 'breaking', users, unknown }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

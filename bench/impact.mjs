// @ts-check
/**
 * Bar 1. node bench/impact.mjs [REPOSITORY…]
 * Asks every change of the break oracle and scores the answers at two operating points, beside the baselines that were
 * measured on the same changes (RESULTS.md of the harness): everything reported, and confidence of at least 0.9.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { MAIN, PRODUCT, REPOSITORIES, createHarnessNames, median, openHarness, readArguments, readLines, run, treeOf } from './harness.mjs';

/** @typedef {{ group: string, mutations: number, decl: { truth: number, recall: number, precision: number }, file: { recall: number, precision: number } }} Row */

const BASELINES = {
  'scip-typescript references': { recall: 0.73, precision: 1 },
  'find-references': { recall: 0.76, precision: 0.61 },
  'scip closure + containers, 3': { recall: 0.91, precision: 0.14 },
};
const CHANGES = /** @type {Record<string, string>} */ ({
  remove: 'remove',
  'add-required-param': 'add-required-parameter',
  'add-optional-param': 'add-optional-parameter',
  'change-type': 'change-type',
});

const harness = openHarness();
const { names } = readArguments(REPOSITORIES, {});
const folder = mkdtempSync(path.join(os.tmpdir(), 'specgraph-impact-'));
try {
  for (const confidence of ['0', '0.9']) {
    const answers = path.join(folder, `answers-${confidence}`);
    const stores = path.join(folder, `stores-${confidence}`);
    mkdirSync(stores);
    console.log(`\n## Confidence >= ${confidence}\n`);
    for (const name of names) {
      const args = ['product.mjs', name, '--specgraph', PRODUCT, '--min-confidence', confidence, '--out', answers, '--keep'];
      const asked = spawnSync(process.execPath, args, { cwd: harness, encoding: 'utf8', env: { ...process.env, TMPDIR: stores } });
      console.log(`${asked.stdout}${asked.stderr}`.trim());
      if (!existsSync(path.join(answers, `specgraph.${name}.jsonl`))) continue;
      nameAsTheHarness(path.join(answers, `specgraph.${name}.jsonl`), treeOf(name));
      const store = path.join(stores, /** @type {string} */ (readdirSync(stores)[0]), 'graph');
      if (confidence === '0') console.log(`  median answer ${(await medianAnswer(name, store)).toFixed(1)} ms, sources moved away`);
      for (const kept of readdirSync(stores)) rmSync(path.join(stores, kept), { recursive: true, force: true });
    }
    printScores(answers);
  }
  console.log('\nBaselines on all six repositories:');
  for (const [tool, { recall, precision }] of Object.entries(BASELINES)) console.log(`  ${tool}: recall ${recall}, precision ${precision}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function nameAsTheHarness(/** @type {string} */ answers, /** @type {string} */ tree) {
  const nameOf = createHarnessNames(tree);
  const rows = readLines(answers).map((row) => ({
    ...row,
    impacted: row.impacted.map((/** @type {{ file: string, declaration: string | null }} */ at) => ({
      ...at,
      declaration: at.declaration === null ? null : nameOf(at.file, at.declaration),
    })),
  }));
  writeFileSync(answers, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
}

function printScores(/** @type {string} */ answers) {
  const answeredNames = names.filter((name) => existsSync(path.join(answers, `specgraph.${name}.jsonl`)));
  const list = (/** @type {(name: string) => string} */ file) => answeredNames.map(file).join(',');
  const truth = list((name) => path.join(harness, 'truth', `break.${name}.jsonl`));
  const answered = list((name) => path.join(answers, `specgraph.${name}.jsonl`));
  /** @type {Row[]} */
  const rows = JSON.parse(run(`node score.mjs --truth ${truth} --answers ${answered} --distance all --json`, { cwd: harness }));
  console.log('\n| | changes | broken declarations | recall | precision | file recall | file precision |\n|---|---|---|---|---|---|---|');
  const cell = (/** @type {number} */ value) => value.toFixed(3);
  for (const { group, mutations, decl, file } of rows) {
    if (group.startsWith('kind=')) continue;
    console.log(
      `| ${group} | ${mutations} | ${decl.truth} | ${cell(decl.recall)} | ${cell(decl.precision)} | ${cell(file.recall)} | ${cell(file.precision)} |`,
    );
  }
}

/** Milliseconds from question to answer in one warm process, one question at a time. */
async function medianAnswer(/** @type {string} */ name, /** @type {string} */ store) {
  const tree = treeOf(name);
  renameSync(tree, `${tree}.away`);
  const batch = spawn(process.execPath, [MAIN, 'impact', '--store', store, '--batch'], { stdio: ['pipe', 'pipe', 'inherit'] });
  try {
    const answers = createInterface({ input: batch.stdout })[Symbol.asyncIterator]();
    const times = [];
    for (const { target, mutation } of readLines(path.join(harness, 'truth', `break.${name}.jsonl`))) {
      const { file, name: declaration, line, col } = target;
      const asked = performance.now();
      batch.stdin.write(`${JSON.stringify({ id: '1', target: { file, name: declaration, line, col }, change: CHANGES[mutation] })}\n`);
      await answers.next();
      times.push(performance.now() - asked);
    }
    return median(times);
  } finally {
    batch.kill();
    renameSync(`${tree}.away`, tree);
  }
}

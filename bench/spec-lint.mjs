#!/usr/bin/env node
// @ts-check
/**
 * What `spec lint` says of specs of other tools, after `spec import`: counts by rule, and a sample to be judged by hand. Needs a build.
 *   node bench/spec-lint.mjs FOLDER... [--sample 60] [--seed 1] [--most N]     # N: of one rule in the sample
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { specFormat } from '../dist/ingest/workers/spec/spec.js';
import { importSpec } from '../dist/src/specs/import-spec.js';
import { lintSpec } from '../dist/src/specs/lint/lint-spec.js';
import { readSpec } from '../dist/src/specs/read-spec.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    sample: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
    most: { type: 'string', default: '1000' },
  },
});
/** @param {string} folder @returns {string[]} */
const filesBelow = (folder) =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === '.git' || entry.name === 'node_modules') return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(path) : [path];
  });

const found = [];
let specs = 0;
let parts = 0;
for (const root of positionals) {
  for (const file of filesBelow(root).sort()) {
    const path = relative(root, file);
    if (/\.spec\.ya?ml$/.test(path) || !specFormat.claims(path)) continue;
    const imported = await importSpec(readFileSync(file, 'utf8'), path).catch(() => undefined);
    if (!imported) continue;
    specs++;
    const { spec } = readSpec(imported.text, 'x.spec.yaml');
    const texts = new Map([...(spec?.criteria ?? []), ...(spec?.nfrs ?? [])].map(({ id, text }) => [id, text]));
    parts += texts.size;
    for (const { code, severity, message, id } of await lintSpec(imported.text, 'x.spec.yaml'))
      found.push({ root: root.replace(/^.*\//, ''), path, code, severity, message, text: texts.get(id.replace(/^.*\//, '')) ?? '' });
  }
}
/** Numerical Recipes' generator: the same sample everywhere. */
let state = Number(values.seed) >>> 0;
const random = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
/** @type {Map<string, number>} */
const counts = new Map();
for (const { code } of found) counts.set(code, (counts.get(code) ?? 0) + 1);
console.log(`${specs} specs, ${parts} parts, ${found.length} findings`);
for (const [code, count] of [...counts].sort(([a], [b]) => (a < b ? -1 : 1))) console.log(`${String(count).padStart(6)} ${code}`);
const shuffled = found.map((finding) => ({ finding, at: random() })).sort((a, b) => a.at - b.at);
/** @type {Map<string, number>} */
const taken = new Map();
const sample = shuffled.filter(({ finding: { code } }) => {
  taken.set(code, (taken.get(code) ?? 0) + 1);
  return (taken.get(code) ?? 0) <= Number(values.most);
});
for (const [index, { finding }] of sample.slice(0, Number(values.sample)).entries())
  console.log(`\n${index + 1}. [${finding.code}] ${finding.root} ${finding.path}\n   ${finding.text}\n   → ${finding.message}`);

// @ts-check
/**
 * node bench/conflicts-fit.mjs [--write]
 * Fits the coefficients of src/agent/constraints/fitted.ts on the pairs of constraints that clash in the cases of bench/conflicts: half
 * a, and of half b the systems ledger and fleet. The others of b are never fitted on. A pair is right when its members are those of the
 * label. Logistic regression with a ridge penalty (Hoerl, Kennard 1970; Adam, Kingma, Ba 2015), started at nothing: deterministic.
 * Prints what each system gets from a fit on all others (leave one system out): that is the estimate for a system never seen, as far as
 * the readers of constraints were not written with it in view. Takes the lowest threshold whose precision is .90 then; `--write` writes.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { covers, layOut, placeOf, readCases } from './conflicts/cases.mjs';
import { ROOT } from './harness.mjs';

const SYSTEMS = {
  a: ['box-office', 'clinic-desk', 'meter-flow', 'paper-vault', 'parcel-post'],
  b: ['ledger', 'fleet'],
};
const PENALTY = 0.3;
const ROUNDS = 400;
const RATE = 0.05;
const THRESHOLDS = [0.3, 0.4, 0.5, 0.6, 0.7, 0.8];
const PRECISION = 0.9;

/** @param {string} file */
const built = (file) => import(pathToFileURL(path.join(ROOT, 'dist', file)).href);
const { openSystem } = await built('src/platform.js');
const { openStore } = await built('graph/store/registry.js');
const { sayingsIn } = await built('src/agent/constraints/read/sayings.js');
const { sayingsOfRequest } = await built('src/agent/constraints/read/request.js');
const { parseRequest } = await built('src/agent/steps/parse.js');
const { candidatesOf, contradictionsAmong, statementsOf } = await built('src/agent/constraints/contradictions.js');
const { FEATURES, alignment, featuresOf } = await built('src/agent/constraints/alignment.js');
const { isPlainly } = await built('src/agent/constraints/meet.js');

/**
 * @typedef {import('./conflicts/cases.mjs').Case} Case
 * @typedef {{ one: Case, places: ReturnType<typeof placeOf>[], sayings: any[] }} Read
 * @typedef {{ system: string, features: readonly number[], isRight: boolean }} Pair
 */

const { values } = parseArgs({ options: { write: { type: 'boolean', default: false } } });
const work = mkdtempSync(path.join(os.tmpdir(), 'specgraph-conflicts-'));
/** @type {Read[]} */
const cases = [];
try {
  for (const [half, systems] of Object.entries(SYSTEMS)) cases.push(...(await readHalf(half, systems)));
} finally {
  rmSync(work, { recursive: true, force: true });
}
const pairs = pairsOf(cases);
const systems = Object.values(SYSTEMS).flat();
const sums = THRESHOLDS.map(() => ({ labels: 0, found: 0, reported: 0, right: 0 }));
for (const system of systems) {
  const coefficients = fit(pairs.filter((pair) => pair.system !== system));
  for (const [index, threshold] of THRESHOLDS.entries()) {
    const counts = judge(
      cases.filter(({ one }) => one.system === system),
      coefficients,
      threshold,
    );
    console.log(`${system.padEnd(14)} ${line(threshold, counts)}`);
    const sum = /** @type {any} */ (sums[index]);
    for (const [key, count] of Object.entries(counts)) sum[key] += count;
  }
}
for (const [index, counts] of sums.entries()) console.log(`${'left out'.padEnd(14)} ${line(THRESHOLDS[index] ?? 0, counts)}`);
const at = sums.findIndex(({ right, reported }) => reported > 0 && right / reported >= PRECISION);
const threshold = THRESHOLDS[at] ?? 0.8;
const coefficients = fit(pairs).map((value) => Number(value.toFixed(3)));
console.log(`threshold ${threshold}`);
for (const [index, name] of [...FEATURES, 'intercept'].entries()) console.log(`${name.padEnd(20)} ${coefficients[index]}`);
if (values.write)
  writeFileSync(
    path.join(ROOT, 'src/agent/constraints/fitted.ts'),
    `/** Fitted by \`node bench/conflicts-fit.mjs --write\`: a coefficient for each of \`FEATURES\`, then the intercept; not edited by hand. */
export const FITTED: { readonly coefficients: readonly number[]; readonly threshold: number } = {
  coefficients: [${coefficients.join(', ')}],
  threshold: ${threshold},
};
`,
  );

/** @param {string} half @param {readonly string[]} systems @returns {Promise<Read[]>} */
async function readHalf(half, systems) {
  const folder = path.join(ROOT, 'bench', 'conflicts', half);
  const all = [];
  for (const one of readCases(folder, systems)) {
    const { root, store } = layOut(work, folder, one);
    const system = await openSystem({ store });
    await system.ingest(root, { repo: one.system });
    await system.close();
    const opened = await openStore(store, { create: false });
    const reader = await opened.reader();
    const sayings = [...(await sayingsIn({ graph: { reader }, repo: one.system }))];
    if (one.request !== null)
      sayings.push(...sayingsOfRequest({ thread: 'request', text: one.request, file: 'request' }, parseRequest(one.request)));
    await reader[Symbol.asyncDispose]();
    await opened.close();
    all.push({ one, places: one.members.map((member) => placeOf(root, one, member)), sayings });
  }
  return all;
}

/** With a request only what touches it counts. @param {Read} read @param {readonly any[]} members */
function isAsked({ one }, members) {
  return one.request === null || members.some(({ layer }) => layer === 'request');
}

/** @param {Read} read @param {readonly any[]} members */
function isRight({ one, places }, members) {
  return one.contradicts && places.every((place) => members.some(({ evidence }) => covers(evidence, place)));
}

/** Each pair once per system: what its base says comes back in every case. @param {readonly Read[]} cases @returns {Pair[]} */
function pairsOf(cases) {
  /** @type {Map<string, Pair>} */
  const found = new Map();
  for (const read of cases) {
    const statements = statementsOf(read.sayings);
    for (const [a, b] of candidatesOf(statements)) {
      const members = [a.saying, a.also, b.saying, b.also].filter((saying) => saying !== undefined);
      if (!isAsked(read, members) || isPlainly(a, b, statements.weight) !== undefined) continue;
      const right = isRight(read, members);
      const said = members.map(({ evidence }) => `${evidence.file} ${evidence.quote}`);
      const key = [read.one.system, a.claim.attribute, ...said, right].join('\n');
      if (!found.has(key)) found.set(key, { system: read.one.system, features: featuresOf(a, b, statements.weight), isRight: right });
    }
  }
  return [...found.values()];
}

/** @param {readonly Pair[]} pairs @returns {number[]} */
function fit(pairs) {
  const count = FEATURES.length;
  const own = Array.from({ length: count + 1 }, () => ({ value: 0, mean: 0, square: 0 }));
  for (let round = 1; round <= ROUNDS; round++) {
    const slope = own.map(({ value }, index) => (index < count ? PENALTY * value : 0));
    for (const { features, isRight: right } of pairs) {
      const error =
        alignment(
          features,
          own.map(({ value }) => value),
        ) - Number(right);
      for (let index = 0; index <= count; index++) slope[index] = (slope[index] ?? 0) + error * (features[index] ?? 1);
    }
    for (const [index, one] of own.entries()) {
      const by = slope[index] ?? 0;
      one.mean = 0.9 * one.mean + 0.1 * by;
      one.square = 0.999 * one.square + 0.001 * by * by;
      one.value -= (RATE * (one.mean / (1 - 0.9 ** round))) / (Math.sqrt(one.square / (1 - 0.999 ** round)) + 1e-8);
    }
  }
  return own.map(({ value }) => value);
}

/** @param {readonly Read[]} cases @param {readonly number[]} coefficients @param {number} threshold */
function judge(cases, coefficients, threshold) {
  const counts = { labels: 0, found: 0, reported: 0, right: 0 };
  /** @param {any} a @param {any} b @param {any} weight */
  const isSame = (a, b, weight) => isPlainly(a, b, weight) ?? alignment(featuresOf(a, b, weight), coefficients) >= threshold;
  for (const read of cases) {
    const reported = contradictionsAmong(read.sayings, (/** @type {any[]} */ members) => isAsked(read, members), isSame);
    const right = reported.filter((/** @type {any} */ { sayings }) => isRight(read, sayings)).length;
    counts.labels += read.one.contradicts ? 1 : 0;
    counts.found += right > 0 ? 1 : 0;
    counts.reported += reported.length;
    counts.right += right;
  }
  return counts;
}

/** @param {number} threshold @param {{ labels: number, found: number, reported: number, right: number }} counts */
function line(threshold, { labels, found, reported, right }) {
  const part = (/** @type {number} */ of, /** @type {number} */ all) => (all === 0 ? ' -  ' : (of / all).toFixed(2));
  return `>= ${threshold}  recall ${part(found, labels)} (${found}/${labels})  precision ${part(right, reported)} (${right}/${reported})`;
}

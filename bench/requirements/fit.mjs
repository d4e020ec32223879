// @ts-nocheck: columns of numbers, whose every index would have to be asserted
/**
 * node bench/requirements/fit.mjs [--write]
 * Fits the weights by which the reader of requests (the built product) tells what is a requirement, and says how well that holds for
 * requests it was not fitted on. Read: the odd lines of labelled.jsonl, fitting.jsonl, more.jsonl; never the even lines.
 *
 * Two logistic regressions with a quadratic penalty (Newton's method, steps by conjugate gradients): one over the signs of a sentence,
 * and one over what the first says of the sentence and of those around it. The second is fitted on what the first says of requests
 * it has not seen. Signs that come in fewer than SPREAD requests are left out. Penalty and threshold are those that do best in
 * cross-validation by request; the threshold is where the lower of recall and precision is highest. `--write` writes
 * src/agent/parse/weights.ts. Deterministic.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { intakeOf } from '../../dist/src/agent/parse/intake.js';
import { aroundOf } from '../../dist/src/agent/parse/demand.js';
import { weighableIn } from '../../dist/src/agent/parse/read-sentences.js';
import { ROOT } from '../harness.mjs';

const SPREAD = 7;
const PENALTIES = [2, 3];
const FOLDS = 8;
/** The folds are dealt so often, by different orders. */
const DEALS = 2;

/**
 * @typedef {{ start: number, end: number }} Range
 * @typedef {{ id: string, text: string, requirements: { quote: string, same?: number }[] }} Labelled
 * @typedef {ReturnType<typeof weighableIn>[number]} Sentence
 * @typedef {{ requirements: Labelled['requirements'], sentences: readonly Sentence[], hits: number[][] }} Request
 * @typedef {{ request: number, at: number, label: number, signs: [number, number][] }} Row
 * @typedef {[number, number][]} Sparse column and value
 */

const folder = path.join(ROOT, 'bench', 'requirements');
const requests = [...read('labelled.jsonl').filter((_, index) => index % 2 === 0), ...read('fitting.jsonl'), ...read('more.jsonl')].map(
  requestOf,
);
const names = namesOf();
const columns = new Map(names.map((name, index) => [name, index]));
const rows = requests.flatMap(rowsOf);
console.log(`${requests.length} requests, ${rows.length} sentences to tell, ${names.length} signs`);

const everything = rows.map((_, index) => index);
let best = { penalty: 0, threshold: 0, lower: -1 };
for (const penalty of PENALTIES) {
  const scores = Array.from({ length: DEALS }, (_, deal) => validated(penalty, deal));
  const mean = rows.map((_, index) => scores.reduce((sum, one) => sum + one[index], 0) / DEALS);
  const found = bestThreshold(mean);
  console.log(
    `penalty ${penalty}: recall ${found.recall.toFixed(3)}, precision ${found.precision.toFixed(3)} (cross-validated by request)`,
  );
  if (found.lower > best.lower) best = { penalty, ...found };
}
const first = fit(
  rows.map(({ signs }) => signs),
  everything,
  names.length,
  best.penalty,
);
const second = fit(dense(around(outOfFold(everything, best.penalty, 0))), everything, 7, 1);
second[0] = (second[0] ?? 0) - best.threshold;
if (process.argv.includes('--write')) write(first, second);

/** @returns {Labelled[]} */
function read(/** @type {string} */ file) {
  return readFileSync(path.join(folder, file), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line));
}

/** @returns {Request} */
function requestOf(/** @type {Labelled} */ { id, text, requirements }) {
  const { sources, kind } = intakeOf(text);
  const sentences = weighableIn(sources, kind);
  /** @type {Map<string, number>} */
  const from = new Map();
  const labels = requirements.map(({ quote }) => {
    const written = text.includes(quote) ? quote : JSON.stringify(quote).slice(1, -1);
    const start = text.indexOf(written, from.get(written) ?? 0);
    if (start === -1) throw new Error(`${id}: this quote is not in the text, or not as often: ${quote}`);
    from.set(written, start + written.length);
    return { start, end: start + written.length };
  });
  const hits = sentences.map((sentence) => {
    const place = sentence.source.place(sentence);
    return labels.flatMap((label, index) => (overlap(place, label) ? [index] : []));
  });
  return { requirements, sentences, hits };
}

function overlap(/** @type {Range} */ a, /** @type {Range} */ b) {
  const both = Math.min(a.end, b.end) - Math.max(a.start, b.start);
  return both * 2 > Math.min(a.end - a.start, b.end - b.start);
}

/** The bias, and the signs that enough requests have, by code unit. */
function namesOf() {
  /** @type {Map<string, Set<Request>>} */
  const having = new Map();
  for (const request of requests)
    for (const { signs } of request.sentences)
      for (const name of signs?.keys() ?? []) having.set(name, (having.get(name) ?? new Set()).add(request));
  const spread = [...having].filter(([, { size }]) => size >= SPREAD).map(([name]) => name);
  return ['bias', ...spread.sort((a, b) => (a < b ? -1 : 1))];
}

/** @returns {Row[]} */
function rowsOf(/** @type {Request} */ { sentences, hits }, /** @type {number} */ request) {
  return sentences.flatMap(({ signs }, at) => {
    if (signs === undefined) return [];
    /** @type {Sparse} */
    const sparse = [[0, 1]];
    for (const [name, strength] of signs) {
      const column = columns.get(name);
      if (column !== undefined) sparse.push([column, strength]);
    }
    return [{ request, at, label: hits[at].length > 0 ? 1 : 0, signs: sparse }];
  });
}

/** What the two regressions say of each sentence when they are fitted on other requests. */
function validated(/** @type {number} */ penalty, /** @type {number} */ deal) {
  const scores = rows.map(() => 0);
  for (let fold = 0; fold < FOLDS; fold++) {
    const inFold = (/** @type {number} */ index) => foldOf(rows[index].request, deal) === fold;
    const train = everything.filter((index) => !inFold(index));
    const alone = outOfFold(train, penalty, deal + DEALS);
    const weights = fit(
      rows.map(({ signs }) => signs),
      train,
      names.length,
      penalty,
    );
    for (const [index, { signs }] of rows.entries()) if (inFold(index)) alone[index] = dot(signs, weights);
    const features = dense(around(alone));
    const outer = fit(features, train, 7, 1);
    for (const [index, sparse] of features.entries()) if (inFold(index)) scores[index] = dot(sparse, outer);
  }
  return scores;
}

/** What the first regression says of each of the rows when it is fitted on the others of them. */
function outOfFold(/** @type {number[]} */ train, /** @type {number} */ penalty, /** @type {number} */ deal) {
  const scores = rows.map(() => 0);
  for (let fold = 0; fold < FOLDS; fold++) {
    const inFold = (/** @type {number} */ index) => foldOf(rows[index].request, deal) === fold;
    const weights = fit(
      rows.map(({ signs }) => signs),
      train.filter((index) => !inFold(index)),
      names.length,
      penalty,
    );
    for (const index of train) if (inFold(index)) scores[index] = dot(rows[index].signs, weights);
  }
  return scores;
}

/** Deals requests to folds. */
function foldOf(/** @type {number} */ request, /** @type {number} */ deal) {
  return Math.floor(((request * 37 + deal * 11) % requests.length) / (1 + deal)) % FOLDS;
}

/** What stands around each sentence, when `alone` is what the first regression says of it. */
function around(/** @type {number[]} */ alone) {
  /** @type {(readonly number[])[]} */
  const all = [];
  let next = 0;
  for (const { sentences } of requests) {
    const own = sentences.map(({ signs }) => (signs === undefined ? 0 : alone[next++]));
    for (const [index, values] of aroundOf(sentences, own).entries()) if (sentences[index].signs !== undefined) all.push(values);
  }
  return all;
}

/** @returns {Sparse[]} */
function dense(/** @type {(readonly number[])[]} */ values) {
  return values.map((row) => row.map((value, column) => [column, value]));
}

/** The lower of recall and precision at its highest, and the score above which a sentence is then a requirement. */
function bestThreshold(/** @type {number[]} */ scores) {
  let found = { threshold: 0, lower: -1, recall: 0, precision: 0 };
  for (let threshold = -1.5; threshold <= 1.5; threshold += 0.05) {
    const { recall, precision } = measured(scores, threshold);
    if (Math.min(recall, precision) > found.lower) found = { threshold, lower: Math.min(recall, precision), recall, precision };
  }
  return found;
}

/** As bench/requirements.mjs counts. */
function measured(/** @type {number[]} */ scores, /** @type {number} */ threshold) {
  let [labels, matched, found, right, next] = [0, 0, 0, 0, 0];
  for (const { requirements, sentences, hits } of requests) {
    /** @type {Set<number>} */
    const hit = new Set();
    for (const [index, { signs, fixed }] of sentences.entries()) {
      if (!(signs === undefined ? fixed : scores[next++] > threshold)) continue;
      found++;
      if (hits[index].length > 0) right++;
      for (const label of hits[index]) hit.add(label);
    }
    labels += requirements.length;
    matched += requirements.filter(
      ({ same }, index) =>
        hit.has(index) ||
        requirements.some(
          (other, at) => hit.has(at) && (at === same || other.same === index || (same !== undefined && other.same === same)),
        ),
    ).length;
  }
  return { recall: matched / labels, precision: right / found };
}

function dot(/** @type {Sparse} */ sparse, /** @type {number[]} */ weights) {
  let sum = 0;
  for (const [column, value] of sparse) sum += value * weights[column];
  return sum;
}

/** Logistic regression with the penalty `penalty / 2 * |weights|²`, the first column, which is 1 everywhere, without. */
function fit(/** @type {Sparse[]} */ all, /** @type {number[]} */ train, /** @type {number} */ width, /** @type {number} */ penalty) {
  const matrix = packed(train.map((index) => all[index]));
  const labels = train.map((index) => rows[index].label);
  const weights = new Float64Array(width);
  const penalties = weights.map((_, column) => (column === 0 ? 1e-3 : penalty));
  for (let round = 0; round < 30; round++) {
    const p = forward(matrix, weights).map((sum) => 1 / (1 + Math.exp(-sum)));
    const slope = back(
      matrix,
      p.map((chance, index) => labels[index] - chance),
      width,
    );
    for (let column = 0; column < width; column++) slope[column] -= penalties[column] * weights[column];
    const curved = p.map((chance) => chance * (1 - chance));
    const step = solved((vector) => {
      const along = forward(matrix, vector);
      for (let index = 0; index < along.length; index++) along[index] *= curved[index];
      const product = back(matrix, along, width);
      for (let column = 0; column < width; column++) product[column] += penalties[column] * vector[column];
      return product;
    }, slope);
    for (let column = 0; column < width; column++) weights[column] += step[column];
    if (square(step) < 1e-4) break;
  }
  return [...weights];
}

/** Rows one after the other: where each begins, columns, values. */
function packed(/** @type {Sparse[]} */ sparse) {
  const starts = new Uint32Array(sparse.length + 1);
  for (const [index, { length }] of sparse.entries()) starts[index + 1] = starts[index] + length;
  const entries = sparse.flat();
  return { starts, columns: Uint32Array.from(entries, ([column]) => column), values: Float64Array.from(entries, ([, value]) => value) };
}

/** @typedef {ReturnType<typeof packed>} Packed */

function forward(/** @type {Packed} */ { starts, columns: at, values }, /** @type {Float64Array} */ weights) {
  const sums = new Float64Array(starts.length - 1);
  for (let row = 0; row < sums.length; row++) {
    let sum = 0;
    for (let k = starts[row]; k < starts[row + 1]; k++) sum += values[k] * weights[at[k]];
    sums[row] = sum;
  }
  return sums;
}

function back(/** @type {Packed} */ { starts, columns: at, values }, /** @type {Float64Array} */ along, /** @type {number} */ width) {
  const sums = new Float64Array(width);
  for (let row = 0; row < along.length; row++) for (let k = starts[row]; k < starts[row + 1]; k++) sums[at[k]] += values[k] * along[row];
  return sums;
}

/** Solves `times(x) = right` for a symmetric positive matrix by conjugate gradients. */
function solved(/** @type {(vector: Float64Array) => Float64Array} */ times, /** @type {Float64Array} */ right) {
  const x = new Float64Array(right.length);
  const rest = Float64Array.from(right);
  const direction = Float64Array.from(right);
  let size = square(rest);
  const enough = size * 1e-5;
  for (let round = 0; round < 100 && size > enough; round++) {
    const moved = times(direction);
    let along = 0;
    for (let column = 0; column < x.length; column++) along += direction[column] * moved[column];
    for (let column = 0; column < x.length; column++) {
      x[column] += (size / along) * direction[column];
      rest[column] -= (size / along) * moved[column];
    }
    const next = square(rest);
    for (let column = 0; column < x.length; column++) direction[column] = rest[column] + (next / size) * direction[column];
    size = next;
  }
  return x;
}

function square(/** @type {Float64Array} */ vector) {
  let sum = 0;
  for (const value of vector) sum += value * value;
  return sum;
}

function write(/** @type {number[]} */ weights, /** @type {number[]} */ outer) {
  const lines = names
    .map((name, column) => [name, weights[column].toFixed(2)])
    .filter(([name, weight]) => name === 'bias' || Number(weight) !== 0);
  writeFileSync(
    path.join(ROOT, 'src', 'agent', 'parse', 'weights.ts'),
    `/** Written by bench/requirements/fit.mjs: what each sign adds to a sentence by itself, in logits. */
export const SIGN_WEIGHTS: ReadonlyMap<string, number> = new Map([
${lines.map(([name, weight]) => `  [${JSON.stringify(name)}, ${Number(weight)}],`).join('\n')}
]);

/** What counts of a sentence and of what stands around it: a bias, and the rest in the order of \`aroundOf\`. */
export const AROUND: readonly number[] = [${outer.map((weight) => Number(weight.toFixed(2))).join(', ')}];
`,
  );
}

// @ts-check
/**
 * node bench/requirements.mjs [FILE] [--half odd|even] [--show]
 * Parses the labelled requests of bench/requirements/labelled.jsonl (its form and how it is counted: README.md there) with the
 * built product, no language model, and prints recall and precision of the requirements: by kind and in all. `--show` prints what was
 * missed and what is none. `--half` takes the requests of the odd or of the even lines only: who works on the reader looks at the odd
 * ones and keeps the even ones unseen. Exit code 1 where one of the two is below .85 or a quote is not in its text.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { PRODUCT, ROOT, run } from './harness.mjs';

const BAR = 0.85;

/**
 * @typedef {{ start: number, end: number }} Range
 * @typedef {{ id: string, kind: string, text: string, requirements: { quote: string, same?: number }[] }} Labelled
 * @typedef {Range & { quote: string, also: Range[] }} Found
 * @typedef {{ labels: number, matched: number, found: number, right: number }} Counts
 */

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { show: { type: 'boolean', default: false }, half: { type: 'string' } },
});
if (values.half !== undefined && !['odd', 'even'].includes(values.half)) throw new Error(`--half is odd or even, not ${values.half}.`);
const file = path.resolve(positionals[0] ?? path.join(ROOT, 'bench', 'requirements', 'labelled.jsonl'));
/** @type {Labelled[]} */
const labelled = readFileSync(file, 'utf8')
  .split('\n')
  .filter((line) => line.trim() !== '')
  .filter((_, index) => values.half === undefined || (values.half === 'odd') === (index % 2 === 0))
  .map((line) => JSON.parse(line));
const questions = labelled.map(({ id, text }) => `${JSON.stringify({ id, text })}\n`).join('');
/** @type {Map<string, Found[]>} */
const answers = new Map(
  run(`${PRODUCT} agent parse --batch`, { input: questions })
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
    .map(({ id, requirements }) => [id, requirements]),
);

/** @type {Map<string, Counts>} */
const byKind = new Map();
for (const { id, kind, text, requirements } of labelled) {
  const labels = placesOf(
    id,
    text,
    requirements.map(({ quote }) => quote),
  );
  const found = answers.get(id) ?? [];
  const hit = labels.map((label) => found.some((one) => placesIn(one).some((place) => overlap(place, label))));
  const matched = requirements.map(
    ({ same }, index) =>
      hit[index] ||
      requirements.some((other, at) => hit[at] && (at === same || (same !== undefined && other.same === same))) ||
      requirements.some((other, at) => other.same === index && hit[at]),
  );
  const right = found.map((one) => placesIn(one).some((place) => labels.some((label) => overlap(place, label))));
  if (values.show) {
    for (const [index, { quote }] of requirements.entries()) if (!matched[index]) console.log(`${id}: missed: ${quote}`);
    for (const [index, { quote }] of found.entries()) if (!right[index]) console.log(`${id}: none: ${quote}`);
  }
  for (const group of [kind, 'all']) {
    const counts = byKind.get(group) ?? { labels: 0, matched: 0, found: 0, right: 0 };
    byKind.set(group, {
      labels: counts.labels + labels.length,
      matched: counts.matched + matched.filter(Boolean).length,
      found: counts.found + found.length,
      right: counts.right + right.filter(Boolean).length,
    });
  }
}
const all = byKind.get('all');
byKind.delete('all');
for (const [kind, counts] of [...byKind].sort()) print(kind, counts);
if (all === undefined) throw new Error(`${file} holds no labelled request.`);
const { recall, precision } = print('all', all);
if (!(recall >= BAR && precision >= BAR)) process.exitCode = 1;

function print(/** @type {string} */ name, /** @type {Counts} */ { labels, matched, found, right }) {
  const recall = labels === 0 ? 1 : matched / labels;
  const precision = found === 0 ? 1 : right / found;
  console.log(
    `${name.padEnd(7)} recall ${recall.toFixed(3)} (${matched} of ${labels}), precision ${precision.toFixed(3)} (${right} of ${found})`,
  );
  return { recall, precision };
}

/** Where quotes stand in the text: each at its first place that is not taken. @returns {Range[]} */
function placesOf(/** @type {string} */ id, /** @type {string} */ text, /** @type {string[]} */ quotes) {
  /** @type {Map<string, number>} */
  const from = new Map();
  return quotes.map((quote) => {
    const written = text.includes(quote) ? quote : JSON.stringify(quote).slice(1, -1);
    const start = text.indexOf(written, from.get(written) ?? 0);
    if (start === -1) throw new Error(`${id}: this quote is not in the text, or not as often: ${quote}`);
    from.set(written, start + written.length);
    return { start, end: start + written.length };
  });
}

/** @returns {Range[]} */
function placesIn(/** @type {Found} */ { start, end, also }) {
  return [{ start, end }, ...also];
}

function overlap(/** @type {Range} */ a, /** @type {Range} */ b) {
  const both = Math.min(a.end, b.end) - Math.max(a.start, b.start);
  return both * 2 > Math.min(a.end - a.start, b.end - b.start);
}

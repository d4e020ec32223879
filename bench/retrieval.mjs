// @ts-check
/**
 * node bench/retrieval.mjs [hono typeorm] [--mirrors FOLDER] [--measure FOLDER]
 * Change request → files: for each request of ../shared/measure/retrieval, where does `search` rank the files that the commit
 * then changed? Each repository is checked out with its history at the commit before all requests, in the cache, from
 * `<mirrors>/<owner>+<name>/repo` where that has it, else from GitHub.
 *
 * Prints recall at ten and mean reciprocal rank of all signals together and of each ablation: words alone, without one signal, and one
 * alone, with the difference to all of them and its 95 % interval (bootstrap over requests, seeded). Exit code 1 below the bar.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT, harnessLibrary, readArguments, readLines } from './harness.mjs';
import { COMMITS, checkOut } from './retrieval-repositories.mjs';

/** @typedef {{ id: string, repo: string, query: string, given?: string[], gold: string[] }} Request */
/** @typedef {import('../src/retrieval/search.ts').RankedFile} RankedFile */

const WORDS = /** @type {const} */ (['file', 'part', 'commit']);
const TEXT = /** @type {const} */ ([...WORDS, 'meaning', 'commitMeaning']);
const SIGNALS = /** @type {const} */ ([...TEXT, 'changedWith', 'connected', 'namedAlike']);
/** @typedef {readonly (typeof SIGNALS[number])[]} Signals */
const BAR = 0.83;
/** What a file that is given has to add to text search, which goes by words. */
const GAIN = 0.1;
const SAMPLES = 4000;

const { names, mirrors, measure } = readArguments(Object.keys(COMMITS), {
  mirrors: '',
  measure: path.resolve(ROOT, '..', 'shared', 'measure', 'retrieval'),
});
const { rng } = await harnessLibrary();
const { openSystem } = await import(pathToFileURL(path.join(ROOT, 'dist', 'src', 'index.js')).href);
const requests = /** @type {Request[]} */ (['queries.jsonl', 'queries-given.jsonl'].flatMap((file) => readLines(path.join(measure, file))));

/** @typedef {{ request: Request, files: readonly RankedFile[] }} Answer */
/** @type {Answer[]} */
const all = [];
for (const name of names) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'specgraph-retrieval-'));
  const system = await openSystem({ store: path.join(folder, 'graph.db') });
  try {
    await system.ingest(checkOut(name, mirrors), { repo: name });
    const { embedded } = await system.embed();
    if (embedded === 0) throw new Error('Nothing was embedded: the signals of meaning would be left out unnoticed.');
    for (const request of requests.filter(({ repo }) => repo === name)) all.push({ request, files: (await search(system, request)).files });
  } finally {
    await system.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const asked = all.filter(({ request }) => request.given === undefined);
const given = all.filter(({ request }) => request.given !== undefined);
console.log('Which files does a request concern?');
const reached = table(asked, TEXT, TEXT);
console.log('\nAnd given one of them, which others? Against text alone.');
const [more, text] = [table(given, SIGNALS, TEXT), mean(scores(given, WORDS).map(({ recall }) => recall))];
if (asked.length === 0 || given.length === 0 || reached < BAR || more - text < GAIN) {
  console.log(
    `\nR@10 ${reached.toFixed(3)} (at least ${BAR}); with a file given ${(more - text).toFixed(3)} more than by words alone (at least ${GAIN})`,
  );
  process.exitCode = 1;
}

function search(/** @type {import('../src/system.ts').System} */ system, /** @type {Request} */ { query, given: files }) {
  return system.search(query, { limit: 1000, ...(files ? { given: files } : {}) });
}

/**
 * Prints what signals reach together, each left out, and each alone; returns recall at ten of all.
 * @param {readonly Answer[]} answers
 * @param {Signals} signals
 * @param {Signals} baseline
 */
function table(answers, signals, baseline) {
  console.log('| signals | requests | R@10 | MRR | difference in R@10, 95 % interval |\n|---|---|---|---|---|');
  const [whole, base] = [scores(answers, signals), scores(answers, baseline)];
  for (const name of names.length > 1 ? names : [])
    row(
      `all, ${name}`,
      scores(
        answers.filter(({ request }) => request.repo === name),
        signals,
      ),
    );
  row('all', whole, base);
  if (signals !== baseline) row('text alone', base, base);
  row('words alone (no model)', scores(answers, WORDS), whole);
  for (const left of signals) {
    const others = signals.filter((signal) => signal !== left);
    row(`without ${left}`, scores(answers, others), whole);
  }
  for (const one of signals) row(`${one} alone`, scores(answers, [one]), whole);
  return mean(whole.map(({ recall }) => recall));
}

/**
 * Of each request, with the files ranked anew by some signals.
 * @param {readonly Answer[]} answers
 * @param {Signals} signals
 */
function scores(answers, signals) {
  return answers.map(({ request: { gold }, files }) => {
    const ranked = files
      .map((file) => ({ path: file.path, score: signals.reduce((sum, signal) => sum + (file.signals[signal] ?? 0), 0) }))
      .filter(({ score }) => score > 0)
      .sort((a, b) => b.score - a.score || (a.path < b.path ? -1 : 1))
      .map((file) => file.path);
    const first = ranked.findIndex((file) => gold.includes(file));
    return {
      recall: ranked.slice(0, 10).filter((file) => gold.includes(file)).length / gold.length,
      reciprocal: first === -1 ? 0 : 1 / (first + 1),
    };
  });
}

function row(
  /** @type {string} */ name,
  /** @type {ReturnType<typeof scores>} */ of,
  /** @type {ReturnType<typeof scores>} */ against = of,
) {
  const differences = of.map(({ recall }, index) => recall - (against[index]?.recall ?? 0));
  const random = rng('retrieval');
  const samples = Array.from({ length: SAMPLES }, () =>
    mean(differences.map(() => differences[Math.floor(random() * differences.length)] ?? 0)),
  );
  samples.sort((a, b) => a - b);
  const [low = 0, high = 0] = [samples[Math.floor(SAMPLES * 0.025)], samples[Math.floor(SAMPLES * 0.975)]];
  const difference = of === against ? '' : `${mean(differences).toFixed(3)} (${low.toFixed(3)} … ${high.toFixed(3)})`;
  const [recall, reciprocal] = [mean(of.map((score) => score.recall)), mean(of.map((score) => score.reciprocal))];
  console.log(`| ${name} | ${of.length} | ${recall.toFixed(3)} | ${reciprocal.toFixed(3)} | ${difference} |`);
}

function mean(/** @type {readonly number[]} */ values) {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

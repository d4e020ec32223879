// @ts-check
/**
 * node bench/stores-agree.mjs --url bolt://HOST:PORT [hono image-upload] [--mirrors FOLDER] [--measure FOLDER] [--model]
 * Do both stores find the same? The change requests of hono (../shared/measure/retrieval), and the questions of bench/context to the sample
 * system, are asked of an embedded store and of Neo4j, by words, and with `--model` by meaning as well: how many of the first ten files
 * and things are the same, how many answers are the same to the byte, R@10 of the files that a request's commit changed, and the time.
 * THE DATABASE IS EMPTIED: give one that holds nothing of value, such as the one that `node test/neo4j/start.mjs` serves.
 * Credentials: NEO4J_USERNAME and NEO4J_PASSWORD. Exit code 1 when fewer than nine of ten are the same, or R@10 differs by .01.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import neo4j from 'neo4j-driver';
import { ROOT, readArguments, readLines } from './harness.mjs';
import { checkOut } from './retrieval-repositories.mjs';

/** @typedef {{ id: string, query: string, gold?: readonly string[] }} Question */
/** @typedef {import('../src/retrieval/search.ts').SearchResult} SearchResult */
/** @typedef {{ files: string[], things: string[], bytes: string, milliseconds: number }} Answer */

const SAMPLE = 'image-upload';
const LEAST_SHARED = 0.9;
const MOST_APART = 0.01;

const { names, url, mirrors, measure, model } = readArguments(['hono', SAMPLE], {
  url: '',
  mirrors: '',
  measure: path.resolve(ROOT, '..', 'shared', 'measure', 'retrieval'),
  model: false,
});
if (url === '') throw new Error('Give the database with --url bolt://HOST:PORT. It is emptied.');
const { NEO4J_USERNAME: user = 'neo4j', NEO4J_PASSWORD: password } = process.env;
/** @type {typeof import('../src/index.ts')} */
const { openSystem } = await import(pathToFileURL(path.join(ROOT, 'dist', 'src', 'index.js')).href);

console.log(
  '| system | requests | first ten files the same | first ten things | answers the same to the byte | R@10 embedded | Neo4j | median ms embedded | Neo4j |',
);
console.log('|---|---|---|---|---|---|---|---|---|');
for (const name of names) {
  const { root, questions } = name === SAMPLE ? sample() : hono(name);
  const folder = mkdtempSync(path.join(os.tmpdir(), 'specgraph-agree-'));
  try {
    const ours = await answers(path.join(folder, 'graph.db'), name, root, questions);
    await empty();
    const theirs = await answers(url, name, root, questions);
    report(name, questions, ours, theirs);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function sample() {
  const all = /** @type {{ id: string, system: string, question: string }[]} */ (
    readLines(path.join(ROOT, 'bench', 'context', 'questions.jsonl'))
  );
  const questions = all.filter(({ system }) => system === SAMPLE).map(({ id, question }) => ({ id, query: question }));
  return { root: path.join(ROOT, 'examples', SAMPLE), questions };
}

function hono(/** @type {string} */ name) {
  if (name !== 'hono') throw new Error(`There are requests for hono and ${SAMPLE} only.`);
  const requests = /** @type {(Question & { repo: string })[]} */ (readLines(path.join(measure, 'queries.jsonl')));
  return { root: checkOut(name, mirrors), questions: requests.filter(({ repo }) => repo === name) };
}

/**
 * @param {string} store
 * @param {string} repo
 * @param {string} root
 * @param {readonly Question[]} questions
 */
async function answers(store, repo, root, questions) {
  const system = await openSystem({ store, embedder: { use: model ? 'minilm' : 'none' } });
  try {
    await system.ingest(root, { repo });
    if (model && (await system.embed()).embedded === 0) throw new Error('Nothing was embedded.');
    /** @type {Answer[]} */
    const found = [];
    for (const { query } of questions) {
      const started = performance.now();
      const { files, hits, warning } = await system.search(query, { limit: 10 });
      const milliseconds = performance.now() - started;
      if (warning !== undefined && model) throw new Error(warning);
      found.push({
        files: files.map((file) => file.path),
        things: hits.map(({ node }) => node.id),
        bytes: JSON.stringify([files, hits]),
        milliseconds,
      });
    }
    return found;
  } finally {
    await system.close();
  }
}

/**
 * @param {string} name
 * @param {readonly Question[]} questions
 * @param {readonly Answer[]} ours
 * @param {readonly Answer[]} theirs
 */
function report(name, questions, ours, theirs) {
  const pairs = ours.map((one, at) => /** @type {const} */ ([one, /** @type {Answer} */ (theirs[at])]));
  const shared = (/** @type {'files' | 'things'} */ what) => mean(pairs.map(([one, other]) => share(one[what], other[what])));
  const recall = (/** @type {readonly Answer[]} */ of) =>
    mean(questions.flatMap(({ gold }, at) => (gold ? [gold.filter((file) => of[at]?.files.includes(file)).length / gold.length] : [])));
  const [files, things, recalls] = [shared('files'), shared('things'), [ours, theirs].map(recall)];
  const same = pairs.filter(([one, other]) => one.bytes === other.bytes).length;
  const time = (/** @type {readonly Answer[]} */ of) => of.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b)[of.length >> 1];
  const cells = [
    ...[name, questions.length, files.toFixed(3), things.toFixed(3), `${same} of ${pairs.length}`],
    ...recalls.map((each) => (Number.isNaN(each) ? '–' : each.toFixed(3))),
    ...[ours, theirs].map((of) => time(of)?.toFixed(0)),
  ];
  console.log(`| ${cells.join(' | ')} |`);
  const [one = 0, other = 0] = recalls;
  if (!(Math.min(files, things) >= LEAST_SHARED) || Math.abs(one - other) > MOST_APART) process.exitCode = 1;
}

/** Of the first list, what is in the second. */
function share(/** @type {readonly string[]} */ one, /** @type {readonly string[]} */ other) {
  if (one.length === 0) return Number(other.length === 0);
  return one.filter((each) => other.includes(each)).length / Math.max(one.length, other.length);
}

function mean(/** @type {readonly number[]} */ values) {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

async function empty() {
  const driver = neo4j.driver(url, password === undefined ? undefined : neo4j.auth.basic(user, password));
  const session = driver.session();
  try {
    await session.run('MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS');
  } finally {
    await session.close();
    await driver.close();
  }
}

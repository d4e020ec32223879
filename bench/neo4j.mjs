// @ts-check
/**
 * Bar 7. node bench/neo4j.mjs --url bolt://HOST:PORT [REPOSITORY…] [--rounds 3]
 * The same answers from Neo4j as from the embedded store, on every change of the truth files, and the time of a cold
 * ingest into each, alternating. THE DATABASE IS EMPTIED before each round: give one that holds nothing of value, such as
 * the one that `node test/neo4j/start.mjs` serves. Credentials: NEO4J_USERNAME and NEO4J_PASSWORD.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import neo4j from 'neo4j-driver';
import { PRODUCT, median, openHarness, readArguments, readLines, run, treeOf } from './harness.mjs';

const harness = openHarness();
const { names, url, rounds } = readArguments(['jotai', 'hono'], { url: '', rounds: '3' });
if (url === '') throw new Error('Give the database with --url bolt://HOST:PORT. It is emptied.');
const CHANGES = /** @type {Record<string, string>} */ ({
  remove: 'remove',
  'add-required-param': 'add-required-parameter',
  'add-optional-param': 'add-optional-parameter',
  'change-type': 'change-type',
  'throw-at-entry': 'behaviour',
});
const { NEO4J_USERNAME: user = 'neo4j', NEO4J_PASSWORD: password } = process.env;
const driver = neo4j.driver(url, password === undefined ? undefined : neo4j.auth.basic(user, password));
const folder = mkdtempSync(path.join(os.tmpdir(), 'specgraph-neo4j-'));
let failed = false;
try {
  for (const name of names) {
    /** @type {number[]} */
    const embedded = [];
    /** @type {number[]} */
    const server = [];
    const store = path.join(folder, 'graph.db');
    for (let round = 0; round < Number(rounds); round++) {
      for (const suffix of ['', '-wal', '-shm']) rmSync(store + suffix, { force: true });
      embedded.push(ingest(name, store));
      await empty();
      server.push(ingest(name, url));
    }
    const questions = questionsOf(name);
    const [ours, theirs] = [answers(store, questions), answers(url, questions)];
    const different = ours.filter((answer, index) => answer !== theirs[index]).length;
    const ratio = median(server) / median(embedded);
    console.log(
      `${name}: ${questions.length} questions, ${different} answered differently; ingest embedded ${median(embedded).toFixed(1)} s, Neo4j ${median(server).toFixed(1)} s, ratio ${ratio.toFixed(2)}`,
    );
    failed ||= different > 0 || ours.length !== questions.length || ratio > 2;
  }
} finally {
  await driver.close();
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = failed ? 1 : 0;

/** Seconds of a cold ingest. */
function ingest(/** @type {string} */ name, /** @type {string} */ store) {
  const started = performance.now();
  run(`${PRODUCT} ingest ${JSON.stringify(treeOf(name))} --repo ${name} --store ${JSON.stringify(store)}`);
  return (performance.now() - started) / 1000;
}

async function empty() {
  const session = driver.session();
  try {
    await session.run('MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS');
  } finally {
    await session.close();
  }
}

/** Every change of the break oracle and of the test oracle, as lines of a batch. */
function questionsOf(/** @type {string} */ name) {
  const files = ['break', 'test'].map((kind) => path.join(harness, 'truth', `${kind}.${name}.jsonl`)).filter((file) => existsSync(file));
  return files.flatMap(readLines).map(({ target, mutation }, index) => {
    const { file, name: declaration, line, col } = target;
    return JSON.stringify({ id: String(index), target: { file, name: declaration, line, col }, change: CHANGES[mutation] });
  });
}

/** The answers of one batch, a line each. */
function answers(/** @type {string} */ store, /** @type {readonly string[]} */ questions) {
  const batch = `${PRODUCT} impact --store ${JSON.stringify(store)} --batch`;
  return run(batch, { input: `${questions.join('\n')}\n` })
    .split('\n')
    .filter(Boolean);
}

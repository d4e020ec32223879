// @ts-check
/**
 * node bench/search-latency.mjs [--mirrors FOLDER] [--measure FOLDER] [--rg COMMAND] [--embedder stand-in|minilm] [--answers FILE]
 * How long does a search over 50,000 chunks take, warm, against `rg` for the same words in the same files?
 *
 * Public repositories with their histories are checked out into the cache (from `<mirrors>/<owner>+<name>/repo` where that has
 * it, else from GitHub) and ingested into one store, which is kept for the next run. Every chunk that has a meaning gets a vector.
 * Only time is measured here, so the vectors are by default those of a stand-in: the words of a text, hashed, behind the protocol
 * that OpenAI-compatible endpoints speak. `minilm` is the real model; it takes a while once.
 *
 * Each request of ../shared/measure/retrieval is asked by words, by words and meaning, and of `rg`, in turns. `rg` gets the words that
 * mean something; its process, started for each request as people and agents start it, is also subtracted. Prints percentiles and
 * the digest of all answers; `--answers` writes them, to compare two builds. Exit code 1 below the bar.
 */
import { fork, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createWriteStream, existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { on, once } from 'node:events';
import { createServer } from 'node:http';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { CACHE, ROOT, checkOut, option, readLines } from './harness.mjs';

/** @typedef {{ id: string, query: string }} Request */
/** @typedef {NonNullable<Parameters<typeof import('../src/index.ts').openSystem>[0]>['embedder']} Embedder */

const TREES = /** @type {readonly (readonly [repository: string, commit: string])[]} */ ([
  ['honojs/hono', '8fe7fee51631491a6d3985eb073e1b20e8a77164'],
  ['typeorm/typeorm', '184f463ed7601467c8ea43e0a75f52a0b40bd745'],
  ['outline/outline', 'd77dcdf853868c5d5fe125c895c9b71f0eff5c68'],
  ['documenso/documenso', '75330166cc00b29c14399bc2e391e4b4d8080c00'],
]);
const LEAST_CHUNKS = 50_000;
const DIMENSIONS = 384;
const WARM_UP = 30;
const SERVE = '--serve-vectors';
/** Milliseconds. */
const HYBRID_BAR = 150;

/** Of words, in the process that serves vectors. @type {Map<string, Float64Array>} */
const directions = new Map();

// What the script asks of itself in another process.
if (process.argv.includes(SERVE)) await serveVectors();
else await bench();

async function bench() {
  const mirrors = option('mirrors') ?? '';
  const measure = option('measure') ?? path.resolve(ROOT, '..', 'shared', 'measure', 'retrieval');
  const rg = option('rg') ?? 'rg';
  const embedding = option('embedder') ?? 'stand-in';
  const folder = path.join(CACHE, 'latency');
  const roots = TREES.map(([repository, commit]) =>
    checkOut(path.join(folder, 'trees', path.basename(repository)), repository, commit, mirrors),
  );
  const server = embedding === 'stand-in' ? fork(fileURLToPath(import.meta.url), [SERVE]) : undefined;
  const port = server && (await new Promise((resolve) => server.once('message', resolve)));
  /** @type {Embedder} */
  const embedder = server
    ? { use: 'openai', url: `http://127.0.0.1:${port}/v1`, model: 'stand-in', dimensions: DIMENSIONS }
    : { use: /** @type {any} */ (embedding) };

  const store = path.join(folder, 'graph.db');
  const chunks = await fill(store, roots);
  console.log(
    `${chunks} chunks of ${TREES.length} repositories; store ${(statSync(store).size / 1e6).toFixed(0)} MB; vectors: ${embedding}`,
  );
  if (chunks < LEAST_CHUNKS) throw new Error(`There should be at least ${LEAST_CHUNKS} chunks.`);

  const requests = /** @type {Request[]} */ (readLines(path.join(measure, 'queries.jsonl')));
  const { openSystem } = /** @type {typeof import('../src/index.ts')} */ (await built('src/index.js'));
  const { termsOf } = /** @type {typeof import('../graph/model/terms.ts')} */ (await built('graph/model/terms.js'));
  const words = await openSystem({ store, embedder: { use: 'none' } });
  const hybrid = await openSystem({ store, embedder });
  console.log(`embedded ${(await hybrid.embed()).embedded} texts`);
  const grep = (/** @type {string} */ query, /** @type {readonly string[]} */ how) => {
    const pattern = (query.match(/[\p{L}\p{N}]+/gu) ?? []).filter((word) => termsOf(word).length > 0).join('|');
    spawnSync(rg, [...how, '-i', '-e', pattern, ...roots], { stdio: 'ignore' });
  };
  const asked = {
    'search, words': (/** @type {string} */ query) => words.search(query),
    'search, words and meaning': async (/** @type {string} */ query) => withMeaning(await hybrid.search(query)),
    'rg -c': (/** @type {string} */ query) => grep(query, ['-c']),
    'rg -n': (/** @type {string} */ query) => grep(query, ['-n']),
    'rg --version': () => void spawnSync(rg, ['--version'], { stdio: 'ignore' }),
  };
  if (spawnSync(rg, ['--version']).status !== 0) throw new Error(`${rg} does not run: give a ripgrep with --rg.`);

  /** @type {Record<string, number[]>} */
  const times = Object.fromEntries(Object.keys(asked).map((name) => [name, []]));
  const answers = createHash('sha256');
  const file = option('answers') === undefined ? undefined : createWriteStream(String(option('answers')));
  for (const [at, { id, query }] of [...requests.slice(0, WARM_UP), ...requests].entries()) {
    for (const [name, ask] of Object.entries(asked)) {
      const start = performance.now();
      const answer = await ask(query);
      const time = performance.now() - start;
      if (at < WARM_UP) continue;
      times[name]?.push(time);
      if (!name.startsWith('search')) continue;
      const line = `${JSON.stringify({ id, name, answer })}\n`;
      answers.update(line);
      file?.write(line);
    }
  }
  await words.close();
  await hybrid.close();
  server?.kill();

  const of = (/** @type {string} */ name) => (times[name] ?? []).toSorted((a, b) => a - b);
  const start = quantile(of('rg --version'), 0.5);
  const searching = (/** @type {string} */ name) => of(name).map((time) => time - start);
  const least = quantile(searching('rg -c'), 0.95);
  console.log(
    `${requests.length} requests; answers ${answers.digest('hex').slice(0, 16)}\n\n| | p50 ms | p95 ms | worst ms | p95 of rg -c |\n|---|---|---|---|---|`,
  );
  for (const name of Object.keys(asked)) row(name, of(name), quantile(of('rg -c'), 0.95));
  for (const name of ['rg -c', 'rg -n']) row(`${name}, without the start of its process`, searching(name), quantile(of('rg -c'), 0.95));
  const [text, both] = [quantile(of('search, words'), 0.95), quantile(of('search, words and meaning'), 0.95)];
  console.log(
    `\nwords: p95 ${text.toFixed(1)} ms, at most that of rg without its start, ${least.toFixed(1)} ms; and meaning: ${both.toFixed(1)} of ${HYBRID_BAR} ms`,
  );
  if (!(text <= least && both <= HYBRID_BAR)) process.exitCode = 1;
}

/** An answer, unless it goes by words alone because vectors are missing or the model fails. */
function withMeaning(/** @type {import('../src/retrieval/search.ts').SearchResult} */ answer) {
  if (answer.files.every(({ signals }) => signals.meaning === undefined && signals.commitMeaning === undefined))
    throw new Error(`No meanings were compared. ${answer.warning ?? ''}`);
  return answer;
}

function row(/** @type {string} */ name, /** @type {readonly number[]} */ sorted, /** @type {number} */ against) {
  const cells = [quantile(sorted, 0.5), quantile(sorted, 0.95), quantile(sorted, 1)].map((time) => time.toFixed(1));
  console.log(`| ${name} | ${cells.join(' | ')} | ${(quantile(sorted, 0.95) / against).toFixed(2)} |`);
}

function quantile(/** @type {readonly number[]} */ sorted, /** @type {number} */ part) {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

function built(/** @type {string} */ file) {
  return import(pathToFileURL(path.join(ROOT, 'dist', file)).href);
}

/**
 * Ingests what an earlier run did not; returns how many chunks there are.
 * @param {string} store
 * @param {readonly string[]} roots
 */
async function fill(store, roots) {
  const { openSystem } = /** @type {typeof import('../src/index.ts')} */ (await built('src/index.js'));
  const { openStore } = /** @type {typeof import('../graph/store/registry.ts')} */ (await built('graph/store/registry.js'));
  const { SCHEMA_VERSION } = /** @type {typeof import('../graph/store/store.ts')} */ (await built('graph/store/store.js'));
  const { CHUNK_SETS } = /** @type {typeof import('../graph/model/chunk.ts')} */ (await built('graph/model/chunk.js'));
  const made = JSON.stringify({ schema: SCHEMA_VERSION, trees: TREES });
  const note = `${store}.json`;
  if (!existsSync(store) || !existsSync(note) || readFileSync(note, 'utf8') !== made) {
    for (const file of [note, store, `${store}-wal`, `${store}-shm`]) rmSync(file, { force: true });
    const system = await openSystem({ store });
    for (const root of roots) {
      const { files, milliseconds } = await system.ingest(root, { repo: path.basename(root) });
      console.log(`ingested ${path.basename(root)}: ${files} files in ${(milliseconds / 1000).toFixed(0)} s`);
    }
    await system.close();
    writeFileSync(note, made);
  }
  const opened = await openStore(store, { create: false });
  const reader = await opened.reader();
  let chunks = 0;
  for (const set of CHUNK_SETS) chunks += (await reader.allChunks(set)).length;
  await reader[Symbol.asyncDispose]();
  await opened.close();
  return chunks;
}

/** Answers as an embeddings endpoint does: a text is the sum of its words, each a direction of its own. */
async function serveVectors() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  process.send?.(typeof address === 'object' && address?.port);
  process.once('disconnect', () => process.exit());
  for await (const [request, response] of on(server, 'request')) {
    const data = JSON.parse(await text(request)).input.map((/** @type {string} */ each, /** @type {number} */ index) => ({
      index,
      embedding: vectorOf(each),
    }));
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ object: 'list', model: 'stand-in', data }));
  }
}

function vectorOf(/** @type {string} */ text) {
  const sum = new Float64Array(DIMENSIONS);
  for (const [word] of text.toLowerCase().matchAll(/[\p{L}\p{N}]+/gu)) {
    let direction = directions.get(word);
    if (!direction) directions.set(word, (direction = directionOf(word)));
    direction.forEach((part, at) => (sum[at] = (sum[at] ?? 0) + part));
  }
  if (sum.every((part) => part === 0)) sum[0] = 1;
  return Array.from(sum, (part) => Math.round(part * 1000) / 1000);
}

function directionOf(/** @type {string} */ word) {
  const direction = new Float64Array(DIMENSIONS);
  for (let block = 0, at = 0; at < DIMENSIONS; block++)
    for (const byte of createHash('sha512').update(`${block} ${word}`).digest()) if (at < DIMENSIONS) direction[at++] = byte / 127.5 - 1;
  return direction;
}

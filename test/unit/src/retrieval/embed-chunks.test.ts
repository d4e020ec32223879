import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PlatformError } from '../../../../graph/errors.ts';
import type { GraphStore } from '../../../../graph/store/store.ts';
import { embedChunks } from '../../../../src/retrieval/embed-chunks.ts';
import { ContextQuestion, SearchQuestion } from '../../../../src/retrieval/question.ts';
import { retrieve } from '../../../../src/retrieval/retrieve.ts';
import { search } from '../../../../src/retrieval/search.ts';
import { publish, reading, remove } from '../../../contract/facts.ts';
import { declared, section, shelve, toyEmbedder, toyVector, type Leaf, type Shelf } from './shelf.ts';

/** Texts of one write. */
const WRITE = 256;
const many = (count: number, word: string): Leaf => ({
  text: Array.from({ length: count }, (_, at) => `function ${word}${at}() { return '${word} ${at}'; }`).join('\n'),
  parts: Array.from({ length: count }, (_, at) => declared(`${word}.ts`, `${word}${at}`, at + 1)),
});
const CART: Leaf = { text: '// Adds up.\nfunction total() {\n  return 1;\n}\n', parts: [declared('cart.ts', 'total', 2, 4)] };
const GUIDE: Leaf = { text: '# Refunds\n\nMoney goes back in a week.\n', parts: [section('guide.md', 'Refunds', 1, 3)] };

let shelf: Shelf;
beforeEach(async () => {
  shelf = await shelve({ 'cart.ts': CART, 'guide.md': GUIDE });
});
afterEach(() => shelf[Symbol.asyncDispose]());

const missing = (space: string) => reading(shelf.store, async (reader) => (await reader.withoutVector(space)).length);
const spaces = () => reading(shelf.store, (reader) => reader.spaces());
const busy = new PlatformError('STORE_BUSY', 'Another writer is at work.');

/** The store, whose writes of vectors go wrong as scripted: true = refused. */
function refusing(refusals: readonly boolean[], error: unknown = busy): GraphStore & { readonly written: number[] } {
  const script = [...refusals];
  const written: number[] = [];
  return {
    ...shelf.store,
    written,
    async saveVectors(space, vectors) {
      if (script.shift()) throw error;
      written.push(vectors.size);
      await shelf.store.saveVectors(space, vectors);
    },
  };
}

describe('embedChunks', () => {
  it('gives everything that has a meaning a vector, and tells how far it is', async () => {
    const embedder = toyEmbedder();
    const told: (readonly [number, number])[] = [];
    expect(await embedChunks(shelf.store, embedder, { onProgress: (done, total) => told.push([done, total]) })).toBe(2);
    expect(embedder.asked).toEqual([
      expect.stringMatching(/^cart total: Adds up\. function total/),
      expect.stringMatching(/^guide refunds: # Refunds Money/),
    ]);
    expect(told).toEqual([
      [0, 2],
      [2, 2],
    ]);
    expect(await missing(embedder.space)).toBe(0);
    const near = await reading(shelf.store, (reader) =>
      reader.nearest(toyVector(embedder.asked[0]!), { space: embedder.space, set: 'code-part', limit: 1 }),
    );
    expect(near).toMatchObject([{ node: declared('cart.ts', 'total', 2).id }]);
    expect(near[0]!.score).toBeGreaterThan(0.97);
  });

  it('has nothing to do the second time, and then only what is new', async () => {
    await embedChunks(shelf.store, toyEmbedder());
    const second = toyEmbedder();
    expect(await embedChunks(shelf.store, second)).toBe(0);
    await shelf.put({ 'guide.md': { ...GUIDE, text: '# Refunds\n\nMoney goes back in two weeks.\n' } });
    expect(await embedChunks(shelf.store, second)).toBe(1);
    expect(second.asked).toEqual([expect.stringContaining('two weeks')]);
  });

  it('gives a file that moved within its lines no new vectors', async () => {
    await embedChunks(shelf.store, toyEmbedder());
    await shelf.put({ 'cart.ts': { text: `const a = 1;\n\n${CART.text}`, parts: [declared('cart.ts', 'total', 4, 6)] } });
    expect(await missing('toy:64')).toBe(0);
  });

  it('embeds what is written twice once', async () => {
    const text = 'function same() {}\n';
    await shelf.put({ 'x/a.ts': { text: `${text}${text}`, parts: [declared('x/a.ts', 'same', 1), { ...declared('x/a.ts', 'same', 2) }] } });
    const embedder = toyEmbedder();
    expect(await embedChunks(shelf.store, embedder)).toBe(new Set(embedder.asked).size);
    expect(embedder.asked.filter((each) => each.includes('same'))).toHaveLength(1);
  });

  it('keeps what was done when it is interrupted, and goes on from there', async () => {
    await shelf.put({ 'many.ts': many(WRITE + 40, 'many') });
    const interrupt = new AbortController();
    const embedder = toyEmbedder();
    let calls = 0;
    const stopped = embedChunks(
      shelf.store,
      {
        ...embedder,
        embed: async (texts, options) => {
          if (++calls === 2) interrupt.abort(new PlatformError('ABORTED', 'Interrupted.'));
          return embedder.embed(texts, options);
        },
      },
      { signal: interrupt.signal },
    );
    await expect(stopped).rejects.toMatchObject({ code: 'ABORTED' });
    expect(await missing(embedder.space)).toBe(WRITE + 42 - WRITE);
    const next = toyEmbedder();
    expect(await embedChunks(shelf.store, next)).toBe(42);
    expect(next.asked).toHaveLength(42);
    expect(await missing(embedder.space)).toBe(0);
  });

  it('keeps the vectors of another model until all of the new one are there', async () => {
    await shelf.put({ 'many.ts': many(WRITE + 40, 'many') });
    await embedChunks(shelf.store, toyEmbedder('old:64'));
    const next = toyEmbedder('new:64');
    let seen: readonly string[] = [];
    const failing = embedChunks(shelf.store, {
      ...next,
      embed: async (texts, options) => {
        if (texts.length < WRITE) {
          seen = await spaces();
          throw new PlatformError('EMBEDDER_FAILED', 'gone');
        }
        return next.embed(texts, options);
      },
    });
    await expect(failing).rejects.toMatchObject({ code: 'EMBEDDER_FAILED' });
    expect(seen).toEqual(['new:64', 'old:64']);
    expect(await missing('old:64')).toBe(0);
    expect(await embedChunks(shelf.store, next)).toBe(42);
    expect(await spaces()).toEqual(['new:64']);
  });

  it('forgets another model also when only that was left to do', async () => {
    await embedChunks(shelf.store, toyEmbedder('old:64'));
    const lost: GraphStore = { ...shelf.store, dropOtherVectors: () => Promise.reject(busy) };
    await expect(embedChunks(lost, toyEmbedder('new:64'))).rejects.toBe(busy);
    expect(await spaces()).toEqual(['new:64', 'old:64']);
    expect(await embedChunks(shelf.store, toyEmbedder('new:64'))).toBe(0);
    expect(await spaces()).toEqual(['new:64']);
  });

  it('writes nothing when nothing changed', async () => {
    await embedChunks(shelf.store, toyEmbedder());
    const before = await shelf.store.vectorState();
    await embedChunks(shelf.store, toyEmbedder());
    expect(await shelf.store.vectorState()).toBe(before);
  });

  it('takes along with the next write what a busy store refused', async () => {
    await shelf.put({ 'many.ts': many(2 * WRITE, 'many') });
    const store = refusing([true, false, false]);
    expect(await embedChunks(store, toyEmbedder())).toBe(2 * WRITE + 2);
    expect(store.written).toEqual([2 * WRITE, 2]);
    expect(await missing('toy:64')).toBe(0);
  });

  it('says so when the store is busy to the last, and the next run does what is missing', async () => {
    await expect(embedChunks(refusing([true]), toyEmbedder())).rejects.toBe(busy);
    expect(await missing('toy:64')).toBe(2);
    expect(await embedChunks(shelf.store, toyEmbedder())).toBe(2);
  });

  it('does not go on when the store fails', async () => {
    await shelf.put({ 'many.ts': many(2 * WRITE, 'many') });
    const failed = new PlatformError('STORE_FAILED', 'disk full');
    const embedder = toyEmbedder();
    await expect(embedChunks(refusing([true], failed), embedder)).rejects.toBe(failed);
    expect(embedder.asked).toHaveLength(WRITE);
  });

  it('leaves what the graph no longer has behind when it comes to an end', async () => {
    const embedder = toyEmbedder();
    await embedChunks(shelf.store, embedder);
    const keys = await reading(shelf.store, async (reader) => (await reader.withoutVector('none')).map(({ meaning }) => meaning!));
    await publish(shelf.store, remove('cart.ts'));
    await shelf.put({ 'new.ts': { text: 'function fresh() {}\n', parts: [declared('new.ts', 'fresh', 1)] } });
    await embedChunks(shelf.store, embedder);
    expect((await reading(shelf.store, (reader) => reader.vectors(embedder.space, keys))).size).toBe(1);
  });

  it('lets search answer before, between and after', async () => {
    const find = (embedder?: ReturnType<typeof toyEmbedder>) =>
      shelf.graph.use(async (graph) => {
        const meant = embedder && { space: embedder.space, vector: toyVector('money that goes back') };
        const question = ContextQuestion.parse({ question: 'refunds' });
        return [
          (await search(graph, SearchQuestion.parse({ query: 'refunds' }), meant)).hits[0],
          (await retrieve(graph, question, meant)).passages[0]!.name,
        ] as const;
      });
    const [before] = await find();
    expect(before!.signals).not.toHaveProperty('meaning');
    const embedder = toyEmbedder();
    expect((await find(embedder))[0]!.signals).not.toHaveProperty('meaning');
    await embedChunks(shelf.store, embedder);
    const [after, name] = await find(embedder);
    expect(after).toMatchObject({ node: { name: 'Refunds' }, signals: { meaning: expect.any(Number) as number } });
    expect(name).toBe('Refunds');
  });
});

import { describe, expect, it } from 'vitest';
import type { ChunkSet } from '../../../../graph/model/chunk.ts';
import type { Edge } from '../../../../graph/model/edge.ts';
import type { Node } from '../../../../graph/model/node.ts';
import type { ChunkHit, GraphReader } from '../../../../graph/store/store.ts';
import type { PinnedGraph } from '../../../../src/current-graph.ts';
import { search, TO_CHANGE } from '../../../../src/retrieval/search.ts';
import { snapshotOf } from '../../graph/snapshot/snapshots.ts';

const node = (id: string, file: string): Node => ({ id, kind: 'Function', name: id, repo: 'shop', file, props: {} });
const inFile = (path: string): Node => ({ ...node(`shop//code:${path}#f`, path) });
const nodes = ['cart.ts', 'total.ts', 'tax.ts', 'far.ts'].map(inFile);
const calls = (from: string, to: string): Edge => ({
  ...{ from: inFile(from).id, type: 'CALLS', to: inFile(to).id, tier: 'compiler', confidence: 1, sites: [] },
});
const edges = [calls('cart.ts', 'total.ts'), calls('total.ts', 'tax.ts')];
const hit = (file: string, score: number, more: Partial<ChunkHit> = {}): ChunkHit => ({
  repo: 'shop',
  node: `f:${file}`,
  files: [file],
  score,
  ...more,
});

/** A store in which every query finds the same. */
function finding(
  found: Partial<Record<ChunkSet, readonly ChunkHit[]>>,
  names: readonly string[] = [],
): Pick<PinnedGraph, 'reader' | 'snapshot'> {
  const reader: Partial<GraphReader> = {
    allChunks: async (set) => found[set] ?? [],
    repositories: async () => ['shop'],
    chunks: async (_, { set, limit }) => (found[set] ?? []).slice(0, limit),
    search: async () => names.map((name, at) => ({ node: node(name, `${name}.ts`), score: 10 - at })),
    get: async (ids) => new Map(ids.filter((id) => !id.startsWith('gone')).map((id) => [id, node(id, id.slice(2))])),
  };
  return { reader: reader as GraphReader, snapshot: () => snapshotOf(nodes, edges) };
}
const files = async (reader: ReturnType<typeof finding>): Promise<readonly string[]> =>
  (await search(reader, { query: 'round the total', limit: 20 })).files.map(({ path }) => path);

describe('search', () => {
  it('adds up what each signal says, as a share of its best', async () => {
    const reader = finding({
      'code-file': [hit('cart.ts', 8), hit('total.ts', 6)],
      'code-part': [hit('total.ts', 3), hit('total.ts', 2), hit('cart.ts', 1)],
    });
    const { files: ranked } = await search(reader, { query: 'round the total', limit: 20 });
    expect(ranked.map(({ path, signals }) => [path, signals])).toEqual([
      ['total.ts', { file: 0.525, part: 1 }],
      ['cart.ts', { file: 0.7, part: 0.3333 }],
    ]);
  });

  it('puts code before tests and texts that match alike, but not before those that match far better', async () => {
    expect(
      await files(finding({ 'test-file': [hit('cart.test.ts', 9)], 'text-file': [hit('a.md', 9)], 'code-file': [hit('cart.ts', 9)] })),
    ).toEqual(['cart.ts', 'a.md', 'cart.test.ts']);
    expect(await files(finding({ 'text-file': [hit('a.md', 9)], 'code-file': [hit('cart.ts', 2)] }))).toEqual(['a.md', 'cart.ts']);
  });

  it('lets past commits vote, the likest most, those that touched much least for each file, and names the best one', async () => {
    const reader = finding({
      'code-commit': [
        hit('', 10, { files: ['round.ts'], title: 'aaa Round half up' }),
        hit('', 10, { files: ['a.ts', 'b.ts', 'c.ts', 'd.ts'], title: 'bbb Round' }),
        hit('', 5, { files: ['old.ts', 'round.ts'], title: 'ccc Totals' }),
      ],
    });
    const { files: ranked } = await search(reader, { query: 'round the total', limit: 20 });
    expect(ranked.map(({ path, commit }) => [path, commit])).toEqual([
      ['round.ts', 'aaa Round half up'],
      ['a.ts', 'bbb Round'],
      ['b.ts', 'bbb Round'],
      ['c.ts', 'bbb Round'],
      ['d.ts', 'bbb Round'],
      ['old.ts', 'ccc Totals'],
    ]);
  });

  it('keeps files of two repositories apart', async () => {
    const reader = finding({ 'code-file': [hit('cart.ts', 8), hit('cart.ts', 4, { repo: 'pub' })] });
    const { files: ranked } = await search(reader, { query: 'cart', limit: 20 });
    expect(ranked.map(({ repo, score }) => [repo, score])).toEqual([
      ['shop', 0.7],
      ['pub', 0.35],
    ]);
  });

  it('says where in something long its meaning is, where that is not the beginning', async () => {
    const piece = (file: string, score: number, line: number) => hit(file, score, { span: { line, col: 1, endLine: line + 9, endCol: 2 } });
    const near: Partial<Record<ChunkSet, readonly ChunkHit[]>> = {
      'code-part': [hit('cart.ts', 0.5), hit('total.ts', 0.8)],
      'code-piece': [piece('cart.ts', 0.9, 80), piece('cart.ts', 0.6, 40), piece('total.ts', 0.7, 20), piece('cart.ts', 0.4, 60)],
    };
    const { reader, snapshot } = finding({});
    const nearest: GraphReader['nearest'] = async (_, { set }) => near[set] ?? [];
    const meant = { space: 'toy:2', vector: Float32Array.of(1, 0) };
    const ask = async (purpose: typeof TO_CHANGE) =>
      (await search({ reader: { ...reader, nearest }, snapshot }, { query: 'sum', limit: 20 }, meant, purpose)).hits.map(
        ({ node: { file }, signals: { meaning }, pieces }) => [file, meaning, pieces?.map(({ line }) => line)],
      );
    expect(await ask({ ...TO_CHANGE, meant: ['code-part', 'code-piece'] })).toEqual([
      ['cart.ts', 0.7, [80, 40]],
      ['total.ts', 0.6125, undefined],
    ]);
    expect(await ask(TO_CHANGE)).toEqual([
      ['total.ts', 0.7, undefined],
      ['cart.ts', 0.4, undefined],
    ]);
  });

  it('adds what is alike in meaning, code and texts, and what past commits alike in meaning changed', async () => {
    const near: Partial<Record<ChunkSet, readonly ChunkHit[]>> = {
      'code-part': [hit('cart.ts', 0.6), hit('far.ts', 0.05)],
      'text-part': [hit('cart.md', 0.6)],
      'code-commit': [hit('', 0.8, { files: ['tax.ts'], title: 'aaa Add VAT' })],
    };
    const { reader, snapshot } = finding({ 'code-file': [hit('total.ts', 8)] });
    const meant = { space: 'toy:2', vector: Float32Array.of(1, 0) };
    const asked: unknown[] = [];
    const nearest: GraphReader['nearest'] = async (vector, { space, set }) => {
      asked.push([space, vector]);
      return near[set] ?? [];
    };
    const { files: ranked } = await search({ reader: { ...reader, nearest }, snapshot }, { query: 'sum', limit: 20 }, meant);
    expect(ranked.map(({ path, signals, commit }) => [path, signals, commit])).toEqual([
      ['cart.ts', { meaning: 0.7 }, undefined],
      ['total.ts', { file: 0.7 }, undefined],
      ['tax.ts', { commitMeaning: 0.5 }, 'aaa Add VAT'],
      ['cart.md', { meaning: 0.35 }, undefined],
    ]);
    expect(asked).toEqual([1, 2, 3].map(() => ['toy:2', meant.vector]));
  });

  it('lists things by name and text, each once, of the kinds asked for, and none that is gone', async () => {
    const reader = finding({ 'code-part': [hit('cart.ts', 5), hit('gone.ts', 4, { node: 'gone:1' })], 'code-file': [hit('cart.ts', 3)] }, [
      'total',
    ]);
    const ids = async (kinds?: Node['kind'][]) =>
      (await search(reader, { query: 'x', limit: 20, ...(kinds && { kinds }) })).hits.map((found) => found.node.id);
    expect(await ids()).toEqual(['f:cart.ts', 'total']);
    expect(await ids(['Class'])).toEqual([]);
    expect((await search(reader, { query: 'x', limit: 1 })).hits).toHaveLength(1);
  });

  it('puts first what is called exactly so', async () => {
    const reader = finding({ 'code-part': [hit('cart.ts', 5)], 'code-file': [hit('cart.ts', 3)] }, ['sum', 'Total']);
    expect((await search(reader, { query: ' total', limit: 20 })).hits.map(({ node: { id } }) => id)).toEqual([
      'Total',
      'f:cart.ts',
      'sum',
    ]);
  });

  it('ranks what else changes, given files that do: what changed with them, and what is connected', async () => {
    const commit = (...changed: string[]): ChunkHit => hit('', 0, { files: changed });
    const graph = finding({
      'code-file': [hit('far.ts', 4), hit('cart.ts', 4)],
      // all.ts changes with everything: that it did with cart.ts says little.
      'code-commit': [
        commit('cart.ts', 'price.ts'),
        commit('cart.ts', 'all.ts'),
        commit('all.ts'),
        commit('all.ts'),
        commit('all.ts', 'far.ts'),
      ],
    });
    const { files: ranked } = await search(graph, { query: 'x', limit: 20, given: ['cart.ts'] });
    expect(ranked.map(({ path }) => path)).not.toContain('cart.ts');
    const signals = Object.fromEntries(ranked.map((file) => [file.path, file.signals]));
    expect(signals['price.ts']).toMatchObject({ changedWith: 1 });
    expect(signals['all.ts']).toMatchObject({ changedWith: 0.5 });
    expect(signals['total.ts']).toEqual({ connected: 1 });
    expect(signals['tax.ts']!.connected).toBeLessThan(0.5);
    expect((await search(graph, { query: 'x', limit: 20, given: ['nowhere.ts'] })).files.map(({ path }) => path)).toContain('cart.ts');
  });

  it('ranks files called like a given one, by the words that few have', async () => {
    const paths = ['src/driver/mysql/query-runner.ts', 'src/driver/oracle/query-runner.ts', 'src/driver/mysql/lock.ts', 'src/cart.ts'];
    const graph = finding({ 'code-file': paths.map((path) => hit(path, 1)) });
    const { files: ranked } = await search(graph, { query: 'x', limit: 20, given: ['src/driver/oracle/query-runner.ts'] });
    const alike = Object.fromEntries(ranked.map(({ path, signals }) => [path, signals.namedAlike]));
    expect(alike['src/driver/mysql/query-runner.ts']).toBe(0.4);
    expect(alike['src/driver/mysql/lock.ts']).toBeLessThan(0.3);
    expect(alike['src/cart.ts']).toBeLessThan(alike['src/driver/mysql/lock.ts']!);
  });

  it('finds nothing where nothing matches', async () => {
    expect(await search(finding({}), { query: '', limit: 20 })).toEqual({ hits: [], files: [] });
  });
});

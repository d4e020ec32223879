import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EdgeType } from '../../../../graph/model/edge.ts';
import { relatedNodes } from '../../../../graph/query/related-nodes.ts';
import type { Snapshot } from '../../../../graph/snapshot/csr.ts';
import { snapshotOf } from '../snapshot/snapshots.ts';
import { sceneOf, type Arrow } from './scene.ts';

const graphOf = async (arrows: readonly Arrow[]): Promise<Snapshot> => {
  const { nodes, edges } = sceneOf(arrows);
  return snapshotOf(nodes, edges);
};
/** Scores by name, from things by weight. */
function near(graph: Snapshot, from: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  const starts = new Map(Object.entries(from).map(([name, weight]) => [graph.indexOf(`shop//${name}`), weight]));
  return Object.fromEntries(relatedNodes(graph, starts).map(({ node, score }) => [graph.id(node).slice('shop//'.length), score]));
}

const CART: readonly Arrow[] = [
  ['code:cart.ts#add', 'CALLS', 'code:total.ts#sum'],
  ['code:total.ts#sum', 'CALLS', 'code:tax.ts#rate'],
  ['code:tax.ts#rate', 'READS', 'code:tax.ts#TABLE'],
  ['code:far.ts#a', 'CALLS', 'code:far.ts#b'],
];

describe('related nodes', () => {
  it('are those that edges reach in either direction, nearer ones first', async () => {
    const graph = await graphOf(CART);
    expect(Object.keys(near(graph, { 'code:cart.ts#add': 1 }))).toEqual(['code:total.ts#sum', 'code:tax.ts#rate', 'code:tax.ts#TABLE']);
    expect(Object.keys(near(graph, { 'code:tax.ts#TABLE': 1 }))).toEqual(['code:tax.ts#rate', 'code:total.ts#sum', 'code:cart.ts#add']);
  });

  it('score what walks from the start end there', async () => {
    const [score] = Object.values(near(await graphOf([['code:a.ts#a', 'CALLS', 'code:b.ts#b']]), { 'code:a.ts#a': 1 }));
    // Of a walk that goes to and fro and ends with .3 at each step: .7 · .3 / (1 − .49).
    expect(score).toBeCloseTo((0.7 * 0.3) / (1 - 0.49), 3);
  });

  it.each(['CONTAINS', 'IMPORTS', 'EXPORTS', 'RE_EXPORTS', 'CO_CHANGES', 'OWNED_BY'] satisfies EdgeType[])(
    'are not what only %s connects',
    async (type) => {
      expect(near(await graphOf([['code:a.ts#a', type, 'code:b.ts#b']]), { 'code:a.ts#a': 1 })).toEqual({});
    },
  );

  it('are not packages, and nothing that is reached through them', async () => {
    const graph = await graphOf([
      ['code:a.ts#a', 'CALLS', 'pkg:lodash'],
      ['code:b.ts#b', 'CALLS', 'pkg:lodash'],
    ]);
    expect(near(graph, { 'code:a.ts#a': 1 })).toEqual({});
  });

  it('are none where nothing starts, or it starts with no weight, or calls only itself', async () => {
    const graph = await graphOf([...CART, ['code:self.ts#f', 'CALLS', 'code:self.ts#f']]);
    expect(near(graph, {})).toEqual({});
    expect(near(graph, { 'code:cart.ts#add': 0 })).toEqual({});
    expect(near(graph, { 'code:self.ts#f': 1 })).toEqual({});
  });

  it('do not depend on the scale of the weights, but on their shares', async () => {
    const graph = await graphOf(CART);
    const [one, ten] = [1, 10].map((scale) => near(graph, { 'code:cart.ts#add': scale, 'code:far.ts#a': 3 * scale }));
    expect(ten).toEqual(one);
    expect(one!['code:far.ts#b']!).toBeGreaterThan(one!['code:total.ts#sum']!);
  });

  it('come with the edge between them and another node', async () => {
    const graph = await graphOf(CART);
    for (const { node, edge } of relatedNodes(graph, new Map([[graph.indexOf('shop//code:cart.ts#add'), 1]])))
      expect([graph.edgeFrom[edge], graph.edgeTo[edge]]).toContain(node);
  });

  it('are found among thousands of edges of one node in time', async () => {
    const hub = Array.from({ length: 5000 }, (_, at): Arrow => [`code:f${at}.ts#f`, 'CALLS', 'code:log.ts#log']);
    const graph = await graphOf([...hub, ['code:f1.ts#f', 'CALLS', 'code:cart.ts#add']]);
    const started = performance.now();
    const [first] = Object.keys(near(graph, { 'code:f1.ts#f': 1 }));
    expect(performance.now() - started).toBeLessThan(5000);
    expect(['code:cart.ts#add', 'code:log.ts#log']).toContain(first);
  });
});

describe('of any graph, related nodes', () => {
  const type = fc.constantFrom<EdgeType>('CALLS', 'READS', 'GOVERNS', 'CONTAINS');
  const end = fc.integer({ min: 0, max: 9 });
  const arrows = fc.array(fc.tuple(end, type, end), { minLength: 1, maxLength: 30 });
  const starts = fc.dictionary(fc.constantFrom('0', '1', '2', '3'), fc.integer({ min: 1, max: 5 }), { minKeys: 1 });
  /** The graph, its nodes numbered by what a naming gives. */
  const build = (some: readonly (readonly [number, EdgeType, number])[], name: (node: number) => string) =>
    graphOf(
      [...some, ...[0, 1, 2, 3].map((node) => [node, 'CONTAINS', node] as const)].map(([a, edge, b]): Arrow => [name(a), edge, name(b)]),
    );
  const plain = (node: number): string => `code:${node}.ts#f`;
  /** The same nodes in another order of names. */
  const turned = (node: number): string => `code:${9 - node}.ts#f`;

  it('have scores that add up to at most one, and are no starts', async () => {
    await fc.assert(
      fc.asyncProperty(arrows, starts, async (some, weights) => {
        const from = Object.fromEntries(Object.entries(weights).map(([node, weight]) => [plain(Number(node)), weight]));
        const found = near(await build(some, plain), from);
        const scores = Object.values(found);
        expect(scores.reduce((sum, score) => sum + score, 0)).toBeLessThanOrEqual(1 + 1e-9);
        expect(scores.every((score) => score > 0)).toBe(true);
        expect(scores).toEqual(scores.toSorted((a, b) => b - a));
        for (const name of Object.keys(from)) expect(found).not.toHaveProperty([name]);
      }),
    );
  });

  it('do not depend on how nodes are numbered, nor on the direction of edges', async () => {
    await fc.assert(
      fc.asyncProperty(arrows, starts, async (some, weights) => {
        const ask = async (edges: typeof some, name: (node: number) => string) => {
          const from = Object.fromEntries(Object.entries(weights).map(([node, weight]) => [name(Number(node)), weight]));
          const found = near(await build(edges, name), from);
          return Array.from({ length: 10 }, (_, node) => found[name(node)] ?? 0);
        };
        const first = await ask(some, plain);
        const [renamed, reversed] = [
          await ask(some, turned),
          await ask(
            some.map(([a, edge, b]) => [b, edge, a]),
            plain,
          ),
        ];
        // What fades away before it is followed depends on the order: far below what scores differ by.
        first.forEach((score, node) => {
          expect(Math.abs(score - renamed[node]!)).toBeLessThan(1e-3);
          expect(Math.abs(score - reversed[node]!)).toBeLessThan(1e-3);
        });
      }),
    );
  });
});

import { describe, expect, it } from 'vitest';
import { EDGE_TYPES } from '../../../../graph/model/edge.ts';
import type { Node } from '../../../../graph/model/node.ts';
import type { GraphReader } from '../../../../graph/store/store.ts';
import { connectionOf, relatedTo } from '../../../../src/retrieval/related.ts';
import { sceneOf } from '../../graph/query/scene.ts';
import { snapshotOf } from '../../graph/snapshot/snapshots.ts';

const { nodes, edges } = sceneOf([
  ['code:main.ts#main', 'CALLS', 'code:quota.ts#quotaOf'],
  ['policy:storage', 'GOVERNS', 'code:quota.ts#quotaOf'],
  ['code:quota.ts#quotaOf', 'READS', 'code:limits.ts#LIMITS'],
  ['code:far.ts#a', 'CALLS', 'code:far.ts#b'],
  ['code:limits.ts', 'CONTAINS', 'code:limits.ts#LIMITS'],
]);
const byId = new Map(nodes.map((node) => [node.id, node]));
const reader = { get: async (ids: readonly string[]) => new Map(ids.flatMap((id) => (byId.has(id) ? [[id, byId.get(id)!]] : []))) };
const relatedOf = async (id: string, limit = 10) => {
  const node: Node = byId.get(id) ?? { id, kind: 'Function', name: 'x', props: {} };
  return relatedTo(reader as unknown as GraphReader, await snapshotOf(nodes, edges), node, limit);
};

describe('what is related to a thing', () => {
  it('is what edges lead to and come from, with the edge in words', async () => {
    const found = await relatedOf('shop//code:quota.ts#quotaOf');
    expect(Object.fromEntries(found.map(({ node, reason }) => [node.name, reason]))).toEqual({
      main: 'CALLS → quotaOf',
      storage: 'GOVERNS → quotaOf',
      LIMITS: 'quotaOf → READS it',
    });
    for (const { score } of found) {
      expect(score).toBeGreaterThan(0);
      expect(score).toBe(Math.round(score * 1e6) / 1e6);
    }
  });

  it('of a file is what is connected with what it contains', async () => {
    const [first] = await relatedOf('shop//code:limits.ts');
    expect([first?.node.name, first?.reason]).toEqual(['quotaOf', 'READS → LIMITS']);
  });

  it('is at most as much as asked for', async () => {
    expect(await relatedOf('shop//code:quota.ts#quotaOf', 2)).toHaveLength(2);
  });

  it('is nothing for what the graph does not have, or does not connect', async () => {
    expect(await relatedOf('shop//code:gone.ts#gone')).toEqual([]);
    expect((await relatedOf('shop//code:far.ts#a')).map(({ node }) => node.name)).toEqual(['b']);
  });
});

describe('a connection', () => {
  it('is told from the side of the one that is near', async () => {
    const graph = await snapshotOf(nodes, edges);
    const edge = graph.edgeType.indexOf(EDGE_TYPES.indexOf('GOVERNS'));
    expect(connectionOf(graph, { node: graph.edgeFrom[edge]!, edge })).toBe('GOVERNS → quotaOf');
    expect(connectionOf(graph, { node: graph.edgeTo[edge]!, edge })).toBe('storage → GOVERNS it');
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareEdges, EDGE_CODE, factMask } from '../../../../graph/model/edge.ts';
import { KIND_CODE, type Node } from '../../../../graph/model/node.ts';
import { TIER_CODE } from '../../../../graph/model/provenance.ts';
import { NODE_FLAGS } from '../../../../graph/snapshot/csr.ts';
import { edge, functionNode } from '../../../contract/facts.ts';
import { graph } from '../../../contract/random-graph.ts';
import { edgesInWords, idsOf, snapshotOf } from './snapshots.ts';

const shop: Node = {
  id: 'shop//code:src/shop.ts',
  kind: 'Module',
  name: 'shop.ts',
  repo: 'shop',
  file: 'src/shop.ts',
  props: { language: 'typescript' },
};
const sell = functionNode('src/shop.ts', 'sell', { exported: true, signatures: [{ parameters: [], returns: 'void' }] });
const buy = functionNode('src/buy.ts', 'buy', { visibility: 'protected', static: true });
const contains = edge(shop.id, sell.id, { type: 'CONTAINS', sites: [] });

describe('nodes', () => {
  it('are numbered by id, and found by it', async () => {
    const snapshot = await snapshotOf([shop, sell, buy], []);
    expect(idsOf(snapshot)).toEqual([buy.id, shop.id, sell.id]);
    expect(idsOf(snapshot).map((id) => snapshot.indexOf(id))).toEqual([0, 1, 2]);
    expect(['', 'shop', `${sell.id}x`, 'zzz'].map((id) => snapshot.indexOf(id))).toEqual([-1, -1, -1, -1]);
  });

  it('keep kind, name, place, container and flags', async () => {
    const snapshot = await snapshotOf([shop, sell, buy], [contains]);
    const node = snapshot.indexOf(sell.id);
    expect(snapshot.kind[node]).toBe(KIND_CODE.Function);
    expect(snapshot.nameText(node)).toBe('sell');
    expect(snapshot.fileText(node)).toBe('src/shop.ts');
    expect([snapshot.line[node], snapshot.endLine[node]]).toEqual([3, 5]);
    expect(snapshot.parent[node]).toBe(snapshot.indexOf(shop.id));
    expect(snapshot.flags[node]).toBe(NODE_FLAGS.exported | NODE_FLAGS.hasSignature | NODE_FLAGS.hasType);
    expect(snapshot.flags[snapshot.indexOf(buy.id)]).toBe(NODE_FLAGS.protected | NODE_FLAGS.static);
    const module = snapshot.indexOf(shop.id);
    expect([snapshot.parent[module], snapshot.line[module], snapshot.flags[module]]).toEqual([-1, 0, 0]);
  });

  it('of one name share its number, and so do those of one file', async () => {
    const snapshot = await snapshotOf([functionNode('a.ts', 'open'), functionNode('b.ts', 'Door.open'), functionNode('b.ts', 'close')], []);
    const [a, close, open] = [0, snapshot.indexOf('shop//code:b.ts#close'), snapshot.indexOf('shop//code:b.ts#Door.open')];
    expect(snapshot.name[a]).toBe(snapshot.name[open]);
    expect(snapshot.name[a]).not.toBe(snapshot.name[close]);
    expect(snapshot.file[open]).toBe(snapshot.file[close]);
    expect(snapshot.file[open]).not.toBe(snapshot.file[a]);
  });
});

describe('edges', () => {
  it('keep type, tier, confidence, and what their sites say together', async () => {
    const call = edge(buy.id, sell.id, {
      via: shop.id,
      tier: 'flow',
      confidence: 0.35,
      sites: [
        { line: 7, col: 2, file: 'src/else.ts', facts: factMask('awaited', 'generic'), args: 2 },
        { line: 9, col: 4, facts: factMask('awaited') },
        { line: 11, col: 1, facts: factMask('awaited', 'spread'), args: 0 },
      ],
    });
    const snapshot = await snapshotOf([shop, sell, buy], [call, contains]);
    expect(edgesInWords(snapshot)).toEqual([
      { from: buy.id, type: EDGE_CODE.CALLS, to: sell.id, via: shop.id },
      { from: shop.id, type: EDGE_CODE.CONTAINS, to: sell.id, via: undefined },
    ]);
    expect(snapshot.edgeTier[0]).toBe(TIER_CODE.flow);
    expect(snapshot.edgeConfidence[0]).toBe(35);
    expect(snapshot.edgeFactsAny[0]).toBe(factMask('awaited', 'generic', 'spread'));
    expect(snapshot.edgeFactsAll[0]).toBe(factMask('awaited'));
    expect([snapshot.edgeMinArgs[0], snapshot.edgeMaxArgs[0]]).toEqual([0, 2]);
    expect([snapshot.edgeFileText(0), snapshot.edgeLine[0], snapshot.edgeCol[0]]).toEqual(['src/else.ts', 7, 2]);
    expect([snapshot.edgeFactsAny[1], snapshot.edgeFactsAll[1], snapshot.edgeMinArgs[1], snapshot.edgeMaxArgs[1]]).toEqual([0, 0, -1, -1]);
    expect([snapshot.edgeFileText(1), snapshot.edgeLine[1]]).toEqual(['src/shop.ts', 0]);
  });

  it('to, from and via nodes that do not exist are left out', async () => {
    const snapshot = await snapshotOf(
      [sell, buy],
      [edge(buy.id, 'x'), edge('x', buy.id), edge(buy.id, sell.id, { via: 'x' }), edge(buy.id, sell.id)],
    );
    expect(edgesInWords(snapshot)).toEqual([{ from: buy.id, type: EDGE_CODE.CALLS, to: sell.id, via: undefined }]);
  });

  it('are the same whatever order they come in, each once, and indexed from every end', () =>
    fc.assert(
      fc.asyncProperty(graph, fc.infiniteStream(fc.nat()), async (units, random) => {
        const nodes = [...new Map(units.flatMap((unit) => unit.nodes).map((node) => [node.id, node])).values()];
        const ids = new Set(nodes.map(({ id }) => id));
        const edges = units.flatMap((unit) => unit.edges);
        const keys = new Map(edges.map((stated) => [stated, random.next().value as number]));
        const shuffled = [...edges, ...edges.slice(0, 3)].sort((a, b) => keys.get(a)! - keys.get(b)!);
        const snapshot = await snapshotOf(nodes, shuffled);
        const expected = edges
          .filter(({ from, to, via }) => [from, to, via ?? to].every((end) => ids.has(end)))
          .sort(compareEdges)
          .map(({ from, type, to, via }) => ({ from, type: EDGE_CODE[type], to, via }));
        expect(edgesInWords(snapshot)).toEqual(expected);
        for (const [node, id] of idsOf(snapshot).entries()) {
          const out = Array.from(
            { length: snapshot.outOffsets[node + 1]! - snapshot.outOffsets[node]! },
            (_, at) => snapshot.outOffsets[node]! + at,
          );
          expect(edgesInWords(snapshot, out)).toEqual(expected.filter(({ from }) => from === id));
          const incoming = snapshot.inEdges.subarray(snapshot.inOffsets[node], snapshot.inOffsets[node + 1]);
          expect(edgesInWords(snapshot, incoming)).toEqual(expected.filter(({ to }) => to === id));
          const through = snapshot.viaEdges.subarray(snapshot.viaOffsets[node], snapshot.viaOffsets[node + 1]);
          expect(edgesInWords(snapshot, through)).toEqual(expected.filter(({ via }) => via === id));
        }
      }),
    ));
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Node } from '../../../../graph/model/node.ts';
import { encodeSnapshot } from '../../../../graph/snapshot/codec.ts';
import { withOverlay } from '../../../../graph/snapshot/overlay.ts';
import { edge, functionNode, REPO } from '../../../contract/facts.ts';
import { graph } from '../../../contract/random-graph.ts';
import { edgesInWords, idsOf, snapshotOf } from './snapshots.ts';

const sell = functionNode('src/shop.ts', 'sell');
const buy = functionNode('src/buy.ts', 'buy');
const pay = functionNode('src/pay.ts', 'pay');
const twin: Node = { ...sell, id: 'pub//code:src/shop.ts#sell', repo: 'pub' };
const file = (path: string) => ({ repo: REPO, path });

describe('an overlay', () => {
  it('replaces the nodes of its files and the edges that start there, and nothing else', async () => {
    const base = await snapshotOf([sell, buy, pay, twin], [edge(sell.id, pay.id), edge(buy.id, sell.id), edge(twin.id, pay.id)]);
    const refund = functionNode('src/shop.ts', 'refund');
    const changed = withOverlay(base, { files: [file('src/shop.ts')], nodes: [sell, refund], edges: [edge(refund.id, pay.id)] });
    expect(idsOf(changed)).toEqual([twin.id, buy.id, pay.id, refund.id, sell.id]);
    expect(edgesInWords(changed).map(({ from, to }) => [from, to])).toEqual([
      [twin.id, pay.id],
      [buy.id, sell.id],
      [refund.id, pay.id],
    ]);
    expect(edgesInWords(base)).toHaveLength(3);
  });

  it('of a deleted file takes the edges to it along', async () => {
    const base = await snapshotOf([sell, buy], [edge(buy.id, sell.id)]);
    const changed = withOverlay(base, { files: [file('src/shop.ts')], nodes: [], edges: [] });
    expect([idsOf(changed), changed.edgeCount, changed.generation]).toEqual([[buy.id], 0, base.generation]);
  });

  it('gives what a clean build of the changed graph gives', () =>
    fc.assert(
      fc.asyncProperty(graph, graph, fc.nat({ max: 4 }), async (before, after, index) => {
        const functions = (units: typeof before): Node[] => units.flatMap(({ nodes }) => nodes.filter(({ kind }) => kind === 'Function'));
        const mixed = before.with(index, after[index]!);
        const base = await snapshotOf(
          functions(before),
          before.flatMap(({ edges }) => edges),
        );
        // A clean store knows edges that dangled before; only then could the two differ.
        const known = new Set(functions(before).map(({ id }) => id));
        const edges = mixed.flatMap((unit) =>
          unit === after[index] ? unit.edges : unit.edges.filter(({ from, to, via }) => [from, to, via ?? to].every((id) => known.has(id))),
        );
        const overlaid = withOverlay(base, {
          files: [file(after[index]!.unit.path)],
          nodes: functions([after[index]!]),
          edges: after[index]!.edges,
        });
        expect(encodeSnapshot(overlaid)).toEqual(encodeSnapshot(await snapshotOf(functions(mixed), edges)));
      }),
    ));
});

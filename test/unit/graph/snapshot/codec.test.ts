import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeSnapshot, encodeSnapshot } from '../../../../graph/snapshot/codec.ts';
import { edge, functionNode } from '../../../contract/facts.ts';
import { graph } from '../../../contract/random-graph.ts';
import { idsOf, snapshotOf } from './snapshots.ts';

const nodes = [functionNode('src/ümläut.ts', 'zähle'), functionNode('src/\u{1F6D2}.ts', 'ﬀ')];
const edges = [edge(nodes[0]!.id, nodes[1]!.id)];

describe('an encoded snapshot', () => {
  it('is decoded to what it was', () =>
    fc.assert(
      fc.asyncProperty(graph, fc.integer({ min: 0, max: 2 ** 31 }), async (units, generation) => {
        const snapshot = await snapshotOf(
          units.flatMap((unit) => unit.nodes.filter(({ kind }) => kind === 'Function')),
          units.flatMap((unit) => unit.edges),
          generation,
        );
        const decoded = decodeSnapshot(encodeSnapshot(snapshot))!;
        expect(plain(decoded)).toEqual(plain(snapshot));
        expect(idsOf(decoded)).toEqual(idsOf(snapshot));
      }),
    ));

  it('keeps every alphabet', async () => {
    const decoded = decodeSnapshot(encodeSnapshot(await snapshotOf(nodes, edges)))!;
    expect(idsOf(decoded)).toEqual(nodes.map(({ id }) => id).sort());
    expect(nodes.map(({ id }) => decoded.nameText(decoded.indexOf(id)))).toEqual(['zähle', 'ﬀ']);
    expect(nodes.map(({ id }) => decoded.fileText(decoded.indexOf(id)))).toEqual(['src/ümläut.ts', 'src/\u{1F6D2}.ts']);
  });

  it('is read wherever it begins in memory', async () => {
    const bytes = encodeSnapshot(await snapshotOf(nodes, edges));
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    expect(plain(decodeSnapshot(shifted.subarray(3))!)).toEqual(plain(decodeSnapshot(bytes)!));
  });

  it('is equal for equal graphs', async () => {
    expect(encodeSnapshot(await snapshotOf(nodes.toReversed(), edges))).toEqual(encodeSnapshot(await snapshotOf(nodes, edges)));
  });

  it('holds an empty graph', async () => {
    const decoded = decodeSnapshot(encodeSnapshot(await snapshotOf([], [])))!;
    expect([decoded.nodeCount, decoded.edgeCount, decoded.indexOf('x')]).toEqual([0, 0, -1]);
  });

  it('is not mistaken for another version, and nothing else is mistaken for it', async () => {
    const bytes = encodeSnapshot(await snapshotOf(nodes, edges));
    const otherVersion = bytes.slice();
    new DataView(otherVersion.buffer).setUint32(4, 0xffff, true);
    expect(decodeSnapshot(otherVersion)).toBeUndefined();
    expect(decodeSnapshot(bytes.slice(0, -1))).toBeUndefined();
    expect(decodeSnapshot(bytes.slice(0, 20))).toBeUndefined();
    expect(decodeSnapshot(new Uint8Array(0))).toBeUndefined();
    expect(decodeSnapshot(new Uint8Array(bytes.length).fill(1))).toBeUndefined();
  });
});

/** The typed arrays and numbers of a snapshot, comparable by value. */
function plain(snapshot: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(snapshot)
      .filter(([name, value]) => typeof value !== 'function' && name !== 'texts')
      .map(([name, value]) => [name, ArrayBuffer.isView(value) ? [...(value as Int32Array)] : value]),
  );
}

import type { Edge } from '../../../../graph/model/edge.ts';
import type { Node } from '../../../../graph/model/node.ts';
import { buildSnapshot } from '../../../../graph/snapshot/build.ts';
import type { Snapshot } from '../../../../graph/snapshot/csr.ts';

export async function* batches<T>(...rows: readonly (readonly T[])[]): AsyncIterable<readonly T[]> {
  yield* rows;
}

export const snapshotOf = (nodes: readonly Node[], edges: readonly Edge[], generation = 1): Promise<Snapshot> =>
  buildSnapshot(generation, batches(nodes), batches(edges));

export interface EdgeInWords {
  readonly from: string;
  readonly type: number;
  readonly to: string;
  readonly via: string | undefined;
}

/** The edges with those numbers, by id. */
export const edgesInWords = (snapshot: Snapshot, edges: Iterable<number> = snapshot.edgeFrom.keys()): readonly EdgeInWords[] =>
  Array.from(edges, (edge) => ({
    from: snapshot.id(snapshot.edgeFrom[edge]!),
    type: snapshot.edgeType[edge]!,
    to: snapshot.id(snapshot.edgeTo[edge]!),
    via: snapshot.edgeVia[edge]! < 0 ? undefined : snapshot.id(snapshot.edgeVia[edge]!),
  }));

export const idsOf = (snapshot: Snapshot): readonly string[] => Array.from({ length: snapshot.nodeCount }, (_, node) => snapshot.id(node));

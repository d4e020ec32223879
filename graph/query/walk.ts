import { EDGE_CODE, type EdgeType } from '../model/edge.ts';
import type { Snapshot } from '../snapshot/csr.ts';

export interface WalkOptions {
  /** `dependents` walks against the arrows: who is affected. `dependencies` follows them: what is needed. */
  readonly direction: 'dependents' | 'dependencies';
  /** Edge types to follow; all when absent. */
  readonly types?: readonly EdgeType[];
  /** Hops; no limit when absent. */
  readonly maxDepth?: number;
  /** Stop as soon as this node is reached. */
  readonly until?: number;
}

/** What a walk reached. `distance` and `edge` are indexed by node number. */
export interface Closure {
  /** Nodes reached, starts included, nearest first. */
  readonly nodes: Int32Array;
  /** Hops from the nearest start; -1 = not reached. */
  readonly distance: Int32Array;
  /** The edge by which the node was reached first; -1 for starts and nodes not reached. */
  readonly edge: Int32Array;
}

/**
 * Everything reachable from the start nodes, breadth first. Deterministic: of equally short ways, the one through the
 * node found first and then the edge of the lowest number is kept. Cycles are no obstacle.
 */
export function closure(snapshot: Snapshot, starts: readonly number[], options: WalkOptions): Closure {
  const { nodeCount, edgeFrom, edgeTo, edgeType, outOffsets, inOffsets, inEdges } = snapshot;
  const { direction, types, maxDepth = Infinity, until = -1 } = options;
  const forward = direction === 'dependencies';
  const offsets = forward ? outOffsets : inOffsets;
  const ends = forward ? edgeTo : edgeFrom;
  const follows = followedTypes(types);

  const distance = new Int32Array(nodeCount).fill(-1);
  const edge = new Int32Array(nodeCount).fill(-1);
  const queue = new Int32Array(nodeCount);
  let length = 0;
  for (const start of starts) {
    if (distance[start] === 0) continue;
    distance[start] = 0;
    queue[length++] = start;
  }
  for (let head = 0; head < length; head++) {
    const node = queue[head]!;
    if (node === until) break;
    const next = distance[node]! + 1;
    if (next > maxDepth) break;
    for (let at = offsets[node]!; at < offsets[node + 1]!; at++) {
      const via = forward ? at : inEdges[at]!;
      const end = ends[via]!;
      if (distance[end] !== -1 || !follows[edgeType[via]!]) continue;
      distance[end] = next;
      edge[end] = via;
      queue[length++] = end;
    }
  }
  return { nodes: queue.subarray(0, length), distance, edge };
}

/** 1 for the codes of edge types to follow. */
function followedTypes(types: readonly EdgeType[] | undefined): Uint8Array {
  const follows = new Uint8Array(Object.keys(EDGE_CODE).length).fill(types ? 0 : 1);
  for (const type of types ?? []) follows[EDGE_CODE[type]] = 1;
  return follows;
}

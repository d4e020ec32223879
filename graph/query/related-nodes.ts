import { EDGE_CODE, type EdgeType } from '../model/edge.ts';
import { KIND_CODE } from '../model/node.ts';
import type { Snapshot } from '../snapshot/csr.ts';

/** Share of the walks that end at each step; the others follow an edge. */
const STOP = 0.3;
/** Walks are followed while more than this share of all of them is at one node. */
const LEAST = 1e-6;
/** Nodes that walks are followed from: what is not reached by then is far. */
const MOST_STEPS = 100_000;

/** What says little of what belongs together: every file of a folder, every use of a package. */
const WEAK: ReadonlySet<number> = new Set(
  (['CONTAINS', 'IMPORTS', 'EXPORTS', 'RE_EXPORTS', 'AFFECTED_BY_GAP', 'CO_CHANGES', 'OWNED_BY'] satisfies EdgeType[]).map(
    (type) => EDGE_CODE[type],
  ),
);
const PACKAGE = KIND_CODE.Package;

/** Why a node is near: the edge over which most walks came. */
export interface RelatedNode {
  readonly node: number;
  /** Share of all walks that ended there, 0–1. */
  readonly score: number;
  readonly edge: number;
}

/**
 * How near nodes are to some others, over typed edges in either direction: personalised PageRank from those, by forward push
 * (Andersen, Chung and Lang, FOCS 2006), so that only what is near is looked at. The starts themselves are left out.
 */
export function relatedNodes(graph: Snapshot, starts: ReadonlyMap<number, number>): readonly RelatedNode[] {
  const sum = Array.from(starts.values()).reduce((all, weight) => all + weight, 0);
  const waiting = new Map<number, number>(Array.from(starts, ([node, weight]) => [node, weight / sum]));
  const ended = new Map<number, number>();
  const best = new Map<number, { readonly edge: number; readonly share: number }>();
  const queue = [...waiting.keys()];
  for (let step = 0; step < queue.length && step < MOST_STEPS; step++) {
    const node = queue[step]!;
    const walks = waiting.get(node)!;
    waiting.set(node, 0);
    ended.set(node, (ended.get(node) ?? 0) + STOP * walks);
    const edges = edgesOf(graph, node);
    const share = ((1 - STOP) * walks) / edges.length;
    for (const [edge, other] of edges) {
      const before = waiting.get(other) ?? 0;
      waiting.set(other, before + share);
      if (share > (best.get(other)?.share ?? 0)) best.set(other, { edge, share });
      if (before <= LEAST && before + share > LEAST) queue.push(other);
    }
  }
  return Array.from(ended)
    .flatMap(([node, score]) => (starts.has(node) ? [] : [{ node, score, edge: best.get(node)!.edge }]))
    .sort((a, b) => b.score - a.score || a.node - b.node);
}

/** Edges that lead away from or to a node, with their other ends. */
function edgesOf(graph: Snapshot, node: number): readonly (readonly [edge: number, other: number])[] {
  const found: (readonly [number, number])[] = [];
  const add = (edge: number, other: number): void => {
    if (other !== node && !WEAK.has(graph.edgeType[edge]!) && graph.kind[other] !== PACKAGE) found.push([edge, other]);
  };
  for (let edge = graph.outOffsets[node]!; edge < graph.outOffsets[node + 1]!; edge++) add(edge, graph.edgeTo[edge]!);
  for (let at = graph.inOffsets[node]!; at < graph.inOffsets[node + 1]!; at++) add(graph.inEdges[at]!, graph.edgeFrom[graph.inEdges[at]!]!);
  return found;
}

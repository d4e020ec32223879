import { EDGE_TYPES } from '../model/edge.ts';
import { TIERS } from '../model/provenance.ts';
import type { Snapshot } from '../snapshot/csr.ts';
import type { Hop } from './change.ts';

/** A trail of edges as hops away from `start`, whichever way each edge points. */
export function hopsOf(graph: Snapshot, start: number, trail: readonly number[], rule: string): readonly Hop[] {
  const { edgeFrom, edgeTo, edgeVia, edgeType, edgeTier, edgeConfidence, edgeLine, edgeCol } = graph;
  let at = start;
  return trail.map((edge) => {
    const next = edgeFrom[edge] === at ? edgeTo[edge]! : edgeFrom[edge]!;
    const file = graph.edgeFileText(edge);
    const hop: Hop = {
      from: graph.id(at),
      to: graph.id(next),
      edge: EDGE_TYPES[edgeType[edge]!]!,
      ...(edgeVia[edge]! >= 0 ? { via: graph.id(edgeVia[edge]!) } : {}),
      ...(file === undefined ? {} : { file }),
      ...(edgeLine[edge]! > 0 ? { line: edgeLine[edge]!, col: edgeCol[edge]! } : {}),
      tier: TIERS[edgeTier[edge]!]!,
      confidence: edgeConfidence[edge]! / 100,
      rule,
    };
    at = next;
    return hop;
  });
}

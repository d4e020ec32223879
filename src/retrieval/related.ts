import { EDGE_TYPES } from '../../graph/model/edge.ts';
import type { Node } from '../../graph/model/node.ts';
import { relatedNodes, type RelatedNode } from '../../graph/query/related-nodes.ts';
import type { Snapshot } from '../../graph/snapshot/csr.ts';
import type { GraphReader } from '../../graph/store/store.ts';

export interface RelatedThing {
  readonly node: Node;
  /** Share of random walks from the thing that end here, 0–1. */
  readonly score: number;
  /** The edge over which most of them come. */
  readonly reason: string;
}

/** What is connected to a thing over typed edges of the graph, nearest first. */
export async function relatedTo(reader: GraphReader, graph: Snapshot, node: Node, limit: number): Promise<readonly RelatedThing[]> {
  const start = graph.indexOf(node.id);
  if (start < 0) return [];
  const near = relatedNodes(graph, new Map([[start, 1]])).slice(0, limit);
  const nodes = await reader.get(near.map((each) => graph.id(each.node)));
  return near.flatMap((each) => {
    const found = nodes.get(graph.id(each.node));
    return found ? [{ node: found, score: Math.round(each.score * 1e6) / 1e6, reason: connectionOf(graph, each) }] : [];
  });
}

/** `GOVERNS → upload` for what governs upload, `main → CALLS it` for what main calls. */
export function connectionOf(graph: Snapshot, { node, edge }: Pick<RelatedNode, 'node' | 'edge'>): string {
  const type = EDGE_TYPES[graph.edgeType[edge]!]!;
  const [from, to] = [graph.edgeFrom[edge]!, graph.edgeTo[edge]!];
  return from === node ? `${type} → ${graph.nameText(to)}` : `${graph.nameText(from)} → ${type} it`;
}

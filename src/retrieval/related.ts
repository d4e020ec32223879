import { EDGE_CODE, EDGE_TYPES } from '../../graph/model/edge.ts';
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

/** What is connected to a thing, or to what it contains, over typed edges of the graph, nearest first. */
export async function relatedTo(reader: GraphReader, graph: Snapshot, node: Node, limit: number): Promise<readonly RelatedThing[]> {
  const start = graph.indexOf(node.id);
  if (start < 0) return [];
  const starts = new Map(Array.from(withContent(graph, start), (each) => [each, 1] as const));
  const near = relatedNodes(graph, starts).slice(0, limit);
  const nodes = await reader.get(near.map((each) => graph.id(each.node)));
  return near.flatMap((each) => {
    const found = nodes.get(graph.id(each.node));
    return found ? [{ node: found, score: Math.round(each.score * 1e6) / 1e6, reason: connectionOf(graph, each) }] : [];
  });
}

/** A thing and all that it contains. */
function withContent(graph: Snapshot, node: number): ReadonlySet<number> {
  const found = new Set([node]);
  // A set is walked to what is added meanwhile.
  for (const each of found)
    for (let edge = graph.outOffsets[each]!; edge < graph.outOffsets[each + 1]!; edge++)
      if (graph.edgeType[edge] === EDGE_CODE.CONTAINS) found.add(graph.edgeTo[edge]!);
  return found;
}

/** `GOVERNS → upload` for what governs upload, `main → CALLS it` for what main calls. */
export function connectionOf(graph: Snapshot, { node, edge }: Pick<RelatedNode, 'node' | 'edge'>): string {
  const type = EDGE_TYPES[graph.edgeType[edge]!]!;
  const [from, to] = [graph.edgeFrom[edge]!, graph.edgeTo[edge]!];
  return from === node ? `${type} → ${graph.nameText(to)}` : `${graph.nameText(from)} → ${type} it`;
}

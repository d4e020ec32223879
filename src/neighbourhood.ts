import type { Edge } from '../graph/model/edge.ts';
import type { Node } from '../graph/model/node.ts';
import type { GraphReader } from '../graph/store/store.ts';
import type { Neighbourhood } from './system.ts';

/** A node and its edges, at most `limit` in each direction, each with the node at the other end. */
export async function neighbourhoodOf(reader: GraphReader, node: Node, limit: number): Promise<Neighbourhood> {
  const outgoing = await reader.edges({ from: [node.id] }, limit);
  const incoming = await reader.edges({ to: [node.id] }, limit);
  const nodes = await reader.get([...new Set([...outgoing.map(({ to }) => to), ...incoming.map(({ from }) => from)])]);
  // A declaration that names itself is no neighbour of itself.
  const connect = (edges: readonly Edge[], end: 'from' | 'to') =>
    edges.filter(({ from, to }) => from !== to).map((edge) => ({ edge, node: nodes.get(edge[end])! }));
  return { node, outgoing: connect(outgoing, 'to'), incoming: connect(incoming, 'from') };
}

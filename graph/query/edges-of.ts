import { EDGE_CODE, type EdgeType } from '../model/edge.ts';
import type { NodeId } from '../model/id.ts';
import type { Snapshot } from '../snapshot/csr.ts';

/** A node by its number or its id; an id that the graph does not have has no edges. */
type NodeRef = number | NodeId;

const numberOf = (graph: Snapshot, node: NodeRef): number => (typeof node === 'number' ? node : graph.indexOf(node));

/** The edges of some types into a node, ascending. */
export function edgesInto(graph: Snapshot, to: NodeRef, ...types: readonly EdgeType[]): readonly number[] {
  const { inOffsets, inEdges, edgeType } = graph;
  const node = numberOf(graph, to);
  const codes = types.map((type): number => EDGE_CODE[type]);
  const found: number[] = [];
  if (node < 0) return found;
  for (let i = inOffsets[node]!; i < inOffsets[node + 1]!; i++) {
    const edge = inEdges[i]!;
    if (codes.includes(edgeType[edge]!)) found.push(edge);
  }
  return found;
}

/** The edges of some types out of a node, ascending. */
export function edgesOutOf(graph: Snapshot, from: NodeRef, ...types: readonly EdgeType[]): readonly number[] {
  const { outOffsets, edgeType } = graph;
  const node = numberOf(graph, from);
  const codes = types.map((type): number => EDGE_CODE[type]);
  const found: number[] = [];
  if (node < 0) return found;
  for (let edge = outOffsets[node]!; edge < outOffsets[node + 1]!; edge++) if (codes.includes(edgeType[edge]!)) found.push(edge);
  return found;
}

/** The nodes at the other end of the edges of some types into a node. */
export const dependentsOf = (graph: Snapshot, node: NodeRef, ...types: readonly EdgeType[]): readonly number[] =>
  edgesInto(graph, node, ...types).map((edge) => graph.edgeFrom[edge]!);

/** The nodes that the edges of some types lead to from a node. */
export const dependenciesOf = (graph: Snapshot, node: NodeRef, ...types: readonly EdgeType[]): readonly number[] =>
  edgesOutOf(graph, node, ...types).map((edge) => graph.edgeTo[edge]!);

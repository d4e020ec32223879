import { EDGE_CODE, EDGE_TYPES } from '../../model/edge.ts';
import { KIND_CODE } from '../../model/node.ts';
import type { Snapshot } from '../../snapshot/csr.ts';
import { refOf } from '../../model/id.ts';
import type { ImpactAnswer } from '../change.ts';
import { flowchart, type Arc, type Shape, type Vertex } from './mermaid.ts';

const MOST = 40;
const SHAPE: Readonly<Record<number, Shape>> = {
  [KIND_CODE.Table]: 'store',
  [KIND_CODE.DataStore]: 'store',
  [KIND_CODE.Channel]: 'queue',
  [KIND_CODE.HttpCall]: 'outside',
  [KIND_CODE.Package]: 'outside',
};

/** What a thing depends on, and what depends on it, one hop each way. */
export function dependencyDiagram(graph: Snapshot, target: number): string {
  const { outOffsets, inOffsets, inEdges, edgeType, edgeFrom, edgeTo } = graph;
  const edges = [
    ...Array.from({ length: outOffsets[target + 1]! - outOffsets[target]! }, (_, at) => outOffsets[target]! + at),
    ...inEdges.subarray(inOffsets[target], inOffsets[target + 1]),
  ]
    .filter((edge) => edgeType[edge] !== EDGE_CODE.CONTAINS && edgeFrom[edge] !== edgeTo[edge])
    .slice(0, MOST);
  const nodes = new Set([target, ...edges.flatMap((edge) => [edgeFrom[edge]!, edgeTo[edge]!])]);
  const arcs = edges.map((edge): Arc => ({
    from: graph.id(edgeFrom[edge]!),
    to: graph.id(edgeTo[edge]!),
    label: EDGE_TYPES[edgeType[edge]!]!.toLowerCase().replaceAll('_', ' '),
  }));
  return flowchart(
    [...nodes].map((node) => vertexOf(graph, node)),
    arcs,
  );
}

/** The paths by which a change reaches what it breaks, then what behaves differently, then what is to be read again. */
export function impactDiagram(graph: Snapshot, { target, impacted }: ImpactAnswer): string {
  const vertices = new Map<string, Vertex>();
  const arcs: Arc[] = [];
  const take = (id: string): void => {
    const node = graph.indexOf(id);
    if (node >= 0 && !vertices.has(id)) vertices.set(id, vertexOf(graph, node));
  };
  take(target.id);
  for (const { path = [], effect } of impacted.slice(0, MOST))
    for (const { from, to, edge } of path) {
      take(from);
      take(to);
      arcs.push({ from, to, label: edge.toLowerCase().replaceAll('_', ' '), ...(effect === 'breaks' ? {} : { dotted: true }) });
    }
  return flowchart([...vertices.values()], arcs);
}

function vertexOf(graph: Snapshot, node: number): Vertex {
  const id = graph.id(node);
  const shape = SHAPE[graph.kind[node]!];
  return { id, label: refOf(id), ...(shape ? { shape } : {}) };
}

import { EDGE_CODE, type EdgeType } from '../model/edge.ts';
import { KIND_CODE, type NodeKind } from '../model/node.ts';
import type { Snapshot } from '../snapshot/csr.ts';
import type { Role } from './matrix.ts';

/** A place to look from, and the edges that lead there from the target. */
export interface Anchor {
  readonly node: number;
  readonly trail: readonly number[];
  /** Interned name that a `has-counterpart` condition asks for. */
  readonly name?: number;
}

export const TYPE_KINDS: ReadonlySet<number> = new Set(
  (['Class', 'Interface', 'TypeAlias', 'Enum'] satisfies NodeKind[]).map((kind) => KIND_CODE[kind]),
);
/** Inference is followed while the product of its confidences stays above this. */
const WEAKEST_INFERENCE = 0.3;

/** The anchors of each role around a target, found when first asked for. */
export function createRoles(graph: Snapshot, target: number): (role: Role) => readonly Anchor[] {
  const cache = new Map<Role, readonly Anchor[]>();
  const owner = graph.parent[target]!;
  const isMember = owner >= 0 && TYPE_KINDS.has(graph.kind[owner]!);
  const isType = TYPE_KINDS.has(graph.kind[target]!);
  const incoming = (node: number, types: readonly EdgeType[]): readonly number[] => {
    const wanted = new Set(types.map((type) => EDGE_CODE[type]));
    const edges: number[] = [];
    for (let i = graph.inOffsets[node]!; i < graph.inOffsets[node + 1]!; i++)
      if (wanted.has(graph.edgeType[graph.inEdges[i]!]!)) edges.push(graph.inEdges[i]!);
    return edges;
  };
  /** Transitive dependents over some edges, nearest first. */
  const spread = (start: Anchor, types: readonly EdgeType[], accept: (node: number, hops: number) => boolean): readonly Anchor[] => {
    const found: Anchor[] = [];
    const seen = new Set([start.node]);
    const queue = [start];
    for (let head = 0; head < queue.length; head++) {
      const at = queue[head]!;
      for (const edge of incoming(at.node, types)) {
        const node = graph.edgeFrom[edge]!;
        if (seen.has(node) || !accept(node, at.trail.length + 1)) continue;
        seen.add(node);
        const anchor = { node, trail: [...at.trail, edge] };
        found.push(anchor);
        queue.push(anchor);
      }
    }
    return found;
  };
  const containing = (node: number): readonly number[] => incoming(node, ['CONTAINS']).slice(0, 1);
  const isTypeNode = (node: number): boolean => TYPE_KINDS.has(graph.kind[node]!);
  const self: Anchor = { node: target, trail: [] };

  const make = (role: Role): readonly Anchor[] => {
    switch (role) {
      case 'target':
        return [self];
      case 'owner': {
        if (!isMember) return [];
        const anchor = { node: owner, trail: containing(target) };
        return [anchor, ...spread(anchor, ['EXTENDS'], isTypeNode)];
      }
      case 'member': {
        if (!isType) return [];
        const anchors: Anchor[] = [];
        for (let edge = graph.outOffsets[target]!; edge < graph.outOffsets[target + 1]!; edge++)
          if (graph.edgeType[edge] === EDGE_CODE.CONTAINS) anchors.push({ node: graph.edgeTo[edge]!, trail: [edge] });
        return anchors;
      }
      case 'subtype':
        return isType ? spread(self, ['EXTENDS'], isTypeNode) : [];
      case 'alias':
        return isType ? spread(self, ['USES_TYPE'], (node) => graph.kind[node] === KIND_CODE.TypeAlias) : [];
      case 'alias-user':
        return of('alias').flatMap(({ node, trail }) =>
          incoming(node, ['USES_TYPE']).map((edge) => ({ node: graph.edgeFrom[edge]!, trail: [...trail, edge] })),
        );
      case 'type-user':
        return isType ? incoming(target, ['USES_TYPE']).map((edge) => ({ node: graph.edgeFrom[edge]!, trail: [edge] })) : [];
      case 'holder':
        if (!isMember) return [];
        return incoming(owner, ['USES_TYPE', 'INFERS_FROM'])
          .map((edge) => ({ node: graph.edgeFrom[edge]!, trail: [...containing(target), edge] }))
          .filter(({ node }) => graph.parent[node]! >= 0 && isTypeNode(graph.parent[node]!));
      case 'counterpart':
        return of('holder').flatMap(({ node, trail }) => {
          const anchor = { node: graph.parent[node]!, trail: [...trail, ...containing(node)], name: graph.name[node]! };
          return [anchor, ...spread(anchor, ['EXTENDS'], isTypeNode).map((subtype) => ({ ...subtype, name: graph.name[node]! }))];
        });
      case 'inferred':
        return spread(self, ['INFERS_FROM'], (_, hops) => 0.8 * 0.6 ** (hops - 1) >= WEAKEST_INFERENCE);
    }
  };
  const of = (role: Role): readonly Anchor[] => {
    let anchors = cache.get(role);
    if (!anchors) cache.set(role, (anchors = make(role)));
    return anchors;
  };
  return of;
}

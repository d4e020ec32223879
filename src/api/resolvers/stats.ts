import { EDGE_TYPES } from '../../../graph/model/edge.ts';
import { NODE_KINDS } from '../../../graph/model/node.ts';
import type { StatsResolvers } from '../generated/resolvers.ts';

export const Stats: StatsResolvers = {
  nodes: ({ nodes }) => NODE_KINDS.map((kind) => ({ kind, count: nodes[kind] ?? 0 })).filter(({ count }) => count > 0),
  edges: ({ edges }) => EDGE_TYPES.map((type) => ({ type, count: edges[type] ?? 0 })).filter(({ count }) => count > 0),
};

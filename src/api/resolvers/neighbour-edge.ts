import type { NeighbourEdgeResolvers } from '../generated/resolvers.ts';

export const NeighbourEdge: NeighbourEdgeResolvers = {
  type: ({ edge }) => edge.type,
  tier: ({ edge }) => edge.tier,
  confidence: ({ edge }) => edge.confidence,
  rule: ({ edge }) => edge.rule,
  via: ({ edge }) => edge.via,
  sites: ({ edge }) => edge.sites,
  node: ({ other }, _, { loaders }) => loaders.node.load(other),
};

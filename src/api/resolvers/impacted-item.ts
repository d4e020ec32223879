import type { ImpactedItemResolvers } from '../generated/resolvers.ts';

export const ImpactedItem: ImpactedItemResolvers = {
  entity: ({ id }, _, { loaders }) => loaders.node.load(id),
};

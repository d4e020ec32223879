import { factsOf } from '../../../graph/model/edge.ts';
import type { SiteResolvers } from '../generated/resolvers.ts';

export const Site: SiteResolvers = {
  facts: ({ facts }) => factsOf(facts ?? 0),
};

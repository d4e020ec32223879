import type { ParameterResolvers } from '../generated/resolvers.ts';

export const Parameter: ParameterResolvers = {
  optional: ({ optional }) => optional === true,
  rest: ({ rest }) => rest === true,
};

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { makeExecutableSchema } from '@graphql-tools/schema';
import type { GraphQLSchema } from 'graphql';
import { resolvers } from './resolvers/resolvers.ts';

/** `schema.graphql`, found through the package's own exports: it stands at the same place for sources and build. */
export function loadSchema(): GraphQLSchema {
  const file = createRequire(import.meta.url).resolve('specgraph/schema.graphql');
  return makeExecutableSchema({
    typeDefs: readFileSync(file, 'utf8'),
    resolvers,
    resolverValidationOptions: { requireResolversToMatchSchema: 'error' },
  });
}

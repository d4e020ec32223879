import { GraphQLScalarType } from 'graphql';

/** Leaves values as they are. */
export const JSONScalar = new GraphQLScalarType({ name: 'JSON' });

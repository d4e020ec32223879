import { isDeclaration } from '../../../graph/model/node.ts';
import type { EntityResolvers } from '../generated/resolvers.ts';
import { pageOfNeighbours } from '../neighbours.ts';

export const Entity: EntityResolvers = {
  exported: (node) => isDeclaration(node) && node.props.exported === true,
  doc: (node) => ('doc' in node.props ? node.props.doc : undefined),
  signatures: (node) => (isDeclaration(node) ? (node.props.signatures ?? []) : []),
  outgoing: async ({ id }, page, { loaders }) => pageOfNeighbours(await loaders.outgoing.load(id), 'to', page),
  incoming: async ({ id }, page, { loaders }) => pageOfNeighbours(await loaders.incoming.load(id), 'from', page),
};

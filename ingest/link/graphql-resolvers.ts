import { factMask } from '../../graph/model/edge.ts';
import type { GraphqlFieldKey, LinkKeys } from '../keys.ts';
import { resolverClasses } from './graphql/resolver-classes.ts';
import { resolverMaps, type Resolver } from './graphql/resolver-maps.ts';
import { graphqlSchemasOf, type GraphqlSchema } from './graphql/schemas.ts';
import type { Linker } from './linker.ts';
import { createLinks } from './links.ts';

/** More schemas than this that fit alike say nothing. */
const MOST_SCHEMAS = 3;

/** Fields of GraphQL schemas and the code that resolves them. */
export const graphqlResolversLinker: Linker = {
  name: 'graphql-resolvers',
  link(repo, keys) {
    const links = createLinks();
    const resolvers = [...resolverMaps(keys), ...resolverClasses(keys)].filter((resolver) => resolver.repo === repo);
    const schemaOf = chooser(repo, keys, resolvers);
    for (const resolver of resolvers) {
      const { from, at, rule, certain, mirrors } = resolver;
      const chosen = schemaOf(resolver);
      for (const schema of chosen)
        links.edge({
          from,
          type: mirrors ? 'MAPS_TO' : 'HANDLES',
          to: fieldOf(schema, resolver)!.id,
          tier: certain ? 'contract' : 'heuristic',
          confidence: Math.round((resolver.confidence / chosen.length) * 100) / 100,
          rule,
          sites: [{ ...at, ...(mirrors ? { facts: factMask('provider') } : {}) }],
        });
    }
    return links.done();
  },
};

const ROOTS: Readonly<Record<string, string>> = { Query: 'query', Mutation: 'mutation', Subscription: 'subscription' };

/** The field by its type; that of a root whatever the schema calls its root types. */
const fieldOf = (schema: GraphqlSchema, { type, field }: Resolver): GraphqlFieldKey | undefined =>
  schema.types.get(type)?.get(field) ?? schema.roots.get(`${ROOTS[type] ?? ''} ${field}`);

/**
 * Which schema a resolver is for: of those that have the field, those that have most of what the package around it
 * resolves, its own repository first, and then those that are stated within the package.
 */
function chooser(repo: string, keys: LinkKeys, resolvers: readonly Resolver[]): (resolver: Resolver) => readonly GraphqlSchema[] {
  const schemas = graphqlSchemasOf(keys);
  const folders = keys
    .of('package')
    .flatMap((key) => (key.repo === repo ? [key.value.folder] : []))
    .sort((a, b) => b.length - a.length);
  const within = (file: string, folder: string): boolean => folder === '' || file === folder || file.startsWith(`${folder}/`);
  const homeOf = ({ at }: Resolver): string => folders.find((folder) => within(at.file, folder)) ?? '';
  const counts = new Map<string, Map<GraphqlSchema, number>>();
  for (const resolver of resolvers) {
    const home = homeOf(resolver);
    let known = counts.get(home);
    if (!known) counts.set(home, (known = new Map()));
    for (const schema of schemas) if (fieldOf(schema, resolver)) known.set(schema, (known.get(schema) ?? 0) + 1);
  }
  return (resolver) => {
    const home = homeOf(resolver);
    const fitting = schemas.filter((schema) => fieldOf(schema, resolver));
    const own = fitting.filter((schema) => schema.repo === repo);
    const near = own.filter(({ folders: stated }) => [...stated].some((folder) => within(folder, home)));
    const all = home !== '' && near.length > 0 ? near : own.length > 0 ? own : fitting;
    const most = Math.max(0, ...all.map((schema) => counts.get(home)?.get(schema) ?? 0));
    const best = all.filter((schema) => counts.get(home)?.get(schema) === most);
    return best.length > MOST_SCHEMAS ? [] : best;
  };
}

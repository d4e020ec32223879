import { makeId, parseId, type NodeId } from '../../../graph/model/id.ts';
import type { GraphqlFieldKey, LinkKeys } from '../../keys.ts';
import { folderOf } from '../../parse/paths.ts';

/** Fields of one schema by type and name. */
export interface GraphqlSchema {
  readonly api: NodeId;
  readonly repo: string;
  /** Folders of the files that state it. */
  readonly folders: ReadonlySet<string>;
  readonly types: ReadonlyMap<string, ReadonlyMap<string, GraphqlFieldKey>>;
  /** By `query user`. */
  readonly roots: ReadonlyMap<string, GraphqlFieldKey>;
}

const cache = new WeakMap<LinkKeys, readonly GraphqlSchema[]>();

/** The GraphQL schemas of all repositories. */
export function graphqlSchemasOf(keys: LinkKeys): readonly GraphqlSchema[] {
  let known = cache.get(keys);
  if (!known) cache.set(keys, (known = find(keys)));
  return known;
}

interface Growing extends GraphqlSchema {
  readonly folders: Set<string>;
  readonly types: Map<string, Map<string, GraphqlFieldKey>>;
  readonly roots: Map<string, GraphqlFieldKey>;
}

function find(keys: LinkKeys): readonly GraphqlSchema[] {
  const schemas = new Map<NodeId, Growing>();
  for (const { repo, file, value } of keys.of('graphql-field')) {
    const { descriptor: _, ...owner } = parseId(value.id) ?? { scheme: 'gql', path: '' };
    const api = makeId({ ...owner, scheme: 'gql' });
    let schema = schemas.get(api);
    if (!schema) schemas.set(api, (schema = { api, repo, folders: new Set(), types: new Map(), roots: new Map() }));
    schema.folders.add(folderOf(file));
    let fields = schema.types.get(value.type);
    if (!fields) schema.types.set(value.type, (fields = new Map()));
    if (!fields.has(value.field)) fields.set(value.field, value);
    if (value.root) schema.roots.set(`${value.root} ${value.field}`, value);
  }
  return [...schemas.values()];
}

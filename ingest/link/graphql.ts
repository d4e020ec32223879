import type { Edge, EdgeType } from '../../graph/model/edge.ts';
import type { NodeId } from '../../graph/model/id.ts';
import type { GraphqlFieldKey, GraphqlUseKey, LinkKeys, Published } from '../keys.ts';
import { usesInCode } from './graphql/documents-in-code.ts';
import { graphqlSchemasOf, type GraphqlSchema } from './graphql/schemas.ts';
import type { Linker, Links } from './linker.ts';

/** What clients select of GraphQL schemas: operations and, through fragments, fields and arguments. */
export const graphqlLinker: Linker = { name: 'graphql', link };

const BUILT_IN = /^(?:ID|Int|Float|String|Boolean)$/;
/** Spreads of fragments within fragments that are followed. */
const DEEPEST = 20;

function link(repo: string, keys: LinkKeys): Links {
  const schemas = graphqlSchemasOf(keys);
  if (schemas.length === 0) return { nodes: [], edges: [] };
  const uses = [...keys.of('graphql-use'), ...usesInCode(keys)];
  const edges = new Map<string, Edge>();
  const fragments = new Map<string, Published<GraphqlUseKey>[]>();
  for (const use of uses) {
    if (use.value.fragment === undefined) continue;
    const key = `${use.repo}\n${use.value.fragment}`;
    const known = fragments.get(key);
    if (known) known.push(use);
    else fragments.set(key, [use]);
  }
  const add = (
    from: NodeId,
    type: EdgeType,
    to: NodeId,
    confidence: number,
    rule: string,
    { file, value }: Published<GraphqlUseKey>,
  ): void => {
    const key = `${from}\n${type}\n${to}`;
    const site = { line: value.line, col: value.col, file };
    const known = edges.get(key);
    if (!known) edges.set(key, { from, type, to, tier: 'contract', confidence, rule, sites: [site] });
    else if (!known.sites.some(({ line, col, file: at }) => line === site.line && col === site.col && at === file)) known.sites.push(site);
  };
  const fitting = fittingSchemas(repo, uses, schemas);
  for (const use of uses) {
    if (use.repo !== repo) continue;
    const { from, root, path, type, spread } = use.value;
    const candidates = fitting.get(from) ?? [];
    for (const schema of candidates) {
      const confidence = candidates.length === 1 ? 1 : 0.5;
      if (type !== undefined) {
        // Enumerations and scalars have no field keys: the edge is hidden where there is no such type.
        if (!BUILT_IN.test(type)) add(from, 'USES_TYPE', `${schema.api}#${type}`, confidence, 'graphql-variable', use);
      } else if (spread !== undefined) {
        if (typeAt(schema, root, path) !== undefined) follow(use, from, schema, confidence, spread, new Set(), 0);
      } else stateField(use, from, schema, confidence, root, path);
    }
  }
  return { nodes: [], edges: [...edges.values()] };

  function stateField(
    use: Published<GraphqlUseKey>,
    from: NodeId,
    schema: GraphqlSchema,
    confidence: number,
    root: GraphqlUseKey['root'],
    path: readonly string[],
  ): void {
    const field = fieldAt(schema, root, path);
    if (!field) return;
    add(from, field.root ? 'INVOKES' : 'MAPS_TO', field.id, confidence, field.root ? 'graphql-operation' : 'graphql-selection', use);
    for (const argument of use.value.args ?? []) add(from, 'MAPS_TO', `${field.id}(${argument})`, confidence, 'graphql-argument', use);
  }

  /** A document depends on the fragments it spreads, and selects what they do. */
  function follow(
    use: Published<GraphqlUseKey>,
    from: NodeId,
    schema: GraphqlSchema,
    confidence: number,
    name: string,
    seen: Set<string>,
    depth: number,
  ): void {
    if (seen.has(name) || depth > DEEPEST) return;
    seen.add(name);
    for (const inner of fragments.get(`${use.repo}\n${name}`) ?? []) {
      const { value } = inner;
      if (depth === 0) add(from, 'DEPENDS_ON', value.from, 1, 'graphql-fragment', use);
      if (value.type !== undefined) continue;
      if (value.spread === undefined) stateField(inner, from, schema, confidence, 'fragment', value.path);
      else follow(inner, from, schema, confidence, value.spread, seen, depth + 1);
    }
  }
}

/** For each document the schemas that have most of what it uses, those of its own repository first. */
function fittingSchemas(
  repo: string,
  uses: readonly Published<GraphqlUseKey>[],
  schemas: readonly GraphqlSchema[],
): ReadonlyMap<NodeId, readonly GraphqlSchema[]> {
  const counts = new Map<NodeId, Map<GraphqlSchema, number>>();
  for (const { repo: at, value } of uses) {
    if (at !== repo || value.type !== undefined) continue;
    const { from, root, path, spread } = value;
    let known = counts.get(from);
    if (!known) counts.set(from, (known = new Map()));
    for (const schema of schemas)
      if (spread === undefined ? fieldAt(schema, root, path) : typeAt(schema, root, path)) known.set(schema, (known.get(schema) ?? 0) + 1);
  }
  return new Map([...counts].map(([from, known]) => [from, best(known, repo)]));
}

function best(counts: ReadonlyMap<GraphqlSchema, number>, repo: string): readonly GraphqlSchema[] {
  const own = [...counts].filter(([schema]) => schema.repo === repo);
  const all = own.length > 0 ? own : [...counts];
  const most = Math.max(0, ...all.map(([, count]) => count));
  return all.flatMap(([schema, count]) => (count === most ? [schema] : []));
}

function fieldAt(schema: GraphqlSchema, root: GraphqlUseKey['root'], path: readonly string[]): GraphqlFieldKey | undefined {
  const name = path.at(-1);
  if (name === undefined || path.length < 2 || name.startsWith('...')) return undefined;
  const owner = path.slice(0, -1);
  if (owner.length === 1 && root !== 'fragment') return schema.roots.get(`${root} ${name}`);
  const type = typeAt(schema, root, owner);
  return type === undefined ? undefined : schema.types.get(type)?.get(name);
}

/** The type of what a path leads to. */
function typeAt(schema: GraphqlSchema, root: GraphqlUseKey['root'], path: readonly string[]): string | undefined {
  let type: string | undefined;
  for (const [index, segment] of path.entries()) {
    if (index === 0) type = segment;
    else if (segment.startsWith('...')) type = segment.slice(3);
    else if (index === 1 && root !== 'fragment') type = schema.roots.get(`${root} ${segment}`)?.of;
    else type = type === undefined ? undefined : schema.types.get(type)?.get(segment)?.of;
    if (type === undefined) return undefined;
  }
  return type;
}

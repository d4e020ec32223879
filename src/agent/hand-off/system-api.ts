import { compare } from '../../../graph/model/edge.ts';
import { fieldId, parseId, type NodeId } from '../../../graph/model/id.ts';
import type { Node, NodeOf } from '../../../graph/model/node.ts';
import type { GraphReader } from '../../../graph/store/store.ts';
import { contentOf } from '../../specs/meaning/words.ts';
import type { Grounding, StepContext } from '../model.ts';
import { schemaOf, type JsonSchema } from './field-schemas.ts';
import type { Demand } from './demands.ts';
import type { Intent } from './intents.ts';
import { nameWords, pascal } from './names.ts';
import { isOfMethod, pathStyleOf, routeOf, type PathStyle, type Route } from './rest-style.ts';

/** Nodes of one kind that are looked at. */
const MOST = 2000;

/** An operation that the system has. */
export interface ExistingOperation extends Route {
  readonly id: NodeId;
  readonly file: string | undefined;
  readonly doc: string;
  readonly operationId?: string;
  readonly security: readonly string[];
}

/** The API that a feature joins, and how it is written. */
export interface SystemApi {
  /** What its callers speak; HTTP also where there is no API at all. */
  readonly protocol: 'http' | 'graphql' | 'trpc';
  /** Names of the types of its GraphQL schema. */
  readonly typeNames: ReadonlySet<string>;
  /** Its document; undefined where there is none, or only routes in code. */
  readonly file: string | undefined;
  readonly servers: readonly string[];
  readonly operations: readonly ExistingOperation[];
  readonly style: PathStyle;
  /** What most of its operations ask of who calls, with the definition of each. */
  readonly security: readonly { readonly name: string; readonly scheme: JsonSchema }[];
  /** What it answers with where it refuses; undefined where no operation says. */
  readonly failure: JsonSchema | undefined;
  /** Statuses of refusals that its operations share. */
  readonly usualRefusals: readonly number[];
  /** The schema of what it knows under this name. */
  schemaNamed(name: string): JsonSchema | undefined;
  /** Fields of an operation below `request.body` or `response.201`. */
  fieldsOf(operation: NodeId, below: string): JsonSchema | undefined;
}

/** The API that a feature joins: of the service that the criteria name, else of the best operation of the grounding, else the only one. `joined`: its id, where that is known. */
export async function systemApi(
  { graph: { reader }, repo }: StepContext,
  grounding: Grounding,
  demands: readonly Demand[],
  joined?: NodeId,
): Promise<SystemApi> {
  const operations = (await reader.find({ kinds: ['Operation'], repo }, { limit: MOST })).filter(
    (node): node is NodeOf<'Operation'> => node.kind === 'Operation' && isHttp(node.props.method) && node.props.path !== undefined,
  );
  const grounded = grounding.things.find(({ id, role }) => role === 'operation' && operations.some((node) => node.id === id))?.id;
  const apis = operations.map(({ id }) => apiOf(id) ?? '');
  const named = mostCommon(demands.map(({ sentence }) => apis.find((id) => isNamed(sentence.system, parseId(id)?.path ?? '')) ?? ''));
  // Where nobody says which of several it is, the feature joins none, and follows all of them.
  const api = apiOf(joined ?? named ?? grounded ?? (new Set(apis).size === 1 ? (apis[0] ?? '') : ''));
  const own = api === undefined ? operations : operations.filter(({ id }) => apiOf(id) === api);
  if (own.length === 0) return ofRoutes(reader, repo);
  const file = api === undefined ? undefined : own[0]!.file;
  const document = api === undefined ? undefined : (await reader.get([api])).get(api);
  const properties = (
    await reader.find({ kinds: ['SchemaProperty'], repo, ...(file === undefined ? {} : { file }) }, { limit: 10_000 })
  ).filter((node): node is NodeOf<'SchemaProperty'> => node.kind === 'SchemaProperty');
  const schemes = (await reader.find({ kinds: ['SecurityScheme'], repo }, { limit: MOST })).filter(
    (node): node is NodeOf<'SecurityScheme'> => node.kind === 'SecurityScheme',
  );
  const fieldsOf = (operation: NodeId, below: string): JsonSchema | undefined =>
    below === '' ? undefined : fieldsBelow(properties, fieldId(operation, `${below}.`));
  const statuses = own.flatMap(({ id }) => refusalsOf(properties, id));
  const asked = mostCommon(own.flatMap(({ props }) => (props.security === undefined ? [] : [props.security.join('\n')])));
  const isUsual = own.filter(({ props }) => (props.security?.length ?? 0) > 0).length * 2 >= own.length;
  const failing = own.flatMap(({ id }) => refusalsOf(properties, id).map((status) => [id, status] as const))[0];
  return {
    protocol: 'http',
    typeNames: new Set(),
    file,
    servers: document?.kind === 'Api' ? (document.props.servers ?? []) : [],
    operations: own.map(existing),
    style: pathStyleOf(own.map(({ props }) => props.path!)),
    security:
      isUsual && asked !== undefined
        ? asked.split('\n').map((name) => ({
            name,
            scheme: schemeOf(schemes.find((node) => node.name === name && (api === undefined || apiOf(node.id) === api))),
          }))
        : [],
    failure: failing === undefined ? undefined : fieldsOf(failing[0], `response.${failing[1]}`),
    usualRefusals: [...new Set(statuses)]
      .filter((status) => statuses.filter((other) => other === status).length * 2 >= own.length)
      .toSorted((a, b) => a - b),
    schemaNamed: (name) => (api === undefined ? undefined : fieldsBelow(properties, `${api}#${name}.`)),
    fieldsOf,
  };
}

/** Of a system that says in code alone what it serves, the routes. */
async function ofRoutes(reader: GraphReader, repo: string): Promise<SystemApi> {
  const endpoints = (await reader.find({ kinds: ['Endpoint'], repo }, { limit: MOST })).filter(
    (node): node is NodeOf<'Endpoint'> => node.kind === 'Endpoint',
  );
  const routes = endpoints.filter(({ props }) => isHttp(props.method));
  const schema = (await reader.find({ kinds: ['Api'], repo }, { limit: MOST })).find(
    (node) => node.kind === 'Api' && node.props.format === 'graphql',
  );
  // A server of GraphQL has a few routes of its own.
  const isGraphql = schema !== undefined && routes.length < 5;
  const types = isGraphql
    ? await reader.find({ kinds: ['Schema'], repo, ...(schema.file === undefined ? {} : { file: schema.file }) }, { limit: 10_000 })
    : [];
  return {
    protocol: isGraphql ? 'graphql' : routes.length === 0 && endpoints.some(({ props }) => props.framework === 'trpc') ? 'trpc' : 'http',
    typeNames: new Set(types.map(({ name }) => name)),
    file: isGraphql ? schema.file : undefined,
    servers: [],
    operations: routes.map((node) => ({
      id: node.id,
      file: node.file,
      doc: '',
      security: [],
      method: node.props.method as Route['method'],
      path: node.props.path,
    })),
    style: pathStyleOf(routes.map(({ props }) => props.path)),
    security: [],
    failure: undefined,
    usualRefusals: [],
    schemaNamed: () => undefined,
    fieldsOf: () => undefined,
  };
}

/** `UploadService` is what serves the API `upload`. */
const isNamed = (system: string | undefined, api: string): boolean => {
  const words = (text: string): string =>
    nameWords(text)
      .filter((word) => !/^(?:service|api|system|server|backend|app)$/.test(word))
      .join(' ');
  return system !== undefined && words(system) !== '' && words(system) === words(api);
};

const isHttp = (method = ''): boolean => /^(?:GET|POST|PUT|PATCH|DELETE)$/.test(method);
const apiOf = (id: string): NodeId | undefined => (parseId(id)?.scheme === 'api' ? id.split('#')[0] : undefined);

const existing = ({ id, file, props }: NodeOf<'Operation'>): ExistingOperation => ({
  id,
  file,
  doc: props.doc ?? '',
  security: props.security ?? [],
  method: props.method as Route['method'],
  path: props.path!,
  ...(props.operationId === undefined ? {} : { operationId: props.operationId }),
});

function fieldsBelow(properties: readonly NodeOf<'SchemaProperty'>[], start: string): JsonSchema | undefined {
  return schemaOf(properties.filter(({ id }) => id.startsWith(start)).map(({ id, props }) => ({ path: id.slice(start.length), props })));
}

function refusalsOf(properties: readonly Node[], operation: NodeId): readonly number[] {
  const start = fieldId(operation, 'response.4');
  const found = properties.flatMap(({ id }) => (id.startsWith(start) ? [Number(`4${id.slice(start.length).split('.')[0]}`)] : []));
  return [...new Set(found.filter((status) => status >= 400 && status < 500))].toSorted((a, b) => a - b);
}

function schemeOf(node: NodeOf<'SecurityScheme'> | undefined): JsonSchema {
  const { type, scheme, header, query, cookie } = node?.props ?? {};
  const [place, name] = header !== undefined ? ['header', header] : query !== undefined ? ['query', query] : ['cookie', cookie];
  if (type === 'apiKey' && name !== undefined) return { type, in: place, name };
  if (type === 'mutualTLS') return { type };
  if (type === 'http' || type === 'basic') return { type: 'http', scheme: scheme ?? (type === 'basic' ? 'basic' : 'bearer') };
  return { type: 'http', scheme: 'bearer', ...(type === undefined ? {} : { description: `The system defines it as ${type}.` }) };
}

export function mostCommon(values: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const value of values) if (value !== '') counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].toSorted((a, b) => b[1] - a[1] || compare(a[0], b[0]))[0]?.[0];
}

/** The operation of the system that does already what is asked for: the same method, on things of the same meaning. */
export function existingFor(intent: Intent, { operations, style }: SystemApi): ExistingOperation | undefined {
  const { method, path } = routeOf(intent, style);
  const same = operations.find((operation) => operation.method === method && shape(operation.path) === shape(path));
  if (same) return same;
  const wanted = contentOf(intent.object.join(' '));
  const noun = wanted.at(-1);
  if (noun === undefined) return undefined;
  return operations.find((operation) => {
    const named = contentOf(lastNoun(operation.path).replace(/[-_]/g, ' '));
    if (operation.method !== method || operation.path.endsWith('}') !== path.endsWith('}')) return false;
    const said = contentOf(`${lastNoun(operation.path)} ${operation.doc} ${pascal([operation.operationId ?? ''])}`);
    // `POST /tasks` makes a task; it does not comment on one.
    if (!isOfMethod(intent.verb) && !contentOf(intent.verb).every((word) => said.includes(word))) return false;
    return contentOf(intent.object.at(-1)!).every((word) => named.includes(word)) && wanted.every((word) => said.includes(word));
  });
}

const shape = (path: string): string => path.replace(/\{[^}]*\}/g, '{}').toLowerCase();
const lastNoun = (path: string): string => path.split('/').findLast((part) => part !== '' && !part.startsWith('{')) ?? '';

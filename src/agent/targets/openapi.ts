import { stringify } from 'yaml';
import type { Demand } from '../hand-off/demands.ts';
import type { Design } from '../hand-off/design.ts';
import type { JsonSchema } from '../hand-off/field-schemas.ts';
import { byPath, type PlannedOperation } from '../hand-off/operations.ts';
import { visibleLine } from '../../visible.ts';
import { titled } from '../hand-off/quoting.ts';
import { requestOf } from '../hand-off/request-fields.ts';
import { successOf } from '../hand-off/results.ts';
import type { GenerationTarget } from './target.ts';

/** Problem details, https://www.rfc-editor.org/rfc/rfc9457: where the system has no form of its own. */
const PROBLEM: JsonSchema = {
  type: 'object',
  required: ['title', 'status'],
  properties: {
    type: { type: 'string', format: 'uri-reference' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
  },
};
const PHRASES: Readonly<Record<number, string>> = {
  400: 'The request is not valid.',
  401: 'Nobody is signed in.',
  404: 'There is no such thing.',
};

/** Refusals that have nothing to do with what is asked for. */
const GENERAL: ReadonlySet<number> = new Set([400, 401, 403, 422, 429]);

/** The operations that the spec needs, in the manner of the API that they join. */
export const openapi: GenerationTarget = {
  name: 'openapi',
  title: 'OpenAPI fragment',
  generate({ spec, design }) {
    const { operations, api } = design;
    if (operations.length === 0)
      return { files: [], covers: [], note: 'No criterion on the server says what somebody asks the system to do.' };
    if (api.protocol !== 'http')
      return {
        files: [],
        covers: [],
        note: `The system speaks ${api.protocol === 'trpc' ? 'tRPC: its contract is the router in TypeScript' : 'GraphQL'}, not an API of HTTP.`,
      };
    const covers = [...new Set(operations.flatMap(({ demands }) => demands.map(({ id }) => id)))];
    const text = stringify(documentOf(spec.feature, spec.version, design), { lineWidth: 0, aliasDuplicateObjects: false });
    const listed = operations
      .map(({ method, path, existing }) => `${method} ${path}${existing === undefined ? '' : ' (there already)'}`)
      .join(', ');
    return {
      files: [{ path: 'contracts/openapi.yaml', text }],
      covers,
      note: `${listed}; merge it into ${api.file ?? 'the document of the service'}.`,
    };
  },
};

function documentOf(feature: string, version: string, design: Design): unknown {
  const { api, operations } = design;
  const schemes = securityOf(design);
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of operations.toSorted(byPath))
    (paths[operation.path] ??= {})[operation.method.toLowerCase()] = operationOf(operation, design);
  return {
    openapi: '3.1.0',
    info: {
      title: `${visibleLine(feature)} (delta)`,
      version: version === '' ? '0.1.0' : version,
      description: 'Operations that the spec needs, to be merged into the document of the service.',
    },
    servers: (api.servers.length > 0 ? api.servers : ['/']).map((url) => ({ url })),
    security: schemes.map(({ name }) => ({ [name]: [] })),
    paths,
    components: {
      ...(schemes.length > 0 ? { securitySchemes: Object.fromEntries(schemes.map(({ name, scheme }) => [name, scheme])) } : {}),
      schemas: { Failure: api.failure ?? PROBLEM },
    },
  };
}

/** As the system asks who calls; a bearer token where only the spec wants to know. */
function securityOf({ api, signIn }: Design): Design['api']['security'] {
  if (api.security.length > 0) return api.security;
  return signIn.length > 0 ? [{ name: 'bearer', scheme: { type: 'http', scheme: 'bearer' } }] : [];
}

function operationOf(operation: PlannedOperation, design: Design): unknown {
  const { operationId, because, demands, path, existing } = operation;
  const parameters = [...path.matchAll(/\{([^{}]+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const body = bodyOf(operation, design);
  return {
    operationId,
    summary:
      existing !== undefined && existing.doc !== '' ? titled(existing.doc) : titled(because).replace(/^./u, (first) => first.toUpperCase()),
    'x-criteria': idsOf(demands),
    ...(existing === undefined ? {} : { 'x-existing': existing.id }),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body === undefined ? {} : { requestBody: body }),
    responses: responsesOf(operation, design),
  };
}

function bodyOf(operation: PlannedOperation, { api }: Design): unknown {
  const { file, properties, required } = requestOf(operation);
  if (file.length > 0) return { required: true, content: Object.fromEntries(file.map(([type, schema]) => [type, { schema }])) };
  const known = operation.existing === undefined ? undefined : api.fieldsOf(operation.existing.id, 'request.body');
  const knownProperties = (known?.['properties'] ?? {}) as Readonly<Record<string, JsonSchema>>;
  const all = Object.fromEntries(
    [...new Set([...Object.keys(knownProperties), ...Object.keys(properties)])].map((name) => [
      name,
      { ...knownProperties[name], ...properties[name] },
    ]),
  );
  if (Object.keys(all).length === 0) return undefined;
  const needed = [...new Set([...((known?.['required'] ?? []) as readonly string[]), ...required])];
  return {
    required: true,
    content: { 'application/json': { schema: { type: 'object', ...(needed.length > 0 ? { required: needed } : {}), properties: all } } },
  };
}

function responsesOf(operation: PlannedOperation, design: Design): unknown {
  const { demands, path } = operation;
  const { status, schema } = successOf(operation, design.api);
  const met = demands.filter(({ refusal }) => refusal === undefined);
  const failures = new Map<number, Demand[]>();
  for (const demand of demands)
    if (demand.refusal !== undefined) failures.set(demand.refusal, [...(failures.get(demand.refusal) ?? []), demand]);
  const asks = securityOf(design).length > 0;
  const usual = [
    ...(asks ? [401] : []),
    ...(path.includes('{') ? [404] : []),
    ...design.api.usualRefusals.filter((code) => GENERAL.has(code)),
  ];
  for (const one of usual.length === 0 && ![...failures.keys()].some((code) => code < 500) ? [400] : usual)
    if (!failures.has(one)) failures.set(one, []);
  const type = design.api.failure === undefined ? 'application/problem+json' : 'application/json';
  return Object.fromEntries([
    [
      String(status),
      {
        description: met.length === 0 ? 'Done.' : described(met),
        'x-criteria': idsOf(met),
        ...(schema === undefined ? {} : { content: { 'application/json': { schema } } }),
      },
    ],
    ...[...failures]
      .toSorted(([a], [b]) => a - b)
      .map(([code, own]) => [
        String(code),
        {
          description: own.length > 0 ? described(own) : (PHRASES[code] ?? 'As for the other operations of this API.'),
          'x-criteria': code === 401 ? design.signIn : idsOf(own),
          content: { [type]: { schema: { $ref: '#/components/schemas/Failure' } } },
        },
      ]),
  ]);
}

/** Descriptions are Markdown, which holds tags of HTML. */
const described = (demands: readonly Demand[]): string => titled(demands.map(({ text }) => text).join(' ')).replaceAll('<', '&lt;');

const idsOf = (demands: readonly Demand[]): readonly string[] => demands.map(({ id }) => id);

import { factMask, type Edge, type Site } from '../../graph/model/edge.ts';
import { fieldId, type NodeId } from '../../graph/model/id.ts';
import type { Expr, LinkKeys, OperationKey, TypeName } from '../keys.ts';
import { membersOf, type Members } from './data/members.ts';
import { clientCallsOf, isUnwrapped, type ClientCall } from './http/clients.ts';
import type { Route } from './http/route.ts';
import { routesOf } from './http/routes.ts';
import { sentBy } from './http/sent.ts';
import { targetsOf } from './http/targets.ts';
import { createLinks, type LinkCollector } from './links.ts';
import { operationsOfRoutes } from './endpoints.ts';
import type { Linker } from './linker.ts';

/** Who uses the property around a member that is written in place may use another of these members. */
const MEMBER_IN_PLACE = 0.8;
/** Nesting of types that fields are followed into. */
const DEEPEST = 6;

/**
 * Fields of operations to the code that stands for them at both ends: properties of the types that are sent and received,
 * keys of literals, members read off an untyped value. The side that serves the operation is its `provider`.
 */
export const fieldsLinker: Linker = {
  name: 'fields',
  link(repo, keys) {
    const links = createLinks();
    const mapper = createMapper(keys, links);
    const targets = targetsOf(keys);
    for (const call of clientCallsOf(keys)) {
      if (call.repo !== repo) continue;
      for (const { target, confidence } of targets.match(call))
        if (target.operation) mapCall(mapper, keys, call, target.operation, confidence);
    }
    for (const route of routesOf(keys)) {
      if (route.repo !== repo) continue;
      for (const { operation, confidence } of operationsOfRoutes(keys, route)) mapRoute(mapper, route, operation, confidence);
    }
    return links.done();
  },
};

/** One end of an operation. */
interface End {
  readonly operation: OperationKey;
  /** The declaration that sends, receives or answers. */
  readonly from: NodeId;
  readonly site: Site;
  readonly confidence: number;
  readonly provider: boolean;
}

interface Mapper {
  types(end: End, types: readonly TypeName[], prefix: string): void;
  /** Keys of what is sent: a literal, or a value of a declared type. */
  value(end: End, value: Expr, prefix: string): void;
  /** One field by its path. */
  field(end: End, path: string, site: Site): void;
}

function createMapper(keys: LinkKeys, links: LinkCollector): Mapper {
  const members: Members = membersOf(keys);
  const fieldsOf = new Map<NodeId, { readonly all: ReadonlySet<string>; readonly parents: ReadonlySet<string> }>();
  const known = ({ id, fields }: OperationKey) => {
    let found = fieldsOf.get(id);
    if (!found) fieldsOf.set(id, (found = { all: new Set(fields), parents: new Set(fields.flatMap(parentsOf)) }));
    return found;
  };
  const has = (operation: OperationKey, field: string): boolean => known(operation).all.has(field);
  /** Whether there is a field below it: types have far more members, and members of members, than operations have fields. */
  const leadsOn = (operation: OperationKey, prefix: string): boolean => known(operation).parents.has(prefix);
  const edge = (end: End, from: NodeId, field: string, site: Site, rule: string, factor: number): void => {
    const facts = (site.facts ?? 0) | (end.provider ? factMask('provider') : 0);
    const via = from === end.from ? {} : { via: end.from };
    const confidence = Math.round(end.confidence * factor * 100) / 100;
    const stated: Edge = {
      from,
      type: 'MAPS_TO',
      to: fieldId(end.operation.id, field),
      ...via,
      tier: 'contract',
      confidence,
      rule,
      sites: [{ ...site, ...(facts ? { facts } : {}) }],
    };
    links.edge(stated);
  };
  /** `within`: the property that a type is written in; what is declared in place is a part of that. */
  const types = (end: End, list: readonly TypeName[], prefix: string, depth = 0, within?: NodeId): void => {
    if (depth > DEEPEST || !leadsOn(end.operation, prefix)) return;
    for (const type of list) {
      for (const member of members.ofNamed(type)?.values() ?? []) {
        const field = `${prefix}.${member.name}`;
        const isField = has(end.operation, field);
        const rule = end.provider ? 'provider-type' : 'consumer-type';
        if (isField && member.id !== undefined) edge(end, member.id, field, end.site, rule, 1);
        else if (isField && within !== undefined) edge(end, within, field, end.site, rule, MEMBER_IN_PLACE);
        else if (isField) edge(end, end.from, field, end.site, 'inline-type', 0.95);
        types(end, member.type, field, depth + 1, member.id ?? within);
      }
      for (const argument of type.id === undefined && type.package !== undefined ? (type.args ?? []) : [])
        types(end, argument, prefix, depth + 1, within);
    }
  };
  const value = (end: End, expr: Expr, prefix: string, depth = 0): void => {
    if (depth > DEEPEST || !leadsOn(end.operation, prefix)) return;
    if (expr.is === 'object') {
      for (const [name, inner] of Object.entries(expr.entries)) {
        const field = `${prefix}.${name}`;
        if (has(end.operation, field)) edge(end, end.from, field, end.site, 'literal-key', 0.95);
        value(end, inner, field, depth + 1);
      }
    }
    if (expr.is === 'list') for (const item of expr.items.slice(0, 5)) value(end, item, prefix, depth + 1);
    if (depth === 0 || expr.is !== 'object') if ('type' in expr && expr.type) types(end, expr.type, prefix);
  };
  return {
    types: (end, list, prefix) => types(end, list, prefix),
    value: (end, expr, prefix) => value(end, expr, prefix),
    field(end, path, site) {
      if (has(end.operation, path)) edge(end, end.from, path, site, end.provider ? 'provider-access' : 'consumer-access', 0.95);
    },
  };
}

/** Of `response.200.owner.name`: `response`, `response.200`, `response.200.owner`. */
const parentsOf = (field: string): readonly string[] => [...field.matchAll(/\./g)].map(({ index }) => field.slice(0, index));

const siteOf = ({ file, line, col }: { readonly file: string; readonly line: number; readonly col: number }): Site => ({ line, col, file });

function mapCall(mapper: Mapper, keys: LinkKeys, call: ClientCall, operation: OperationKey, confidence: number): void {
  const end: End = { operation, from: call.from, site: siteOf(call), confidence, provider: false };
  const { body, query, header } = sentBy(keys, call, operation);
  for (const layer of body.layers) mapper.value(end, layer, 'request.body');
  for (const layer of query.layers) mapper.value(end, layer, 'request.query');
  for (const name of call.url.query) mapper.field(end, `request.query.${name}`, end.site);
  for (const layer of header.layers)
    for (const name of layer.is === 'object' ? Object.keys(layer.entries) : [])
      for (const field of operation.fields)
        if (field.toLowerCase() === `request.header.${name.toLowerCase()}`) mapper.field(end, field, end.site);
  for (const prefix of successes(operation)) {
    if (call.result?.as) mapper.types(end, call.result.as, prefix);
    for (const { path, line, col, body } of call.result?.reads ?? [])
      if (body || isUnwrapped(call)) mapper.field(end, `${prefix}.${path}`, { line, col, file: call.file });
  }
}

const PARTS = { body: 'request.body', query: 'request.query', params: 'request.path', headers: 'request.header' } as const;
/** Where handlers find a part of the request: `req.body`, `c.req.query`. */
const PART_NAMES = new Set(['body', 'query', 'params', 'headers']);

function mapRoute(mapper: Mapper, route: Route, operation: OperationKey, confidence: number): void {
  const { exchange } = route;
  for (const { id } of route.handlers) {
    const end: End = { operation, from: id, site: siteOf(route), confidence: confidence * route.confidence, provider: true };
    for (const [part, prefix] of Object.entries(PARTS)) {
      const { types, schemas, reads } = exchange[part as keyof typeof PARTS];
      mapper.types(end, [...types, ...declaredSchemas(schemas)], prefix);
      for (const { file, value } of reads) {
        const site = { line: value.line, col: value.col, file };
        const at = { ...end, from: value.from, site };
        const path = 'path' in value.of ? (value.of.path ?? []) : [];
        const within = [prefix, ...path.slice(path.findIndex((step) => PART_NAMES.has(step)) + 1)].join('.');
        if (within !== prefix) mapper.field(at, within, site);
        mapper.types(at, value.result?.as ?? [], within);
        for (const read of value.result?.reads ?? []) mapper.field(at, `${within}.${read.path}`, { line: read.line, col: read.col, file });
      }
    }
    for (const prefix of successes(operation)) {
      mapper.types(end, [...exchange.response.types, ...declaredSchemas(exchange.response.schemas)], prefix);
      for (const answer of exchange.response.values) mapper.value(end, answer, prefix);
    }
  }
}

/** Schemas that have a name; those written in place have no declaration to map from. */
const declaredSchemas = (schemas: readonly Expr[]): readonly TypeName[] =>
  schemas.flatMap((schema) => (schema.is === 'declared' && !schema.path ? [{ id: schema.id }] : []));

/** `response.200`, `response.2XX`, and `response.default` where nothing says what success is. */
function successes({ fields }: OperationKey): readonly string[] {
  const prefixes = new Set(fields.flatMap((field) => /^response\.[^.]+/.exec(field)?.[0] ?? []));
  const good = [...prefixes].filter((prefix) => prefix.startsWith('response.2'));
  return good.length > 0 ? good : [...prefixes].filter((prefix) => prefix === 'response.default');
}

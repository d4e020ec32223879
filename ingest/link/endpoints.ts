import { makeId, type NodeId, lastName } from '../../graph/model/id.ts';
import { canonicalName } from '../../graph/model/canonical-name.ts';
import type { LinkKeys, OperationKey, PackageKey, Published } from '../keys.ts';
import type { Route } from './http/route.ts';
import { routesOf } from './http/routes.ts';
import { templateSegments } from './http/url.ts';
import { createLinks } from './links.ts';
import type { Linker } from './linker.ts';
import { realizations } from './service-map.ts';
import { testModules } from './test-modules.ts';
import { baseName } from '../parse/paths.ts';

/** A route that code serves, under the name of the package it stands in. */
export interface Endpoint {
  readonly id: NodeId;
  readonly repo: string;
  readonly method: string;
  readonly path: string;
  /** Folder of the package, with a slash at the end; empty for the root. */
  readonly folder: string;
  /** What all endpoints of the package have in common, beside their prefix. */
  readonly owner: NodeId;
  readonly service?: NodeId;
  readonly routes: readonly Route[];
}

/** An operation that an endpoint is the implementation of. */
export interface Realized {
  readonly operation: OperationKey;
  readonly confidence: number;
  readonly rule: string;
}

/** Endpoints of all repositories, what handles them, and which operations of contracts they realise. */
export const endpointsLinker: Linker = {
  name: 'endpoints',
  link(repo, keys) {
    const links = createLinks();
    for (const endpoint of endpointsOf(keys)) {
      if (endpoint.repo !== repo) continue;
      const { id, method, path, routes } = endpoint;
      const [{ file, line, col, framework, handlers }] = routes as readonly [Route, ...Route[]];
      // Of handlers written in place, so that a call in one of them is known to be made for this endpoint.
      const endLine = Math.max(line, ...handlers.flatMap((handler) => handler.endLine ?? []));
      links.node({
        id,
        kind: 'Endpoint',
        name: `${method} ${path}`,
        repo,
        file,
        span: { line, col, endLine, endCol: col },
        props: { method, path, framework },
      });
      for (const route of routes) {
        const site = { line: route.line, col: route.col, file: route.file };
        const how = {
          tier: route.certain ? ('compiler' as const) : ('heuristic' as const),
          rule: `${route.framework}-route`,
          sites: [site],
        };
        for (const handler of route.handlers) {
          links.edge({ from: handler.id, type: 'HANDLES', to: id, confidence: route.confidence, ...how });
          for (const { operation, confidence } of operationsOfRoutes(keys, route))
            links.edge({ from: handler.id, type: 'HANDLES', to: operation.id, confidence: rounded(confidence * route.confidence), ...how });
        }
        for (const { operation, confidence, rule } of operationsOfRoutes(keys, route))
          links.edge({ from: id, type: 'REALIZES', to: operation.id, tier: 'contract', confidence, rule, sites: [site] });
      }
    }
    return links.done();
  },
};

const rounded = (value: number): number => Math.round(value * 100) / 100;

interface Known {
  readonly endpoints: readonly Endpoint[];
  readonly realized: ReadonlyMap<Route, readonly Realized[]>;
}

const cache = new WeakMap<LinkKeys, Known>();

export const endpointsOf = (keys: LinkKeys): readonly Endpoint[] => known(keys).endpoints;

/** Operations that a route is the implementation of; several where nothing prefers one contract to another. */
export const operationsOfRoutes = (keys: LinkKeys, route: Route): readonly Realized[] => known(keys).realized.get(route) ?? [];

function known(keys: LinkKeys): Known {
  let found = cache.get(keys);
  if (!found) cache.set(keys, (found = find(keys)));
  return found;
}

function find(keys: LinkKeys): Known {
  const packages = keys.of('package').toSorted((a, b) => b.value.folder.length - a.value.folder.length);
  const isTest = testModules(keys);
  const services = servicesByPackage(keys);
  const matcher = createMatcher(keys);
  const grouped = new Map<NodeId, { readonly home: Published<PackageKey> | undefined; readonly routes: Route[] }>();
  const realized = new Map<Route, readonly Realized[]>();
  for (const route of routesOf(keys)) {
    // Applications that tests make for themselves are no part of the system.
    if (isTest(route.repo, route.file)) continue;
    const home = packages.find(
      ({ repo, value }) => repo === route.repo && (value.folder === '' || route.file.startsWith(`${value.folder}/`)),
    );
    const id = makeId({
      repo: route.repo,
      scheme: 'endpoint',
      path: home?.value.name ?? route.repo,
      descriptor: `${route.method} ${route.path}`,
    });
    const group = grouped.get(id);
    if (group) group.routes.push(route);
    else grouped.set(id, { home, routes: [route] });
    realized.set(route, matcher(route, home?.value.folder ?? '', home?.value.name ?? route.repo));
  }
  const endpoints = [...grouped].map(([id, { home, routes }]): Endpoint => {
    const [{ repo, method, path }] = routes as [Route, ...Route[]];
    const service = home && services.get(home.value.id);
    const folder = home?.value.folder ?? '';
    return {
      id,
      repo,
      method,
      path,
      folder: folder === '' ? '' : `${folder}/`,
      owner: id.slice(0, id.indexOf('#')),
      ...(service === undefined ? {} : { service }),
      routes,
    };
  });
  return { endpoints, realized };
}

/** The service that a package is built as: by its build folder, else by its name. */
function servicesByPackage(keys: LinkKeys): ReadonlyMap<NodeId, NodeId> {
  const found = new Map<NodeId, NodeId>();
  for (const {
    repo,
    value: { id, name, folder },
  } of keys.of('package'))
    for (const { repo: at, value: service } of keys.of('service')) {
      if (at !== repo || found.has(id)) continue;
      const isSame = folder !== '' && (service.folder === folder || canonicalName(service.name) === canonicalName(baseName(folder)));
      if (isSame || canonicalName(service.name) === canonicalName(name)) found.set(id, service.id);
    }
  return found;
}

type Matcher = (route: Route, folder: string, name: string) => readonly Realized[];

/** Method and path; parameters match whatever their names, and a prefix may be on one side only. */
function createMatcher(keys: LinkKeys): Matcher {
  const byMethod = new Map<
    string,
    {
      readonly repo: string;
      readonly file: string;
      readonly key: OperationKey;
      readonly paths: readonly (readonly (string | undefined)[])[];
    }[]
  >();
  const byOperationId = new Map<string, { readonly repo: string; readonly key: OperationKey; readonly file: string }[]>();
  for (const { repo, file, value: key } of keys.of('operation')) {
    const bare = templateSegments(key.path);
    const bases = (key.servers ?? []).map((server) => templateSegments(server.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, '')));
    const entry = { repo, file, key, paths: [bare, ...bases.filter((base) => base.length > 0).map((base) => [...base, ...bare])] };
    byMethod.set(key.method, [...(byMethod.get(key.method) ?? []), entry]);
    if (key.operationId !== undefined)
      byOperationId.set(key.operationId, [...(byOperationId.get(key.operationId) ?? []), { repo, key, file }]);
  }
  const provided = providersOf(keys);
  return (route, folder, name) => {
    const segments = templateSegments(route.path);
    const candidates = route.method === 'ALL' ? [...byMethod.values()].flat() : (byMethod.get(route.method) ?? []);
    const exact = candidates.filter(({ paths }) => paths.some((path) => same(path, segments)));
    // A prefix that only one side states: `/api/users` for `/users`.
    const loose =
      exact.length > 0 ? [] : candidates.filter(({ paths }) => paths.some((path) => endsWith(segments, path) || endsWith(path, segments)));
    const found = exact.length > 0 ? exact : loose;
    const own = found.filter(({ repo }) => repo === route.repo);
    const near = preferred(own.length > 0 ? own : found, folder, name, provided);
    const owners = new Set(near.map(({ key }) => key.api)).size;
    if (near.length > 0 && near.length <= 3)
      return near.map(({ key }) => ({
        operation: key,
        confidence: rounded((exact.length > 0 ? 1 : 0.9) / owners),
        rule: 'method-and-path',
      }));
    const ids = route.handlers.flatMap(({ id }) => byOperationId.get(lastName(id)) ?? []);
    const named = preferred(
      ids.filter(({ repo, key }) => repo === route.repo && key.method === route.method),
      folder,
      name,
      provided,
    );
    return named.length === 1 ? [{ operation: named[0]!.key, confidence: 0.8, rule: 'operation-id' }] : [];
  };
}

/** Contracts that belong to the package: its service provides them, they stand in its folder, they have its name. */
function preferred<T extends { readonly file: string; readonly key: OperationKey }>(
  found: readonly T[],
  folder: string,
  name: string,
  provided: ReadonlyMap<NodeId, ReadonlySet<string>>,
): readonly T[] {
  if (new Set(found.map(({ key }) => key.api)).size < 2) return found;
  const byService = found.filter(({ key }) => provided.get(key.api)?.has(folder));
  if (byService.length > 0) return byService;
  const inFolder = found.filter(({ file }) => folder !== '' && file.startsWith(`${folder}/`));
  if (inFolder.length > 0) return inFolder;
  const names = new Set([canonicalName(name), canonicalName(baseName(folder))]);
  const byName = found.filter(({ key }) => names.has(canonicalName(key.api.slice(key.api.lastIndexOf(':') + 1))));
  return byName.length > 0 ? byName : found;
}

/** Folders of the services that provide a contract. */
function providersOf(keys: LinkKeys): ReadonlyMap<NodeId, ReadonlySet<string>> {
  const found = new Map<NodeId, Set<string>>();
  const folders = new Map<NodeId, string[]>();
  for (const { value } of keys.of('service'))
    if (value.folder !== undefined) folders.set(value.id, [...(folders.get(value.id) ?? []), value.folder]);
  for (const repo of new Set(keys.of('service').map((key) => key.repo)))
    for (const { service, api } of realizations(repo, keys))
      for (const folder of folders.get(service) ?? []) found.set(api, (found.get(api) ?? new Set()).add(folder));
  return found;
}

const same = (a: readonly (string | undefined)[], b: readonly (string | undefined)[]): boolean =>
  a.length === b.length &&
  a.every((segment, at) => (segment === undefined) === (b[at] === undefined) && segment?.toLowerCase() === b[at]?.toLowerCase());

/** At most two segments before, and something literal in common. */
const endsWith = (long: readonly (string | undefined)[], short: readonly (string | undefined)[]): boolean => {
  const extra = long.length - short.length;
  const before = long.slice(0, extra);
  return (
    extra > 0 &&
    extra <= 2 &&
    short.some((segment) => segment !== undefined) &&
    before.every((segment) => segment !== undefined) &&
    same(long.slice(extra), short)
  );
};

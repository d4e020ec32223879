import type { NodeId } from '../../../graph/model/id.ts';
import { canonicalName } from '../../../graph/model/canonical-name.ts';
import type { LinkKeys, OperationKey, Published } from '../../keys.ts';
import { configValues, hostsOf } from '../config-values.ts';
import { realizations } from '../service-map.ts';
import { endpointsOf, operationsOfRoutes } from '../endpoints.ts';
import { templateSegments, type UrlPattern } from './url.ts';

/** Something that answers HTTP requests: an operation of a contract, or an endpoint that code serves. */
export interface Callable {
  readonly id: NodeId;
  readonly repo: string;
  readonly method: string;
  /** Of the whole path; undefined is a parameter. */
  readonly segments: readonly (string | undefined)[];
  /** Of the path without what servers put before it. */
  readonly bare: readonly (string | undefined)[];
  /** The contract, or for an endpoint the package, that it belongs to. */
  readonly owner: NodeId;
  readonly kind: 'operation' | 'endpoint';
  readonly operation?: OperationKey;
  /** Of an endpoint: the operations that it realises. */
  readonly realizes?: readonly OperationKey[];
}

export interface Match {
  readonly target: Callable;
  readonly confidence: number;
  readonly rule: string;
}

export interface Targets {
  /**
   * What a call reaches, seen from a file of `repo`. Several matches share their confidence: which one is meant cannot be
   * told. Empty for hosts that are known to be elsewhere.
   */
  match(call: {
    readonly repo: string;
    readonly file: string;
    readonly method?: string;
    readonly url: UrlPattern;
    readonly inProcess?: true;
  }): readonly Match[];
  readonly all: readonly Callable[];
}

/** Operations that one URL may mean at the most; more say nothing. */
const MOST_MATCHES = 3;
/** Leading segments that a gateway may have put before the path of a contract. */
const LONGEST_PREFIX = 3;

const cache = new WeakMap<LinkKeys, Targets>();

export function targetsOf(keys: LinkKeys): Targets {
  let known = cache.get(keys);
  if (!known) cache.set(keys, (known = createTargets(keys)));
  return known;
}

function createTargets(keys: LinkKeys): Targets {
  const all = [...callables(keys)];
  const byLength = new Map<number, Callable[]>();
  const add = (length: number, callable: Callable): void => {
    const list = byLength.get(length);
    if (list) list.push(callable);
    else byLength.set(length, [callable]);
  };
  for (const callable of all) {
    add(callable.segments.length, callable);
    if (callable.bare.length !== callable.segments.length) add(callable.bare.length, callable);
  }
  const hosts = createHosts(keys, all);

  const candidates = (segments: readonly (string | undefined)[], method: string | undefined): readonly Scored[] =>
    (byLength.get(segments.length) ?? []).flatMap((target): Scored[] => {
      if (method !== undefined && target.method !== method && target.method !== 'ALL') return [];
      const whole = score(segments, target.segments);
      const bare = target.bare.length === target.segments.length ? undefined : score(segments, target.bare);
      const best = whole ?? bare;
      return best === undefined ? [] : [{ target, literals: best.literals, weak: best.weak, whole: whole !== undefined }];
    });

  return {
    all,
    match({ repo, file, method, url, inProcess }) {
      const where = hosts.of(url, repo);
      if (where === 'elsewhere') return [];
      let found = candidates(url.segments, method);
      let penalty = 1;
      let rule = 'method-and-path';
      if (found.length === 0 && !inProcess) {
        for (let skipped = 1; skipped <= LONGEST_PREFIX && found.length === 0; skipped++) {
          if (url.segments.slice(0, skipped).some((segment) => segment === undefined)) break;
          found = candidates(url.segments.slice(skipped), method).filter(({ literals }) => literals > 0);
        }
        penalty = 0.8;
        rule = 'method-and-path-behind-prefix';
      }
      if (found.length === 0 && url.host && 'unknown' in url.host) {
        // The base that is not known may hold the first segments.
        found = suffixes(all, url.segments, method);
        penalty = 0.7;
        rule = 'method-and-end-of-path';
      }
      const strict = found.filter(({ weak }) => weak === 0);
      const kept = strict.length > 0 ? strict : found;
      const most = Math.max(...kept.map(({ literals }) => literals));
      let best: readonly Scored[] = kept.filter(({ literals }) => literals === most);
      if (best.some(({ whole }) => whole)) best = best.filter(({ whole }) => whole);
      if (where) {
        const there = best.filter(({ target }) => where.owners.has(target.owner));
        if (there.length > 0) return share(there, penalty * where.confidence * weakness(strict), rule);
        // The service that it reaches is known, and has no contract that says so.
        if (where.certain) return [];
      }
      best = nearest(best, repo, file, inProcess === true);
      if (most === 0 && url.segments.every((segment) => segment === undefined)) return [];
      const base = url.host === undefined ? 0.9 : 'text' in url.host ? 0.8 : 0.8;
      return share(best, (inProcess ? 1 : base) * penalty * weakness(strict), rule);
    },
  };
}

interface Scored {
  readonly target: Callable;
  readonly literals: number;
  readonly weak: number;
  readonly whole: boolean;
}

const weakness = (strict: readonly Scored[]): number => (strict.length > 0 ? 1 : 0.6);

/** Segment by segment; `weak` counts where only the running program knows whether the literal is meant. */
function score(
  call: readonly (string | undefined)[],
  template: readonly (string | undefined)[],
): { readonly literals: number; readonly weak: number } | undefined {
  let literals = 0;
  let weak = 0;
  for (const [at, wanted] of template.entries()) {
    const given = call[at];
    if (wanted === undefined) continue;
    if (given === undefined) weak++;
    else if (given.toLowerCase() === wanted.toLowerCase()) literals++;
    else return undefined;
  }
  return weak > 0 && literals === 0 ? undefined : { literals, weak };
}

function suffixes(all: readonly Callable[], segments: readonly (string | undefined)[], method: string | undefined): readonly Scored[] {
  return all.flatMap((target): Scored[] => {
    if (target.segments.length <= segments.length || (method !== undefined && target.method !== method)) return [];
    const found = score(segments, target.segments.slice(-segments.length));
    return found && found.literals > 0 ? [{ target, ...found, whole: false }] : [];
  });
}

/** Contracts before endpoints that realise none of what was found; the same repository, then the same folder. */
function nearest(found: readonly Scored[], repo: string, file: string, inProcess: boolean): readonly Scored[] {
  const own = found.filter(({ target }) => target.repo === repo);
  const near = own.length > 0 ? own : found;
  if (!inProcess) return near;
  const shared = (folder: string): number => {
    const [a, b] = [folder.split('/'), file.split('/')];
    let same = 0;
    while (same < a.length && a[same] === b[same]) same++;
    return same;
  };
  const closest = Math.max(...near.map(({ target }) => shared(folderOf(target))));
  return near.filter(({ target }) => shared(folderOf(target)) === closest);
}

const folders = new WeakMap<Callable, string>();
const folderOf = (target: Callable): string => folders.get(target) ?? '';

function share(found: readonly Scored[], confidence: number, rule: string): readonly Match[] {
  const operations = distinct(found.flatMap((each) => (each.target.kind === 'operation' ? [each] : described(each))));
  const meant = operations.length > 0 ? operations : found;
  const owners = new Set(meant.map(({ target }) => target.owner)).size;
  if (meant.length > MOST_MATCHES) return [];
  return meant.map(({ target }) => ({ target, confidence: Math.round((confidence / owners) * 100) / 100, rule }));
}

/** The contract's word for what an endpoint answers. */
const described = (scored: Scored): readonly Scored[] =>
  (scored.target.realizes ?? []).map((operation) => ({
    ...scored,
    target: { ...scored.target, id: operation.id, owner: operation.api, kind: 'operation' as const, operation },
  }));

const distinct = (found: readonly Scored[]): readonly Scored[] => [...new Map(found.map((each) => [each.target.id, each])).values()];

function* callables(keys: LinkKeys): Iterable<Callable> {
  for (const key of keys.of('operation')) yield* operationCallables(key);
  for (const endpoint of endpointsOf(keys)) {
    const segments = templateSegments(endpoint.path);
    const callable: Callable = {
      id: endpoint.id,
      repo: endpoint.repo,
      method: endpoint.method,
      segments,
      bare: segments,
      owner: endpoint.owner,
      kind: 'endpoint',
      realizes: endpoint.routes.flatMap((route) => operationsOfRoutes(keys, route).map(({ operation }) => operation)),
    };
    folders.set(callable, endpoint.folder);
    yield callable;
  }
}

function* operationCallables({ repo, file, value: operation }: Published<OperationKey>): Iterable<Callable> {
  if (!operation.path.startsWith('/')) return;
  const bare = templateSegments(operation.path);
  const bases = new Set((operation.servers ?? []).map((server) => server.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, '').replace(/\/+$/, '')));
  if (bases.size === 0) bases.add('');
  for (const base of bases) {
    const callable: Callable = {
      id: operation.id,
      repo,
      method: operation.method,
      segments: [...templateSegments(base), ...bare],
      bare,
      owner: operation.api,
      kind: 'operation',
      operation,
    };
    folders.set(callable, file.slice(0, file.lastIndexOf('/') + 1));
    yield callable;
  }
}

/** Names of variables that say nothing of whose address it is. */
const GENERAL_HOST =
  /^(?:vite|nextpublic|reactapp|public|expo|nuxt)*(?:api|base|backend|server|service|gateway|app|host|http|url|root|origin|endpoint|remote|target|upstream|main|core|web|site|public|internal|proxy|bff|test|local|default|e2e|rest)*$/i;

interface Where {
  readonly owners: ReadonlySet<NodeId>;
  readonly confidence: number;
  /** It is written where the host leads, not guessed from a name. */
  readonly certain: boolean;
}

/** Where a host leads: to contracts, to somewhere else, or nobody knows. */
function createHosts(keys: LinkKeys, all: readonly Callable[]): { of(url: UrlPattern, repo: string): Where | 'elsewhere' | undefined } {
  const hosts = hostsOf(keys);
  const config = configValues(keys);
  const apisOf = new Map<NodeId, NodeId[]>();
  for (const repo of new Set(keys.of('service').map((key) => key.repo)))
    for (const { service, api } of realizations(repo, keys)) apisOf.set(service, [...(apisOf.get(service) ?? []), api]);
  for (const { id, owner, service } of endpointsOf(keys).flatMap((endpoint) =>
    endpoint.service === undefined ? [] : [{ ...endpoint, service: endpoint.service }],
  ))
    if (id) apisOf.set(service, [...(apisOf.get(service) ?? []), owner]);
  const servers = new Map<string, Set<NodeId>>();
  for (const { operation, owner } of all)
    for (const server of operation?.servers ?? []) {
      const host = /^[a-z][a-z0-9+.-]*:\/\/([^/]+)/i.exec(server)?.[1]?.toLowerCase();
      if (host !== undefined) servers.set(host, (servers.get(host) ?? new Set()).add(owner));
    }
  const named = new Map<string, Set<NodeId>>();
  for (const { owner } of all) {
    const name = canonicalName(owner.slice(owner.lastIndexOf(':') + 1).replace(/^.*\//, ''));
    named.set(name, (named.get(name) ?? new Set()).add(owner));
  }
  const reached = (text: string, repo: string): Where | undefined => {
    const host = text
      .replace(/^[a-z][a-z0-9+.-]*:\/\//i, '')
      .replace(/[/?#].*$/, '')
      .toLowerCase();
    const declared = servers.get(host);
    if (declared) return { owners: declared, confidence: 1, certain: true };
    const owners = new Set(hosts.reachedBy(text, repo).flatMap(({ service }) => apisOf.get(service) ?? []));
    return owners.size > 0 ? { owners, confidence: 0.98, certain: true } : undefined;
  };
  return {
    of({ host }, repo) {
      if (!host || 'unknown' in host) return undefined;
      if ('text' in host) {
        const found = reached(host.text, repo);
        if (found) return found;
        return /^(localhost|127\.0\.0\.1|\[::1\]|0\.0\.0\.0)(:\d+)?$|^[^.]+(:\d+)?$/i.test(host.text) ? undefined : 'elsewhere';
      }
      const values = config.valuesOf(host.environment, repo).map(({ value }) => value);
      const wheres = [...values, ...(host.fallback === undefined ? [] : [host.fallback])].flatMap((value) => reached(value, repo) ?? []);
      if (wheres.length > 0) return { owners: new Set(wheres.flatMap(({ owners }) => [...owners])), confidence: 0.98, certain: true };
      // `BOOKING_SERVICE_URL` without a value anywhere is the booking service's by its name.
      const name = canonicalName(
        host.environment.replace(/_(BASE_?)?(URL|URI|HOST|ENDPOINT|ADDR(ESS)?|API|ORIGIN|SERVER)(_(BASE|URL|ROOT))?$/gi, ''),
      );
      const owners = named.get(name) ?? named.get(canonicalName(name.replace(/api$/i, '')));
      if (owners) return { owners, confidence: 0.85, certain: false };
      // `PAYGATE_URL` is named after something that is not part of the system.
      if (values.length === 0 && name !== '' && !GENERAL_HOST.test(name)) return 'elsewhere';
      const isElsewhere = values.length > 0 && values.every((value) => /^https?:\/\/[^/]*\.[a-z]{2,}(:\d+)?([/?#]|$)/i.test(value));
      return isElsewhere ? 'elsewhere' : undefined;
    },
  };
}

import { compare } from '../../graph/model/edge.ts';
import {
  columnId,
  configKeyId,
  declarationId,
  fieldId,
  makeId,
  parseId,
  SCHEMES,
  sectionId,
  type NodeId,
  type Scheme,
} from '../../graph/model/id.ts';
import type { LinkKeys } from '../keys.ts';
import { baseName, folderOf } from '../parse/paths.ts';
import { endpointsOf } from './endpoints.ts';
import { canonicalName } from '../../graph/model/canonical-name.ts';

/** Something that a text may mean, and how sure that is. */
export interface Referent {
  readonly id: NodeId;
  readonly confidence: number;
}

/** What written names can refer to, over the keys of all repositories. A name means something of its own repository first. */
export interface Referents {
  /**
   * A name in the grammar of docs/reference/names.md, also short (`imageUpload/AC-1`). `from` gives numbers of decisions
   * their folder; paths that are none of the repository may be relative to a folder around `file`.
   */
  named(repo: string, ref: string, from?: NodeId, file?: string): readonly Referent[];
  /**
   * The operations that a request leads to, by path template or by an example of a path; where no contract has it, the
   * endpoints of the product's own code.
   */
  requested(repo: string, method: string | undefined, path: string): readonly Referent[];
  /** What a file is in the graph. */
  file(repo: string, path: string): NodeId | undefined;
  /** Files of a repository that end with a path. */
  filesEnding(repo: string, path: string): readonly NodeId[];
  section(repo: string, path: string, slug: string): NodeId | undefined;
  has(id: NodeId): boolean;
  /** Paths of the modules of a repository, in order. */
  modules(repo: string): readonly string[];
  service(repo: string, name: string): NodeId | undefined;
  api(repo: string, name: string): NodeId | undefined;
  channel(repo: string, address: string): NodeId | undefined;
  table(repo: string, name: string): NodeId | undefined;
  package(repo: string, name: string): NodeId | undefined;
  adr(repo: string, number: string, from?: NodeId): NodeId | undefined;
  /** Every id that selectors match names of: operations, endpoints, channels, tables, columns, services, configuration keys. */
  readonly things: ReadonlyMap<NodeId, Thing>;
}

export interface Thing {
  readonly repo: string;
  readonly kind: 'Operation' | 'SchemaProperty' | 'Channel' | 'Table' | 'Column' | 'Service' | 'ConfigKey' | 'Api' | 'Package' | 'Endpoint';
  readonly name: string;
}

/** Schemes whose ids no key tells: a name in them is taken as it stands. */
const UNTOLD: ReadonlySet<string> = new Set<Scheme>(['gql', 'schema', 'res', 'endpoint', 'db', 'migration', 'team', 'repo', 'npm']);
const CRITERION = /^([\w-]+)\/((?:AC|NFR|REQ|US|R|SC)-?[\w.-]+?)(?:@\S+)?$/;

const cache = new WeakMap<LinkKeys, Referents>();

/** One index for all linkers of a run. */
export function referentsOf(keys: LinkKeys): Referents {
  let known = cache.get(keys);
  if (!known) cache.set(keys, (known = createReferents(keys)));
  return known;
}

interface AdrEntry {
  readonly id: NodeId;
  /** What stands before the number: the part of the repository that the record is for. */
  readonly scope: string;
  readonly number?: number;
  readonly slug: string;
  readonly title: string;
}

function createReferents(keys: LinkKeys): Referents {
  const ids = new Set<NodeId>();
  const things = new Map<NodeId, Thing>();
  const files = new Map<string, NodeId>();
  const byFileName = new Map<string, string[]>();
  const modules = new Map<string, string[]>();
  const operations: Requests = new Map();
  const endpoints: Requests = new Map();
  const named = new Map<string, NodeId>();
  const adrs = new Map<string, AdrEntry[]>();

  const thing = (id: NodeId, repo: string, kind: Thing['kind'], name: string): void => {
    ids.add(id);
    if (!things.has(id)) things.set(id, { repo, kind, name });
  };
  const atFile = (repo: string, path: string, id: NodeId): void => {
    const at = `${repo}//${path}`;
    if (files.has(at)) return;
    files.set(at, id);
    const name = `${repo}//${baseName(path)}`;
    byFileName.set(name, [...(byFileName.get(name) ?? []), path]);
  };
  const call = (kind: string, repo: string, name: string, id: NodeId): void => {
    for (const at of [`${kind} ${repo}//${name}`, `${kind} ${name}`]) if (!named.has(at)) named.set(at, id);
  };
  const called = (kind: string, repo: string, name: string): NodeId | undefined =>
    named.get(`${kind} ${repo}//${name}`) ?? named.get(`${kind} ${name}`);

  for (const { repo, file, value } of keys.of('adr')) {
    ids.add(value.id);
    atFile(repo, file, value.id);
    const path = parseId(value.id)?.path ?? '';
    const entry = { id: value.id, scope: path.slice(0, path.lastIndexOf('/') + 1), slug: value.slug, title: value.title.toLowerCase() };
    const known = adrs.get(repo) ?? [];
    adrs.set(repo, known);
    known.push(value.number === undefined ? entry : { ...entry, number: Number(value.number) });
  }
  for (const { repo, file, value } of keys.of('document')) {
    ids.add(value.id);
    atFile(repo, file, value.id);
    for (const slug of value.sections ?? []) ids.add(sectionId(repo, file, slug));
  }
  for (const { value } of keys.of('governs')) ids.add(value.from);
  for (const { repo, file, value } of keys.of('criterion')) {
    ids.add(value.id).add(value.spec);
    atFile(repo, file, value.spec);
    if (!value.byPlace) call('criterion', repo, `${value.feature}/${value.name}`, value.id);
  }
  for (const { repo, value } of keys.of('criterion'))
    if (value.byPlace) call('criterion', repo, `${value.feature}/${value.name}`, value.id);
  for (const { repo, value } of keys.of('declares')) {
    const path = parseId(value.module)?.path ?? '';
    ids.add(value.module);
    atFile(repo, path, value.module);
    const known = modules.get(repo) ?? [];
    modules.set(repo, known);
    known.push(path);
    if (value.test) ids.add(makeId({ repo, scheme: 'test', path }));
    for (const name of [...value.exported, ...value.internal]) ids.add(declarationId(repo, path, name));
  }
  const tests = new Map<NodeId, { readonly id: NodeId; readonly title: string }[]>();
  for (const { repo, file, value } of keys.of('test')) {
    const at = makeId({ repo, scheme: 'test', path: file });
    ids.add(value.id).add(at);
    const known = tests.get(at) ?? [];
    tests.set(at, known);
    known.push(value);
  }
  for (const { repo, file, value } of keys.of('operation')) {
    thing(value.id, repo, 'Operation', `${value.method} ${value.path}`);
    thing(value.api, repo, 'Api', parseId(value.api)?.path ?? '');
    atFile(repo, file, value.api);
    call('api', repo, canonicalName(parseId(value.api)?.path ?? ''), value.api);
    for (const field of value.fields) thing(fieldId(value.id, field), repo, 'SchemaProperty', field);
    const segments = segmentsOf(value.path);
    for (const base of ['', ...basesOf(value.servers)]) {
      const all = [...segmentsOf(base), ...segments];
      addRequest(operations, value.method, { repo, id: value.id, segments: all });
    }
  }
  for (const { repo, id, method, path } of endpointsOf(keys)) {
    thing(id, repo, 'Endpoint', `${method} ${path}`);
    addRequest(endpoints, method, { repo, id, segments: segmentsOf(path) });
  }
  for (const { repo, file, value } of keys.of('channel')) {
    thing(value.id, repo, 'Channel', value.address);
    if (value.api !== undefined) {
      const name = parseId(value.api)?.path ?? '';
      thing(value.api, repo, 'Api', name);
      atFile(repo, file, value.api);
      call('api', repo, canonicalName(name), value.api);
    }
    call('channel', repo, value.address, value.id);
    for (const field of value.fields) thing(`${value.id} payload.${field}`, repo, 'SchemaProperty', field);
  }
  for (const { repo, value } of keys.of('table')) {
    thing(value.id, repo, 'Table', value.name);
    call('table', repo, value.name, value.id);
    for (const column of value.columns) thing(columnId(repo, value.name, column), repo, 'Column', `${value.name}.${column}`);
  }
  for (const { repo, value } of keys.of('service')) {
    thing(value.id, repo, 'Service', value.name);
    call('service', repo, canonicalName(value.name), value.id);
  }
  for (const { repo, value } of keys.of('package')) {
    thing(value.id, repo, 'Package', value.name);
    call('package', repo, value.name, value.id);
  }
  for (const { repo, value } of [...keys.of('config'), ...keys.of('environment')])
    if (value.name !== undefined) thing(configKeyId(repo, value.name), repo, 'ConfigKey', value.name);
  for (const paths of modules.values()) paths.sort(compare);

  const sure = (id: NodeId | undefined, confidence = 1): readonly Referent[] => (id === undefined ? [] : [{ id, confidence }]);

  const adr = (repo: string, text: string, from?: NodeId): NodeId | undefined => {
    const known = adrs.get(repo) ?? [];
    const path = (from === undefined ? undefined : parseId(from)?.path) ?? '';
    const near = path.slice(0, path.lastIndexOf('/') + 1);
    const wanted = text.toLowerCase().slice(text.lastIndexOf('/') + 1);
    const scope = text.includes('/') ? text.slice(0, text.lastIndexOf('/') + 1) : undefined;
    const number = /^\d{1,5}$/.test(wanted) ? Number(wanted) : undefined;
    const fits = known.filter((entry) =>
      number === undefined ? entry.slug === wanted || entry.title === wanted : entry.number === number,
    );
    const scoped = fits.filter((entry) => entry.scope === (scope ?? near));
    const chosen = new Set((scoped.length > 0 || scope !== undefined ? scoped : fits).map(({ id }) => id));
    return chosen.size === 1 ? [...chosen][0] : undefined;
  };

  const requested = (repo: string, method: string | undefined, path: string): readonly Referent[] => {
    const segments = segmentsOf(path);
    if (segments.length === 0) return [];
    for (let skipped = 0; skipped < Math.min(segments.length, 3); skipped++) {
      const rest = segments.slice(skipped);
      const fitting = (requests: Requests): readonly { readonly id: NodeId; readonly own: boolean; readonly fit: number }[] =>
        (requests.get(`${method ?? '*'} ${rest.length}`) ?? []).flatMap(({ repo: at, id, segments: template }) => {
          const fit = fitOf(template, rest);
          return fit === undefined ? [] : [{ id, own: at === repo, fit }];
        });
      const contracted = fitting(operations);
      const all = contracted.length > 0 ? contracted : fitting(endpoints);
      const own = all.some((entry) => entry.own) ? all.filter((entry) => entry.own) : all;
      const best = Math.max(0, ...own.map(({ fit }) => fit));
      const chosen = [...new Set(own.filter(({ fit }) => fit === best).map(({ id }) => id))];
      if (chosen.length > 3) return [];
      if (chosen.length > 0) {
        const confidence = (skipped > 0 ? 0.7 : 0.95) * best * (chosen.length > 1 || method === undefined ? 0.6 : 1);
        return chosen.map((id) => ({ id, confidence: rounded(confidence) }));
      }
      // What is cut off may be a base path; the rest of one segment says too little.
      if (rest.length <= 2) break;
    }
    return [];
  };

  const find = (repo: string, ref: string, from?: NodeId, file = ''): readonly Referent[] => {
    const found = findHere(repo, ref, from);
    const [, scheme, path] = /^(code|test|doc|vitest|jest|mocha|playwright|node):(\S.*)$/s.exec(ref) ?? [];
    if (found.length > 0 || scheme === undefined || path === undefined) return found;
    for (let folder = folderOf(file); folder !== ''; folder = folderOf(folder)) {
      const nearer = findHere(repo, `${scheme}:${folder}/${path}`, from);
      if (nearer.length > 0) return nearer;
    }
    return [];
  };

  const findHere = (repo: string, ref: string, from?: NodeId): readonly Referent[] => {
    const written = ref.trim().replace(/^(?:vitest|jest|mocha|playwright|node):(?=\S+\.[cm]?[jt]sx?)/, 'test:');
    const short = CRITERION.exec(written);
    if (short) return sure(called('criterion', repo, `${short[1]}/${short[2]}`));
    const parts = parseId(written);
    if (!parts || !(SCHEMES as readonly string[]).includes(parts.scheme)) return [];
    const { scheme } = parts;
    const local = written.slice(written.indexOf(`${scheme}:`)).replace(scheme === 'spec' ? /@[^@\s]*$/ : /$^/, '');
    const id = scheme === 'npm' ? local : `${parts.repo ?? repo}//${local}`;
    if (ids.has(id)) return sure(id);
    if (scheme === 'adr') return sure(adr(repo, parts.path, from));
    if (scheme === 'doc') {
      const file = files.get(`${repo}//${parts.path}`);
      return sure(file);
    }
    if (scheme === 'svc') return sure(called('service', repo, canonicalName(parts.path)), 0.95);
    if (scheme === 'event') return sure(called('channel', repo, parts.path));
    if (scheme === 'table') return sure(called('table', repo, parts.path));
    if (scheme === 'spec') return sure(called('criterion', repo, parts.path.replace(/@[^@]*$/, '')));
    if (scheme === 'test') return testCase(makeId({ repo: parts.repo ?? repo, scheme, path: parts.path }), parts.descriptor);
    if (scheme === 'api') return apiPart(repo, parts.path, parts.descriptor, id);
    return UNTOLD.has(scheme) ? sure(id, 0.9) : [];
  };

  /** The test case by its title, with or without the titles of its suites; else the file, where the case has no name that is known. */
  function testCase(file: NodeId, title: string | undefined): readonly Referent[] {
    const cases = tests.get(file) ?? [];
    if (title !== undefined) {
      const wanted = title.replaceAll(' > ', ' ');
      // Runners put the titles of suites and cases together with spaces.
      const tails = (whole: string): readonly string[] => whole.split(' > ').map((_, at, titles) => titles.slice(at).join(' '));
      const fitting = cases.map(({ id, title: whole }) => ({ id, names: tails(whole) })).filter(({ names }) => names.includes(wanted));
      const whole = fitting.filter(({ names }) => names[0] === wanted);
      const [named, ...others] = whole.length > 0 ? whole : fitting;
      if (named && others.length === 0) return sure(named.id);
    }
    return sure(ids.has(file) ? file : undefined, title === undefined ? 1 : 0.9);
  }

  /** `api:user#GET /users/{userId} response.200.email`, whatever the parameter is called in the contract. */
  function apiPart(repo: string, name: string, descriptor: string | undefined, written: NodeId): readonly Referent[] {
    const api = called('api', repo, canonicalName(name));
    if (api === undefined || descriptor === undefined) return sure(api, 0.95);
    const [, method, path = '', field] = /^([A-Z]+) (\/\S*)(?: (.+))?$/.exec(descriptor) ?? [];
    if (method === undefined) return sure(ids.has(api) ? api + written.slice(written.indexOf('#')) : undefined, 0.9);
    const found = requested(repo, method, path).filter(({ id }) => id.startsWith(`${api}#`));
    if (field === undefined) return found;
    return found.flatMap(({ id, confidence }) => (ids.has(fieldId(id, field)) ? [{ id: fieldId(id, field), confidence }] : []));
  }

  return {
    named: find,
    requested,
    file: (repo, path) => files.get(`${repo}//${path}`),
    filesEnding: (repo, path) =>
      (byFileName.get(`${repo}//${baseName(path)}`) ?? [])
        .filter((known) => known === path || known.endsWith(`/${path}`))
        .map((known) => files.get(`${repo}//${known}`)!),
    section: (repo, path, slug) => {
      const id = sectionId(repo, path, slug);
      return ids.has(id) ? id : undefined;
    },
    has: (id) => ids.has(id),
    modules: (repo) => modules.get(repo) ?? [],
    service: (repo, name) => called('service', repo, canonicalName(name)),
    api: (repo, name) => called('api', repo, canonicalName(name)) ?? called('api', repo, canonicalName(name.replace(/[\s_-]*APIs?$/i, ''))),
    channel: (repo, address) => called('channel', repo, address),
    table: (repo, name) => called('table', repo, name),
    package: (repo, name) => called('package', repo, name),
    adr,
    things,
  };
}

/** By method, or `*`, and number of segments. */
type Requests = Map<string, { readonly repo: string; readonly id: NodeId; readonly segments: readonly string[] }[]>;

function addRequest(requests: Requests, method: string, request: { repo: string; id: NodeId; segments: readonly string[] }): void {
  const methods = method === 'ALL' ? ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', '*'] : [method, '*'];
  for (const each of methods) {
    const at = `${each} ${request.segments.length}`;
    const known = requests.get(at);
    if (known) known.push(request);
    else requests.set(at, [request]);
  }
}

/** Segments of a path; a parameter is the empty text. */
const segmentsOf = (path: string): readonly string[] =>
  path
    .replace(/[?#].*$/, '')
    .split('/')
    .filter((segment) => segment !== '')
    .map((segment) => (/[{<*$]|^:|^\[/.test(segment) ? '' : segment));

/** How well a path fits a template: 1 where it is one itself, less where it is an example; undefined where it is another. */
function fitOf(template: readonly string[], path: readonly string[]): number | undefined {
  let fit = 1;
  for (const [index, segment] of template.entries()) {
    if (segment === path[index]) continue;
    // A word where the template has a parameter is an example: `/users/42`.
    if (segment !== '') return undefined;
    fit *= 0.85;
  }
  return fit;
}

const basesOf = (servers: readonly string[] | undefined): readonly string[] => [
  ...new Set(
    (servers ?? []).map((server) => server.replace(/^[a-z]+:\/\/[^/]*/i, '').replace(/\/$/, '')).filter((base) => base.startsWith('/')),
  ),
];

export const rounded = (confidence: number): number => Math.round(confidence * 100) / 100;

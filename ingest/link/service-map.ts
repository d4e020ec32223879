import { compare } from '../../graph/model/edge.ts';
import type { NodeId } from '../../graph/model/id.ts';
import type { ApiKey, LinkKeys, PackageKey, Published, ServiceKey } from '../keys.ts';
import { canonicalName } from '../../graph/model/canonical-name.ts';
import { baseName } from '../parse/paths.ts';

/** One service with all that declares it. */
export interface KnownService {
  readonly id: NodeId;
  readonly repo: string;
  readonly canonical: string;
  /** At least one, in the order of files. */
  readonly declared: readonly Published<ServiceKey>[];
  readonly folders: readonly string[];
}

/** A contract and the files that state it. */
export interface KnownApi {
  readonly id: NodeId;
  readonly canonical: string;
  readonly files: readonly string[];
}

export interface Realization {
  readonly service: NodeId;
  readonly api: NodeId;
  readonly rule: 'provides' | 'contract-in-folder' | 'same-name';
  readonly confidence: number;
  readonly at: Published<ServiceKey>;
}

export function knownServices(keys: LinkKeys): readonly KnownService[] {
  const byId = new Map<NodeId, Published<ServiceKey>[]>();
  for (const key of keys.of('service')) byId.set(key.value.id, [...(byId.get(key.value.id) ?? []), key]);
  return [...byId].map(([id, declared]) => ({
    id,
    repo: declared[0]!.repo,
    canonical: canonicalName(declared[0]!.value.name) || declared[0]!.value.name,
    declared,
    folders: [...new Set(declared.flatMap(({ value }) => value.folder ?? []))],
  }));
}

/** The contracts of a repository, as far as units publish something of them. */
export function knownApis(repo: string, keys: LinkKeys): readonly KnownApi[] {
  const files = new Map<NodeId, Set<string>>();
  const add = (id: NodeId, file?: string): void => {
    const known = files.get(id) ?? new Set();
    files.set(id, known);
    if (file !== undefined) known.add(file);
  };
  for (const key of keys.of('operation')) if (key.repo === repo) add(key.value.api, key.file);
  for (const key of keys.of('channel')) if (key.repo === repo && key.value.api !== undefined) add(key.value.api, key.file);
  for (const key of keys.of('api')) if (key.repo === repo) add(key.value.id);
  return [...files]
    .map(([id, found]) => ({ id, canonical: canonicalName(id.slice(id.indexOf('api:') + 4)), files: [...found].sort() }))
    .sort((a, b) => compare(a.id, b.id));
}

/**
 * Which services serve which contracts: those they say they provide, then those in their folder, then those of the same
 * name. A contract that a service says it provides is not guessed at, and one that stands in the folder of one service
 * while another has its name is a copy that the first calls.
 */
export function realizations(repo: string, keys: LinkKeys): readonly Realization[] {
  const services = knownServices(keys).filter((service) => service.repo === repo);
  const apis = knownApis(repo, keys);
  const catalogue = keys.of('api').filter((key) => key.repo === repo);
  const found: Realization[] = [];
  const taken = new Set<NodeId>();
  for (const { id: service, declared } of services)
    for (const at of declared)
      for (const name of at.value.provides ?? [])
        for (const api of apisNamed(name, apis, catalogue)) {
          taken.add(api);
          found.push({ service, api, rule: 'provides', confidence: 1, at });
        }
  for (const api of apis) {
    if (taken.has(api.id)) continue;
    const named = services.filter(({ canonical }) => canonical === api.canonical);
    const holding = innermost(services, api.files);
    const [rule, chosen] = named.length > 0 ? (['same-name', named] as const) : (['contract-in-folder', holding] as const);
    for (const service of chosen) {
      const isBoth = holding.includes(service);
      found.push({
        service: service.id,
        api: api.id,
        rule: isBoth ? 'contract-in-folder' : rule,
        confidence: isBoth ? 0.9 : 0.7,
        at: service.declared[0]!,
      });
    }
  }
  return found;
}

/** A name in the catalogue, or the path of a contract. */
export const apisNamed = (name: string, apis: readonly KnownApi[], catalogue: readonly Published<ApiKey>[]): readonly NodeId[] => {
  const entry = catalogue.find(({ value }) => value.name === name);
  return entry ? [entry.value.id] : apis.filter(({ files }) => files.includes(name)).map(({ id }) => id);
};

/** The services in whose folder the files are; of folders within folders, the inner one's. */
function innermost(services: readonly KnownService[], files: readonly string[]): readonly KnownService[] {
  const depth = ({ folders }: KnownService): number =>
    Math.max(
      0,
      ...folders.filter((folder) => folder !== '' && files.some((file) => file.startsWith(`${folder}/`))).map(({ length }) => length),
    );
  const deepest = Math.max(0, ...services.map(depth));
  return deepest === 0 ? [] : services.filter((service) => depth(service) === deepest);
}

/** Packages that are services by where they are and how they are run, though nothing declares them as such. */
export function undeclaredServices(repo: string, keys: LinkKeys, services: readonly KnownService[]): readonly Published<PackageKey>[] {
  const images = new Set(keys.of('image').flatMap((key) => (key.repo === repo ? [key.value.folder] : [])));
  const own = services.filter((service) => service.repo === repo);
  const folders = new Set(own.flatMap((service) => service.folders));
  const names = new Set(own.map(({ canonical }) => canonical));
  return keys.of('package').filter(({ repo: at, value: { folder, name, starts } }) => {
    if (at !== repo || !/(?:^|\/)(?:services|apps|microservices)\/[^/]+$/.test(folder)) return false;
    if (starts === undefined && !images.has(folder)) return false;
    return !folders.has(folder) && !names.has(canonicalName(baseName(folder))) && !names.has(canonicalName(name));
  });
}

import type { Edge } from '../../graph/model/edge.ts';
import { serviceId, type NodeId } from '../../graph/model/id.ts';
import type { Node } from '../../graph/model/node.ts';
import type { LinkKeys, Published, ServiceKey } from '../keys.ts';
import { configValues, hostsOf, servicesByLabel } from './config-values.ts';
import type { Linker, Links } from './linker.ts';
import { canonicalName } from '../../graph/model/canonical-name.ts';
import { apisNamed, knownApis, knownServices, realizations, undeclaredServices, type KnownService } from './service-map.ts';
import { baseName, folderOf } from '../parse/paths.ts';

/**
 * One service out of what compose files, manifests, catalogues and packages say of it: other names of it, the package
 * and image that it is, the contracts it serves and uses, and the services that its configuration leads to.
 */
export const servicesLinker: Linker = { name: 'services', link };

type Add = (
  edge: Omit<Edge, 'sites'> & { readonly rule: string },
  file: string,
  at: { readonly line: number; readonly col: number },
) => void;

function link(repo: string, keys: LinkKeys): Links {
  const edges = new Map<string, Edge>();
  const add: Add = (edge, file, { line, col }) => {
    if (edge.from === edge.to) return;
    const identity = `${edge.from}\n${edge.type}\n${edge.to}`;
    const known = edges.get(identity);
    const site = { line, col, file };
    if (!known) edges.set(identity, { ...edge, sites: [site] });
    else if (!known.sites.some((other) => other.file === file && other.line === line && other.col === col))
      edges.set(identity, { ...known, sites: [...known.sites, site] });
  };
  const services = knownServices(keys);
  const own = services.filter((service) => service.repo === repo);
  for (const service of own) alias(service, services, add);
  const nodes = packages(repo, keys, own, services, add);
  for (const { service, api, rule, confidence, at } of realizations(repo, keys))
    add(
      { from: service, type: 'REALIZES', to: api, tier: rule === 'provides' ? 'declared' : 'heuristic', confidence, rule },
      at.file,
      at.value,
    );
  consumed(repo, keys, own, add);
  routed(repo, keys, add);
  configured(repo, keys, own, add);
  return { nodes, edges: [...edges.values()] };
}

/** Services whose names differ in spelling only. Two that one file tells apart are two. */
function alias(service: KnownService, services: readonly KnownService[], add: Add): void {
  const rank = ({ folders, repo, id }: KnownService): string => `${folders.length > 0 ? 0 : 1}${repo === service.repo ? 0 : 1}${id}`;
  const files = new Set(service.declared.map(({ file }) => file));
  const [main] = services
    .filter(({ id, repo, canonical, folders, declared }) => {
      if (id === service.id || canonical !== service.canonical) return false;
      if (repo === service.repo) return !declared.some(({ file }) => files.has(file));
      return folders.length > 0 && service.folders.length === 0;
    })
    .sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
  if (!main || rank(service) < rank(main)) return;
  const at = service.declared[0]!;
  const confidence = main.repo === service.repo ? 0.9 : 0.6;
  add({ from: service.id, type: 'ALIASES', to: main.id, tier: 'heuristic', confidence, rule: 'same-name' }, at.file, at.value);
}

/** The package that a service is: that in the folder it is built from, else that of the same name. */
function packages(repo: string, keys: LinkKeys, own: readonly KnownService[], all: readonly KnownService[], add: Add): readonly Node[] {
  const known = keys.of('package').filter((key) => key.repo === repo);
  const built = new Set<NodeId>();
  for (const { id, declared } of own)
    for (const at of declared)
      for (const { value } of known)
        if (at.value.folder !== undefined && at.value.folder !== '' && at.value.folder === value.folder) {
          built.add(id).add(value.id);
          add({ from: id, type: 'DEPLOYED_AS', to: value.id, tier: 'declared', confidence: 1, rule: 'build-folder' }, at.file, at.value);
        }
  for (const { id, canonical, declared } of own)
    for (const { value } of known) {
      if (built.has(id) || built.has(value.id) || value.folder === '') continue;
      if (canonicalName(baseName(value.folder)) !== canonical && canonicalName(value.name) !== canonical) continue;
      const at = declared[0]!;
      add({ from: id, type: 'DEPLOYED_AS', to: value.id, tier: 'heuristic', confidence: 0.8, rule: 'same-name' }, at.file, at.value);
    }
  return undeclaredServices(repo, keys, all).map(({ file, value }) => {
    const name = baseName(value.folder);
    const id = serviceId(repo, name);
    const line = value.starts ?? 1;
    add({ from: id, type: 'DEPLOYED_AS', to: value.id, tier: 'heuristic', confidence: 0.8, rule: 'package-that-starts' }, file, {
      line,
      col: 1,
    });
    return { id, kind: 'Service', name, repo, file, span: { line, col: 1, endLine: line, endCol: 1 }, props: {} };
  });
}

function consumed(repo: string, keys: LinkKeys, own: readonly KnownService[], add: Add): void {
  const apis = knownApis(repo, keys);
  const catalogue = keys.of('api').filter((key) => key.repo === repo);
  for (const { id, declared } of own)
    for (const { file, value } of declared)
      for (const name of value.consumes ?? [])
        for (const api of apisNamed(name, apis, catalogue))
          add({ from: id, type: 'DEPENDS_ON', to: api, tier: 'declared', confidence: 1, rule: 'consumes' }, file, value);
}

/** What stands in front of services: the resource depends on those that its selector finds. */
function routed(repo: string, keys: LinkKeys, add: Add): void {
  const labelled = servicesByLabel(keys);
  for (const { repo: at, file, value } of keys.of('route'))
    if (at === repo)
      for (const { id } of labelled.select(repo, value.selector))
        add({ from: value.id, type: 'DEPENDS_ON', to: id, tier: 'declared', confidence: 1, rule: 'selector' }, file, value);
}

/** A service depends on the services whose hosts its configuration names. */
function configured(repo: string, keys: LinkKeys, own: readonly KnownService[], add: Add): void {
  const values = configValues(keys);
  const hosts = hostsOf(keys);
  const users = usersOfConfiguration(own);
  for (const name of new Set(keys.of('config').flatMap((key) => (key.repo === repo ? [key.value.name] : []))))
    for (const { repo: at, file, line, col, by, value } of values.valuesOf(name, repo)) {
      if (at !== repo) continue;
      const reached = hosts.reachedByValue(name, value, repo);
      const { services, confidence } = users(by, file);
      for (const { service: to, confidence: certainty } of reached)
        if (certainty >= 0.8)
          for (const from of services) {
            const sure = Math.min(confidence, certainty);
            add({ from, type: 'DEPENDS_ON', to, tier: sure < 1 ? 'heuristic' : 'declared', confidence: sure, rule: 'config-url' }, file, {
              line,
              col,
            });
          }
    }
}

/** Which services are told what a service, resource or document declares. A document is told by its folder, too. */
function usersOfConfiguration(
  own: readonly KnownService[],
): (by: NodeId, file: string) => { readonly services: readonly NodeId[]; readonly confidence: number } {
  const direct = new Map<NodeId, NodeId[]>();
  const byFolder = new Map<string, NodeId[]>();
  for (const { id, declared, folders } of own) {
    direct.set(id, [...(direct.get(id) ?? []), id]);
    for (const config of new Set(declared.flatMap(({ value }: Published<ServiceKey>) => value.configs ?? [])))
      direct.set(config, [...(direct.get(config) ?? []), id]);
    for (const folder of folders) if (folder !== '') byFolder.set(folder, [...(byFolder.get(folder) ?? []), id]);
  }
  return (by, file) => {
    const told = direct.get(by);
    if (told) return { services: told, confidence: 1 };
    if (!by.includes('doc:')) return { services: [], confidence: 0 };
    for (let folder = file; folder !== '';) {
      folder = folderOf(folder);
      const services = byFolder.get(folder);
      if (services) return { services, confidence: 0.8 };
    }
    return { services: [], confidence: 0 };
  };
}

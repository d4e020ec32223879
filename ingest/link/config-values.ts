import { serviceId, type NodeId } from '../../graph/model/id.ts';
import type { ConfigKey, LinkKeys, Published, ServiceKey } from '../keys.ts';

/** A value that a configuration key has somewhere. */
export interface ConfigValue {
  readonly repo: string;
  readonly file: string;
  readonly line: number;
  readonly col: number;
  /** What gives it: a service, a resource or a document. */
  readonly by: NodeId;
  readonly value: string;
}

/** Something that a URL or host name leads to. */
export interface Reached {
  readonly service: NodeId;
  /** 1 for exactly one candidate; shared between several, and less across repositories. */
  readonly confidence: number;
}

export interface ConfigValues {
  /** All values that `name` is given in `repo`, else in any repository; in the order of their files. References are followed. */
  valuesOf(name: string, repo?: string): readonly ConfigValue[];
}

export function configValues(keys: LinkKeys): ConfigValues {
  const byName = new Map<string, Published<ConfigKey>[]>();
  for (const key of keys.of('config')) push(byName, key.value.name, key);
  const follow = ({ repo, file, value: { by, line, col, value, ref } }: Published<ConfigKey>): readonly ConfigValue[] => {
    if (value !== undefined) return [{ repo, file, line, col, by, value }];
    if (!ref) return [];
    const given = (byName.get(ref.name) ?? []).filter((key) => key.value.by === ref.by);
    return given.flatMap((key) => (key.value.value === undefined ? [] : [{ repo, file, line, col, by, value: key.value.value }]));
  };
  const known = new Map<string, readonly ConfigValue[]>();
  return {
    valuesOf(name, repo) {
      let values = known.get(name);
      if (!values) known.set(name, (values = (byName.get(name) ?? []).flatMap(follow)));
      const own = values.filter((value) => value.repo === repo);
      return own.length > 0 ? own : values;
    },
  };
}

/** Where URLs lead: to the services whose host, or whose published port of this machine, they name. */
export interface Hosts {
  /**
   * The services that a URL, a `host:port` or a bare host name reaches, seen from `repo`: those of the repository itself
   * before those of others. Empty when nothing answers to it, and for whole domains that nobody declares.
   */
  reachedBy(url: string, repo: string): readonly Reached[];
  /**
   * The services that a configuration value reaches: those it names in URLs and as `host:port`, and by a bare host name
   * where the name of the key (`CACHE_HOST`) says that its value is one.
   */
  reachedByValue(name: string, value: string, repo: string): readonly Reached[];
}

const LOCAL = /^(?:localhost|127\.0\.0\.1|0\.0\.0\.0|::1|host\.docker\.internal)$/;
const URL_PARTS = /^(?:[a-z][a-z0-9+.-]*:\/\/)?(?:[^/?#@]*@)?(\[[0-9a-f:]+\]|[a-z0-9_.-]+)(?::(\d+))?(?=$|[/?#])/i;

/** Names a host for certain. */
const HOSTED = /^[a-z][a-z0-9+.-]*:\/\/|^[a-z0-9_.-]+:\d+(?:$|\/)/i;
const NAMES_HOST = /(?:HOST|HOSTNAME|ADDR|ADDRESS|URLS?|URI|ENDPOINTS?|SERVERS?|BROKERS?|NODES?)$/i;

export function hostsOf(keys: LinkKeys): Hosts {
  const byHost = new Map<string, { readonly repo: string; readonly id: NodeId }[]>();
  const add = (repo: string, id: NodeId, hosts: readonly string[]): void => {
    for (const host of hosts) push(byHost, host.toLowerCase(), { repo, id });
  };
  for (const { repo, value } of keys.of('service')) add(repo, value.id, value.hosts);
  for (const { repo, hosts, services } of routes(keys)) for (const id of services) add(repo, id, hosts);

  const reached = (host: string, port: string | undefined, repo: string): readonly Reached[] => {
    const name = LOCAL.test(host) ? 'localhost' : host.toLowerCase().replace(/\.$/, '');
    const exact = port === undefined ? undefined : byHost.get(`${name}:${port}`);
    const found = exact ?? (name === 'localhost' ? undefined : byHost.get(name)) ?? [];
    const own = found.filter((service) => service.repo === repo);
    const ids = [...new Set((own.length > 0 ? own : found).map(({ id }) => id))].sort();
    return ids.map((service) => ({ service, confidence: (own.length > 0 ? 1 : 0.8) / ids.length }));
  };
  const reachedBy = (url: string, repo: string): readonly Reached[] => {
    const [, host, port] = URL_PARTS.exec(url.trim()) ?? [];
    return host === undefined ? [] : reached(host, port, repo);
  };
  return {
    reachedBy,
    reachedByValue(name, value, repo) {
      const found = new Map<NodeId, Reached>();
      for (const part of value.split(/[\s,;"'|]+/).slice(0, 50)) {
        const url = part.replace(/^jdbc:/, '');
        if (!HOSTED.test(url) && !NAMES_HOST.test(name)) continue;
        for (const one of reachedBy(url, repo)) if (!found.has(one.service)) found.set(one.service, one);
      }
      return [...found.values()];
    },
  };
}

interface Route {
  readonly repo: string;
  readonly hosts: readonly string[];
  readonly services: readonly NodeId[];
}

/** Where routes lead. One whose labels are given elsewhere (kustomize, Helm) leads to the service of its name. */
function routes(keys: LinkKeys): readonly Route[] {
  const labelled = servicesByLabel(keys);
  const named = new Set(keys.of('service').map(({ value }) => value.id));
  const direct = new Map<NodeId, readonly NodeId[]>();
  for (const { repo, value } of keys.of('route')) {
    const selected = labelled.select(repo, value.selector).map(({ id }) => id);
    const namesake = serviceId(repo, value.hosts[0] ?? '');
    direct.set(value.id, selected.length > 0 || value.to || !named.has(namesake) ? selected : [namesake]);
  }
  return keys.of('route').map(({ repo, value: { id, hosts, to = [] } }) => ({
    repo,
    hosts,
    services: [...new Set([...(direct.get(id) ?? []), ...to.flatMap((next) => direct.get(next) ?? [])])],
  }));
}

interface Labelled {
  /** Services of the repository that have all labels. */
  select(repo: string, selector: readonly string[]): readonly ServiceKey[];
}

export function servicesByLabel(keys: LinkKeys): Labelled {
  const byLabel = new Map<string, ServiceKey[]>();
  for (const { repo, value } of keys.of('service')) for (const label of value.labels ?? []) push(byLabel, `${repo}\n${label}`, value);
  return {
    select: (repo, [first, ...rest]) =>
      first === undefined
        ? []
        : (byLabel.get(`${repo}\n${first}`) ?? []).filter(({ labels = [] }) => rest.every((label) => labels.includes(label))),
  };
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const known = map.get(key);
  if (known) known.push(value);
  else map.set(key, [value]);
}

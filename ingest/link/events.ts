import { parseId, type NodeId } from '../../graph/model/id.ts';
import { compare, factMask, type Edge, type EdgeType, type Site } from '../../graph/model/edge.ts';
import type { Node } from '../../graph/model/node.ts';
import type { At, Expr, LinkKeys, TypeName } from '../keys.ts';
import { channelsOf, type Channel } from './events/channels.ts';
import { branches, handlerMaps, namedCalls, type NamedSite } from './events/named.ts';
import { fieldsOf, typeFields, type PayloadField } from './events/payload.ts';
import { receivedBy, type Receiver } from './events/receivers.ts';
import { messageSitesOf, type MessageSite } from './events/sites.ts';
import type { Linker, Links } from './linker.ts';
import { membersOf } from './data/members.ts';

/**
 * Code and the channels it sends to and receives from: through libraries, seen from the callers of wrappers, and by name
 * where no library is known. Properties of types that are sent or received stand for fields of the payload.
 */
export const eventLinker: Linker = {
  name: 'events',
  link: (repo, keys) => {
    const all = linked(keys);
    return { nodes: all.nodes.get(repo) ?? [], edges: all.edges.get(repo) ?? [] };
  },
};

interface All {
  readonly nodes: ReadonlyMap<string, Links['nodes']>;
  readonly edges: ReadonlyMap<string, Links['edges']>;
}

const cache = new WeakMap<LinkKeys, All>();
function linked(keys: LinkKeys): All {
  let known = cache.get(keys);
  if (!known) cache.set(keys, (known = linkAll(keys)));
  return known;
}

const NAMED = 0.8;
const PROVIDER = factMask('provider');

interface Place extends At {
  readonly repo: string;
  readonly file: string;
}

function linkAll(keys: LinkKeys): All {
  const tests = new Set<NodeId>();
  const functions = new Map<NodeId, readonly (readonly TypeName[])[]>();
  for (const { value } of keys.of('declares')) if (value.test) tests.add(value.module);
  for (const { value } of keys.of('value')) if (value.takes) functions.set(value.id, value.takes);
  const payloadParameters = payloadParametersIn(keys);
  const isTest = (id: NodeId): boolean => tests.has(id.split('#')[0]!);
  const members = membersOf(keys);

  const every = messageSitesOf(keys).filter(({ addresses }) => addresses.length > 0);
  const sites = paired(every);
  // What only tests send or receive is no channel of the system.
  const channels = channelsOf(
    keys,
    sites.filter(({ from }) => !isTest(from)),
  );
  const bindings = bindingsIn(sites);
  const publishedTo = new Set(sites.flatMap(({ role, addresses }) => (role === 'publish' ? addresses.map(({ text }) => text) : [])));

  const edges = new Map<string, Edge>();
  const nodes = new Map<NodeId, Node>();
  const written = new Map<NodeId, Map<string, Place>>();
  const receivers: Receiver[] = [];
  const sent: {
    readonly channel: Channel;
    readonly field: PayloadField;
    readonly from: NodeId;
    readonly place: Place;
    readonly provider: boolean;
  }[] = [];

  const state = (
    from: NodeId,
    type: EdgeType,
    to: NodeId,
    place: Place,
    rest: Pick<Edge, 'tier' | 'confidence' | 'rule'> & { via?: NodeId; facts?: number },
  ): void => {
    const { via, facts, ...claims } = rest;
    const isElsewhere = parseId(from)?.path !== place.file;
    const site: Site = { line: place.line, col: place.col, ...(isElsewhere ? { file: place.file } : {}), ...(facts ? { facts } : {}) };
    const key = `${from}\n${type}\n${to}\n${via ?? ''}`;
    const known = edges.get(key);
    if (!known) edges.set(key, { from, type, to, ...(via === undefined ? {} : { via }), ...claims, sites: [site] });
    else {
      // The side that decides what is sent says more; so does the surer rule.
      const isSurer = claims.confidence > known.confidence || (facts === PROVIDER && !known.sites.some((each) => each.facts === PROVIDER));
      const same = known.sites.find(({ line, col, file }) => line === site.line && col === site.col && file === site.file);
      const others = known.sites.filter((each) => each !== same);
      const merged = same ? { ...same, ...(site.facts || same.facts ? { facts: (site.facts ?? 0) | (same.facts ?? 0) } : {}) } : site;
      edges.set(key, {
        ...known,
        ...(isSurer ? claims : {}),
        confidence: Math.max(known.confidence, claims.confidence),
        sites: [...others, merged],
      });
    }
  };
  const tierOf = ({ declared }: Channel): 'contract' | 'heuristic' => (declared ? 'contract' : 'heuristic');

  const use = (
    site: { readonly from: NodeId; readonly role: 'publish' | 'subscribe' } & Place,
    channel: Channel,
    confidence: number,
    rule: string,
    tier = tierOf(channel),
  ): void => {
    if (!channel.declared) nodes.set(channel.id, channelNode(channel, site, nodes.get(channel.id), site.role === 'publish'));
    state(site.from, site.role === 'publish' ? 'PUBLISHES' : 'SUBSCRIBES', channel.id, site, { tier, confidence, rule });
  };
  const publish = (from: NodeId, place: Place, channel: Channel, payload: Expr): void => {
    for (const field of fieldsOf(payload, members)) {
      sent.push({ channel, field, from, place, provider: !isTest(from) });
      if (isTest(from)) continue;
      const fields = written.get(channel.id) ?? new Map<string, Place>();
      written.set(channel.id, fields);
      if (!fields.has(field.path)) fields.set(field.path, place);
    }
  };
  const typed: {
    readonly at: NodeId;
    readonly place: Place;
    readonly types: readonly TypeName[];
    readonly channels: readonly Channel[];
  }[] = [];
  const receive = (
    place: Place & { readonly from: NodeId },
    handler: Expr | undefined,
    reached: readonly Channel[],
    rule: string,
    confidence: number,
  ): void => {
    const { repo, file } = place;
    if (handler?.is === 'function')
      receivers.push({ repo, file, at: handler.at, lines: [handler.line, handler.endLine], channels: reached });
    else if (handler?.is === 'declared' && !handler.path) {
      receivers.push({ repo, file, at: handler.id, channels: reached });
      const types =
        payloadParameters.get(handler.id) ?? functions.get(handler.id)?.find((each) => each.some((type) => members.ofNamed(type))) ?? [];
      typed.push({ at: handler.id, place, types, channels: reached });
      if (handler.id !== place.from)
        for (const channel of reached) use({ ...place, from: handler.id, role: 'subscribe' }, channel, confidence, rule);
    } else receivers.push({ repo, file, at: place.from, channels: reached });
  };

  const stated = new Set<string>();
  for (const site of sites) {
    const { repo, file, line, col, library, role, payload } = site;
    const reached = site.addresses.flatMap((address) => [...addressed(site, address)]);
    if (reached.length > 0) stated.add(`${repo} ${file} ${line} ${col}`);
    for (const { channel, confidence, from } of reached) {
      if (!site.again) use({ ...site, from }, channel, confidence, `${library}-${role}`);
      if (role === 'publish' && payload) publish(from, site, channel, payload);
    }
    if (role === 'subscribe' && reached.length > 0 && site.boundTo === undefined)
      receive(
        site,
        site.handler,
        reached.map(({ channel }) => channel),
        `${library}-subscribe`,
        reached[0]!.confidence,
      );
  }

  function* addressed(
    site: MessageSite,
    address: MessageSite['addresses'][number],
  ): Iterable<{ channel: Channel; confidence: number; from: NodeId }> {
    const from = address.by ?? site.from;
    // What a queue is bound to is what it gets; its own name is a channel where somebody sends to it.
    const bound =
      site.role === 'subscribe' && site.queue !== undefined && site.boundTo === undefined ? (bindings.get(site.queue) ?? []) : [];
    for (const { binding, to } of bound)
      for (const reached of channels.reached(site.repo, to, binding.wildcards, binding.within)) yield { ...reached, from };
    if (bound.length > 0 && !publishedTo.has(address.text)) return;
    for (const reached of channels.reached(site.repo, address, site.wildcards, site.within)) yield { ...reached, from };
  }

  const named = (site: NamedSite): void => {
    use(site, site.channel, NAMED, site.rule, 'heuristic');
    if (site.role === 'publish') {
      if (site.payload) publish(site.from, site, site.channel, site.payload);
    } else if (site.lines)
      receivers.push({ repo: site.repo, file: site.file, at: site.from, lines: site.lines, branch: true, channels: [site.channel] });
    else receive(site, site.handler, [site.channel], site.rule, NAMED);
  };
  for (const site of namedCalls(keys, channels, (file, { line, col }) => stated.has(`${file} ${line} ${col}`))) named(site);
  for (const site of branches(keys, channels)) named(site);
  for (const site of handlerMaps(keys, channels)) named(site);

  const hasField = (channel: Channel, path: string): boolean =>
    channel.fields.size > 0 ? channel.fields.has(path) : (written.get(channel.id)?.has(path) ?? false);
  const fieldOf = (channel: Channel, path: string): NodeId => `${channel.id} payload.${path}`;
  const map = (at: NodeId, place: Place, channel: Channel, { path, property }: PayloadField, rule: string, facts?: number): void => {
    if (!hasField(channel, path)) return;
    const claims = { tier: tierOf(channel), confidence: NAMED + 0.1, rule, ...(facts ? { facts } : {}) };
    if (property === undefined) state(at, 'MAPS_TO', fieldOf(channel, path), place, claims);
    else state(property, 'MAPS_TO', fieldOf(channel, path), place, { ...claims, via: at });
  };
  for (const { channel, field, from, place, provider } of sent)
    map(from, place, channel, field, field.property === undefined ? 'payload-literal' : 'payload-type', provider ? PROVIDER : undefined);
  for (const { at, place, types, channels: reached } of typed)
    for (const channel of reached) for (const field of typeFields(types, members)) map(at, place, channel, field, 'payload-type');
  for (const { at, channels: reached, types, path, ...place } of receivedBy(keys, receivers))
    for (const channel of reached) {
      if (path !== undefined) map(at, place, channel, { path }, 'payload-read');
      for (const field of typeFields(types, members)) map(at, place, channel, field, 'payload-type');
    }

  for (const [id, fields] of written) {
    const channel = nodes.get(id);
    if (channel) for (const [path, place] of fields) stateField(channel, path, place);
  }
  function stateField(channel: Node, path: string, place: Place): void {
    const { repo, file, line, col } = place;
    const id = `${channel.id} payload.${path}`;
    nodes.set(id, {
      id,
      kind: 'SchemaProperty',
      name: path.slice(path.lastIndexOf('.') + 1),
      repo: channel.repo ?? repo,
      file,
      span: spanOf({ line, col }),
      props: {},
    });
    state(channel.id, 'HAS_PROPERTY', id, place, { tier: 'heuristic', confidence: NAMED, rule: 'payload-written' });
  }
  const byRepo = <T>(list: readonly T[], repoOf: (each: T) => string): ReadonlyMap<string, readonly T[]> => {
    const found = new Map<string, T[]>();
    for (const each of list) found.set(repoOf(each), [...(found.get(repoOf(each)) ?? []), each]);
    return found;
  };
  return {
    nodes: byRepo(
      [...nodes.values()].sort((a, b) => compare(a.id, b.id)),
      ({ repo }) => repo ?? '',
    ),
    edges: byRepo([...edges.values()], ({ from }) => parseId(from)?.repo ?? ''),
  };
}

/** What stays in the process, or uses names of everybody, counts where the same name is emitted and listened to. */
function paired(sites: readonly MessageSite[]): readonly MessageSite[] {
  const sides = new Map<string, Set<string>>();
  const keyOf = ({ within }: MessageSite, text: string): string => `${within ?? ''} ${text}`;
  for (const site of sites)
    if (site.both)
      for (const { text } of site.addresses) sides.set(keyOf(site, text), (sides.get(keyOf(site, text)) ?? new Set()).add(site.role));
  return sites.flatMap((site) => {
    if (!site.both) return [site];
    const addresses = site.addresses.filter(
      ({ text }) => sides.get(keyOf(site, text))!.size === 2 || /[*]/.test(text) || site.wildcards !== undefined,
    );
    return addresses.length > 0 ? [{ ...site, addresses }] : [];
  });
}

type Bindings = ReadonlyMap<string, readonly { readonly binding: MessageSite; readonly to: MessageSite['addresses'][number] }[]>;

/** What queues are bound to, by queue. */
function bindingsIn(sites: readonly MessageSite[]): Bindings {
  const found = new Map<string, { binding: MessageSite; to: MessageSite['addresses'][number] }[]>();
  for (const binding of sites)
    if (binding.boundTo !== undefined)
      found.set(binding.boundTo, [...(found.get(binding.boundTo) ?? []), ...binding.addresses.map((to) => ({ binding, to }))]);
  return found;
}

/** The parameter of a handler that a decorator calls the message. */
function payloadParametersIn(keys: LinkKeys): ReadonlyMap<NodeId, readonly TypeName[]> {
  const found = new Map<NodeId, readonly TypeName[]>();
  for (const { value } of keys.of('decorated')) {
    if (
      value.on !== 'parameter' ||
      value.decorator.is !== 'external' ||
      !/^(Payload|MessageBody|RabbitPayload)$/.test(value.decorator.path.at(-1) ?? '')
    )
      continue;
    const [field] = value.args;
    const type = value.type ?? [];
    // `@Payload('id')` is a member of it.
    found.set(value.id, [...(found.get(value.id) ?? []), ...(field?.is === 'text' ? [{ members: { [field.text]: type } }] : type)]);
  }
  return found;
}

const spanOf = ({ line, col }: At): NonNullable<Node['span']> => ({ line, col, endLine: line, endCol: col });

const PROTOCOLS: readonly (readonly [RegExp, string])[] = [
  [/kafka/, 'kafka'],
  [/amqp|rabbitmq/, 'amqp'],
  [/^nats/, 'nats'],
  [/^(redis|bullmq)/, 'redis'],
  [/mqtt/, 'mqtt'],
  [/sqs|aws/, 'sqs'],
  [/socket/, 'ws'],
];

/** Stands where it is first published to, else where it is first received from. */
function channelNode(channel: Channel, place: Place & { readonly library?: string }, known: Node | undefined, publishes: boolean): Node {
  if (known && !(publishes && known.props && !('by' in known.props))) return known;
  const protocol = PROTOCOLS.find(([pattern]) => pattern.test(place.library ?? ''))?.[1];
  const { id, repo, address } = channel;
  return {
    id,
    kind: 'Channel',
    name: address,
    repo,
    file: place.file,
    span: spanOf(place),
    props: { address, ...(protocol ? { protocol } : {}) },
  };
}

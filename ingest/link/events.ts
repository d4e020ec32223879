import { factMask, type Edge, type EdgeType } from '../../graph/model/edge.ts';
import { parseId, type NodeId } from '../../graph/model/id.ts';
import type { Node } from '../../graph/model/node.ts';
import type { Expr, LinkKeys, TypeName } from '../keys.ts';
import { membersOf } from './data/members.ts';
import { reachOf, UNNAMED } from './events/bindings.ts';
import { channelNode, payloadNode, type Place } from './events/channel-node.ts';
import { channelsOf, type Channel, type Reached } from './events/channels.ts';
import { messageTypesOf } from './events/message-types.ts';
import { branches, handlerMaps, namedCalls, type NamedSite } from './events/named.ts';
import { paired } from './events/pairs.ts';
import { fieldsOf, typeFields, type PayloadField } from './events/payload.ts';
import { receivedBy, type Receiver } from './events/receivers.ts';
import { messageSitesOf, type MessageSite } from './events/sites.ts';
import type { Linker, Links } from './linker.ts';
import { createLinks } from './links.ts';

/**
 * Code and the channels it sends to and receives from: through libraries, seen from the callers of wrappers, and by name
 * where no library is known. Properties of types that are sent or received stand for fields of the payload.
 */
export const eventLinker: Linker = {
  name: 'events',
  link: (repo, keys) => linked(keys).get(repo) ?? { nodes: [], edges: [] },
};

const cache = new WeakMap<LinkKeys, ReadonlyMap<string, Links>>();
function linked(keys: LinkKeys): ReadonlyMap<string, Links> {
  let known = cache.get(keys);
  if (!known) cache.set(keys, (known = byRepository(createEventLinks(keys))));
  return known;
}

/** How sure it is that a name that equals an address means it. */
const NAMED = 0.8;
const FIELD = 0.9;
const PROVIDER = factMask('provider');

type Sited = Place & { readonly from: NodeId };
type Rule = Pick<Edge, 'tier' | 'confidence'> & { readonly rule: string };

function createEventLinks(keys: LinkKeys): Links {
  const tests = new Set<NodeId>(keys.of('declares').flatMap(({ value }) => (value.test ? [value.module] : [])));
  const isTest = (id: NodeId): boolean => tests.has(id.split('#')[0]!);
  const members = membersOf(keys);
  const messageTypes = messageTypesOf(keys, members);
  const sites = paired(messageSitesOf(keys));
  // What only tests send or receive is no channel of the system.
  const systemSites = sites.filter(({ from }) => !isTest(from));
  const channels = channelsOf(keys, systemSites);
  const reach = reachOf(systemSites, channels);

  const links = createLinks();
  /** Channels that no contract declares: where they are published to, else where they are received from. */
  const undeclared = new Map<
    NodeId,
    { readonly role: string; readonly node: Node; readonly channel: Channel; readonly fields: Map<string, Place> }
  >();
  const receivers: Receiver[] = [];
  const taken: (Place & { readonly at: NodeId; readonly types: readonly TypeName[]; readonly channels: readonly Channel[] })[] = [];
  const sent: (Sited & { readonly channel: Channel; readonly field: PayloadField })[] = [];

  const state = (
    from: NodeId,
    type: EdgeType,
    to: NodeId,
    place: Place,
    rule: Rule,
    more: { readonly via?: NodeId; readonly facts?: number } = {},
  ): void => {
    const { file, line, col } = place;
    const isElsewhere = parseId(from)?.path !== file;
    const site = { line, col, ...(isElsewhere ? { file } : {}), ...(more.facts ? { facts: more.facts } : {}) };
    links.edge({ from, type, to, ...(more.via === undefined ? {} : { via: more.via }), ...rule, sites: [site] });
  };
  const tierOf = ({ declared }: Channel): 'contract' | 'heuristic' => (declared ? 'contract' : 'heuristic');

  const use = (site: Sited & { readonly role: 'publish' | 'subscribe' }, channel: Channel, rule: Rule): void => {
    const known = undeclared.get(channel.id);
    if (!channel.declared && (!known || (known.role === 'subscribe' && site.role === 'publish')))
      undeclared.set(channel.id, {
        role: site.role,
        node: channelNode(channel, site, rule.rule),
        channel,
        fields: known?.fields ?? new Map<string, Place>(),
      });
    state(site.from, site.role === 'publish' ? 'PUBLISHES' : 'SUBSCRIBES', channel.id, site, rule);
  };
  const publish = (site: Sited, channel: Channel, payload: Expr): void => {
    for (const field of fieldsOf(payload, members)) {
      const { repo, file, line, col, from } = site;
      sent.push({ repo, file, line, col, from, channel, field });
      const fields = undeclared.get(channel.id)?.fields ?? declaredFields(channel);
      if (!isTest(from) && !fields.has(field.path)) fields.set(field.path, { repo, file, line, col });
    }
  };
  /** Of channels whose contract says nothing of what is sent. */
  const writtenToDeclared = new Map<NodeId, { readonly channel: Channel; readonly fields: Map<string, Place> }>();
  const declaredFields = (channel: Channel): Map<string, Place> => {
    let known = writtenToDeclared.get(channel.id);
    if (!known) writtenToDeclared.set(channel.id, (known = { channel, fields: new Map() }));
    return known.fields;
  };
  const receive = (site: Sited, handler: Expr | undefined, reached: readonly Channel[], rule: Rule): void => {
    const { repo, file, line, col, from } = site;
    if (handler?.is === 'function')
      receivers.push({ repo, file, at: handler.at, lines: [handler.line, handler.endLine], channels: reached });
    else if (handler?.is === 'declared' && !handler.path) {
      receivers.push({ repo, file, at: handler.id, channels: reached });
      taken.push({ repo, file, line, col, at: handler.id, types: messageTypes(handler.id), channels: reached });
      if (handler.id !== from) for (const channel of reached) use({ ...site, from: handler.id, role: 'subscribe' }, channel, rule);
    } else receivers.push({ repo, file, at: from, channels: reached });
  };

  const stated = new Set<string>();
  const reachedBy = (site: MessageSite): readonly (Reached & { readonly from: NodeId })[] =>
    (site.addresses.length > 0 ? site.addresses : [UNNAMED]).flatMap((address) =>
      reach(site, address).map((reached) => ({ ...reached, from: address.by ?? site.from })),
    );
  for (const site of sites) {
    const reached = reachedBy(site);
    const [first] = reached;
    if (!first) continue;
    const rule = `${site.library}-${site.role}`;
    stated.add(`${site.repo} ${site.file} ${site.line} ${site.col}`);
    for (const { channel, confidence, from } of reached) {
      if (!site.again) use({ ...site, from }, channel, { tier: tierOf(channel), confidence, rule });
      if (site.role === 'publish' && site.payload) publish({ ...site, from }, channel, site.payload);
    }
    if (site.role === 'publish' || site.boundTo !== undefined) continue;
    receive(
      site,
      site.handler,
      reached.map(({ channel }) => channel),
      { tier: tierOf(first.channel), confidence: first.confidence, rule },
    );
  }

  const stateNamed = (site: NamedSite): void => {
    const rule: Rule = { tier: 'heuristic', confidence: NAMED, rule: site.rule };
    use(site, site.channel, rule);
    const { repo, file, from: at, channel, lines } = site;
    if (site.role === 'publish') {
      if (site.payload) publish(site, channel, site.payload);
    } else if (lines) receivers.push({ repo, file, at, lines, branch: true, channels: [channel] });
    else receive(site, site.handler, [channel], rule);
  };
  for (const site of namedCalls(keys, channels, ({ repo, file, line, col }) => stated.has(`${repo} ${file} ${line} ${col}`)))
    stateNamed(site);
  for (const site of branches(keys, channels)) stateNamed(site);
  for (const site of handlerMaps(keys, channels)) stateNamed(site);

  const fieldsIn = (channel: Channel): { has(path: string): boolean } =>
    channel.fields.size > 0 ? channel.fields : (undeclared.get(channel.id)?.fields ?? declaredFields(channel));
  const map = (at: NodeId, place: Place, channel: Channel, { path, property }: PayloadField, rule: string, facts = 0): void => {
    if (!fieldsIn(channel).has(path)) return;
    const claims: Rule = { tier: tierOf(channel), confidence: FIELD, rule };
    const field = `${channel.id} payload.${path}`;
    if (property === undefined) state(at, 'MAPS_TO', field, place, claims, { facts });
    else state(property, 'MAPS_TO', field, place, claims, { facts, via: at });
  };
  for (const { channel, field, from, ...place } of sent)
    map(from, place, channel, field, field.property === undefined ? 'payload-literal' : 'payload-type', isTest(from) ? 0 : PROVIDER);
  for (const { at, types, channels: reached, ...place } of taken)
    for (const channel of reached) for (const field of typeFields(types, members)) map(at, place, channel, field, 'payload-type');
  for (const { at, channels: reached, types, path, ...place } of receivedBy(keys, receivers))
    for (const channel of reached) {
      if (path !== undefined) map(at, place, channel, { path }, 'payload-read');
      for (const field of typeFields(types, members)) map(at, place, channel, field, 'payload-type');
    }

  for (const { node } of undeclared.values()) links.node(node);
  for (const { channel, fields } of [...undeclared.values(), ...writtenToDeclared.values()]) {
    if (channel.fields.size > 0) continue;
    for (const [path, place] of fields) {
      const node = payloadNode(channel, path, place);
      links.node(node);
      state(channel.id, 'HAS_PROPERTY', node.id, place, { tier: 'heuristic', confidence: NAMED, rule: 'payload-written' });
    }
  }
  return links.done();
}

/** Each repository states the nodes that are its own, and the edges that start in it. */
function byRepository({ nodes, edges }: Links): ReadonlyMap<string, Links> {
  const found = new Map<string, { readonly nodes: Node[]; readonly edges: Edge[] }>();
  const of = (repo = ''): { readonly nodes: Node[]; readonly edges: Edge[] } => {
    let known = found.get(repo);
    if (!known) found.set(repo, (known = { nodes: [], edges: [] }));
    return known;
  };
  for (const node of nodes) of(node.repo).nodes.push(node);
  for (const edge of edges) of(parseId(edge.from)?.repo).edges.push(edge);
  return found;
}

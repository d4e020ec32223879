import { channelId, type NodeId } from '../../../graph/model/id.ts';
import { compare } from '../../../graph/model/edge.ts';
import type { LinkKeys } from '../../keys.ts';
import { isPattern, parameterised, patternName, patternOf, type Address } from './address.ts';
import type { Wildcards } from './message.ts';
import type { MessageSite } from './sites.ts';

export interface Channel {
  readonly id: NodeId;
  readonly repo: string;
  readonly address: string;
  /** By a contract. */
  readonly declared: boolean;
  /** Paths in the payload that the contract states; empty when it states none, or there is none. */
  readonly fields: ReadonlySet<string>;
}

export interface Reached {
  readonly channel: Channel;
  readonly confidence: number;
}

const MATCHED = 0.8;
const DECLARED = 0.95;
const UNDECLARED = 0.9;

export interface Channels {
  /** Channels that an address of a site in `repo` stands for. */
  reached(repo: string, address: Address, wildcards?: Wildcards, within?: string): readonly Reached[];
  /** The channel of an address that is known to be one. */
  known(repo: string, text: string): Channel | undefined;
  declared(repo: string, text: string): Channel | undefined;
}

/**
 * All channels: those of contracts, and addresses that code names and no contract does. The latter belong to the first
 * repository that publishes to them, else to the first that subscribes, so that both sides meet in one node.
 */
export function channelsOf(keys: LinkKeys, sites: readonly MessageSite[]): Channels {
  const declared = new Map<string, Channel[]>();
  for (const { repo, value } of keys.of('channel')) {
    const { id, address, fields } = value;
    const channel: Channel = { id, repo, address, declared: true, fields: new Set(fields) };
    const known = declared.get(address);
    if (!known) declared.set(address, [channel]);
    else if (known.every((other) => other.id !== id)) known.push(channel);
  }
  const contracts = [...declared.values()].flat();
  const templates = contracts.flatMap((channel) => {
    const pattern = parameterised(channel.address);
    return pattern ? [{ channel, pattern }] : [];
  });

  const published = new Map<string, string[]>();
  const subscribed = new Map<string, string[]>();
  /** Sides of addresses that are only known but for some parts. */
  const met = new Map<string, Map<string, string>>();
  const withins = new Map<string, Set<string | undefined>>();
  for (const { role, repo, addresses, wildcards, within } of sites)
    for (const address of addresses) {
      const side = role === 'publish' ? published : subscribed;
      if (isPattern(address, wildcards)) {
        const name = patternName(address);
        met.set(name, (met.get(name) ?? new Map<string, string>()).set(role, repo));
        continue;
      }
      side.set(address.text, [...(side.get(address.text) ?? []), repo]);
      if (role === 'publish') withins.set(address.text, (withins.get(address.text) ?? new Set()).add(within));
    }
  // `orders.${region}` is published and `orders.*` subscribed to: together they are a channel.
  for (const [name, sides] of met) if (sides.size === 2) published.set(name, [sides.get('publish')!, ...(published.get(name) ?? [])]);
  const ownerOf = (text: string): string | undefined => (published.get(text) ?? subscribed.get(text))?.toSorted(compare)[0];

  const declaredAt = (repo: string, text: string): Channel | undefined => {
    const same = declared.get(text) ?? templates.filter(({ pattern }) => pattern.test(text)).map(({ channel }) => channel);
    return same.find((channel) => channel.repo === repo) ?? same[0];
  };
  const found = new Map<string, Channel>();
  const undeclared = (text: string): Channel | undefined => {
    const repo = ownerOf(text);
    if (repo === undefined) return undefined;
    let channel = found.get(text);
    if (!channel) found.set(text, (channel = { id: channelId(repo, text), repo, address: text, declared: false, fields: new Set() }));
    return channel;
  };
  const known = (repo: string, text: string): Channel | undefined => declaredAt(repo, text) ?? undeclared(text);

  return {
    known,
    declared: declaredAt,
    reached(repo, address, wildcards, within) {
      if (!isPattern(address, wildcards)) {
        const channel = known(repo, address.text);
        return channel ? [{ channel, confidence: address.confidence * (channel.declared ? DECLARED : UNDECLARED) }] : [];
      }
      const pattern = patternOf(address, wildcards);
      const name = patternName(address);
      const matches = new Map<NodeId, Channel>();
      const own = contracts.filter((channel) => channel.repo === repo);
      for (const channel of own.length > 0 ? own : contracts) if (pattern.test(channel.address)) matches.set(channel.id, channel);
      for (const text of [...published.keys()].sort(compare)) {
        // Another exchange has other messages by the same keys.
        const exchanges = withins.get(text);
        if (within !== undefined && exchanges && !exchanges.has(undefined) && !exchanges.has(within)) continue;
        const channel = pattern.test(text) || text === name ? known(repo, text) : undefined;
        if (channel) matches.set(channel.id, channel);
      }
      return [...matches.values()].map((channel) => ({ channel, confidence: address.confidence * MATCHED }));
    },
  };
}

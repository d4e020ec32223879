import { type NodeId, lastName } from '../../../graph/model/id.ts';
import type { CallKey, Expr, LinkKeys } from '../../keys.ts';
import { evaluatorOf } from '../evaluate.ts';
import { originOf } from '../origin.ts';
import type { Place } from './channel-node.ts';
import type { Channel, Channels } from './channels.ts';
import { isHandler } from './message.ts';

/** A place that names a known channel without a library that is known. */
export interface NamedSite extends Place {
  readonly from: NodeId;
  readonly role: 'publish' | 'subscribe';
  readonly rule: 'channel-name' | 'channel-branch' | 'handler-map';
  readonly channel: Channel;
  readonly payload?: Expr;
  readonly handler?: Expr;
  /** Of a branch: the lines in which the name is known to be this. */
  readonly lines?: readonly [number, number];
}

const PUBLISHING = new Set(['publish', 'emit', 'send', 'dispatch', 'produce', 'enqueue', 'raise', 'trigger']);
const SUBSCRIBING = new Set(['subscribe', 'on', 'once', 'consume', 'handle', 'register']);
const ADDRESSES = ['topic', 'channel', 'type', 'eventType', 'event', 'name', 'subject', 'routingKey'] as const;
const PAYLOADS = ['payload', 'data', 'body', 'value', 'message', 'detail'] as const;

/** Calls of methods named like sending or receiving, with the address of a declared channel: an interface has its implementation elsewhere. */
export function* namedCalls(keys: LinkKeys, channels: Channels, isStated: (place: Place) => boolean): Iterable<NamedSite> {
  const { reduce } = evaluatorOf(keys);
  for (const { repo, file, value: call } of keys.of('call')) {
    const name = calledName(call);
    const role = PUBLISHING.has(name) ? 'publish' : SUBSCRIBING.has(name) ? 'subscribe' : undefined;
    if (!role || isStated({ repo, file, line: call.line, col: call.col })) continue;
    const origin = originOf(reduce(call.callee));
    if (origin && origin.package !== 'global') continue;
    for (const [index, argument] of call.args.slice(0, 3).entries()) {
      const value = reduce(argument);
      // `consumer.handle({ type: 'order.created', … })` hands over a message; it waits for none.
      const text = value.is === 'object' && name === 'handle' ? undefined : textIn(value);
      const channel = text === undefined ? undefined : channels.declared(repo, text);
      if (!channel || channel.address.length < 3) continue;
      const rest = call.args.slice(index + 1);
      const handler = role === 'subscribe' ? rest.find(isHandler) : undefined;
      const payload =
        role !== 'publish'
          ? undefined
          : value.is === 'object'
            ? (PAYLOADS.flatMap((each) => value.entries[each] ?? [])[0] ?? value)
            : rest.findLast(isPayload);
      const { from, line, col } = call;
      yield {
        ...{ repo, file, from, line, col, role, rule: 'channel-name', channel },
        ...(payload ? { payload: reduce(payload) } : {}),
        ...(handler ? { handler: reduce(handler).is === 'function' ? reduce(handler) : handler } : {}),
      };
      break;
    }
  }
}

const isPayload = (expr: Expr): boolean => expr.is !== 'text' && expr.is !== 'literal' && expr.is !== 'function';

function textIn(value: Expr): string | undefined {
  if (value.is === 'text') return value.text;
  if (value.is !== 'object') return undefined;
  for (const name of ADDRESSES) {
    const entry = Object.hasOwn(value.entries, name) ? value.entries[name] : undefined;
    if (entry?.is === 'text') return entry.text;
  }
  return undefined;
}

function calledName({ callee }: CallKey): string {
  const name = 'path' in callee ? callee.path?.at(-1) : undefined;
  if (name !== undefined) return name;
  return callee.is === 'declared' ? lastName(callee.id) : '';
}

/** `case 'order.created':` */
export function* branches(keys: LinkKeys, channels: Channels): Iterable<NamedSite> {
  const { reduce } = evaluatorOf(keys);
  for (const { repo, file, value: branch } of keys.of('branch')) {
    const equals = reduce(branch.equals);
    const channel = equals.is === 'text' ? channels.known(repo, equals.text) : undefined;
    const { from, line, col, endLine } = branch;
    if (channel) yield { repo, file, from, line, col, role: 'subscribe', rule: 'channel-branch', channel, lines: [line, endLine] };
  }
}

/** `{ [TOPICS.created]: onCreated, 'order.cancelled': async (event) => … }`: every key is the address of a channel. */
export function* handlerMaps(keys: LinkKeys, channels: Channels): Iterable<NamedSite> {
  const { reduce } = evaluatorOf(keys);
  for (const { repo, file, value: key } of keys.of('value')) {
    if (key.value?.is !== 'object') continue;
    const map = reduce(key.value);
    if (map.is !== 'object') continue;
    // Functions stay references: what they are called is what matters.
    const written = new Map(Object.entries(key.value.entries));
    for (const [name, entry] of key.value.computed ?? []) {
      const text = reduce(name);
      if (text.is === 'text') written.set(text.text, entry);
    }
    const entries = [...written];
    if (entries.length === 0 || !entries.every(([, entry]) => entry.is === 'function' || entry.is === 'declared')) continue;
    const known = entries.map(([text, handler]) => ({ channel: channels.known(repo, text), handler }));
    if (!known.every(({ channel }) => channel)) continue;
    for (const { channel, handler } of known) {
      const at = handler.is === 'function' ? { line: handler.line, col: 1 } : { line: 1, col: 1 };
      const from = handler.is === 'function' ? handler.at : handler.is === 'declared' && !handler.path ? handler.id : key.id;
      if (channel) yield { repo, file, from, ...at, role: 'subscribe', rule: 'handler-map', channel, handler };
    }
  }
}

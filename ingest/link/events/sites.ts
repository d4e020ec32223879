import type { NodeId } from '../../../graph/model/id.ts';
import type { CallKey, Expr, LinkKeys, Published } from '../../keys.ts';
import { evaluatorOf, type Evaluator, type Site } from '../evaluate.ts';
import { originOf } from '../origin.ts';
import { addressesOf, type Address } from './address.ts';
import { LIBRARIES } from './libraries.ts';
import type { Message, Wildcards } from './message.ts';
import { decoratedMessage } from './nest.ts';
import { openIn } from './payload.ts';

/** A place at which messages are sent or received. */
export interface MessageSite {
  readonly repo: string;
  readonly file: string;
  readonly line: number;
  readonly col: number;
  readonly from: NodeId;
  readonly library: string;
  readonly role: 'publish' | 'subscribe';
  readonly addresses: readonly Address[];
  readonly wildcards?: Wildcards;
  readonly payload?: Expr;
  readonly handler?: Expr;
  readonly both?: true;
  /** Text of what the addresses are told apart by. */
  readonly within?: string;
  readonly boundTo?: string;
  /** The queue that is consumed, to find what it is bound to. */
  readonly queue?: string;
  /** Says more of what is sent at a site that is stated already. */
  readonly again?: true;
}

/** Every place of all repositories, wrappers seen from their callers. */
export function messageSitesOf(keys: LinkKeys): readonly MessageSite[] {
  return [...calledSites(keys), ...decoratedSites(keys)];
}

function* calledSites(keys: LinkKeys): Iterable<MessageSite> {
  const evaluator = evaluatorOf(keys);
  const addresses = addressesOf(keys);
  const injected = injectedQueues(keys);
  for (const call of keys.of('call')) {
    const read = (site: Pick<Site, 'callee' | 'args'>): Found => messagesOf(site, call.value, injected);
    const { library, messages } = read({ callee: evaluator.reduce(call.value.callee), args: call.value.args.map(evaluator.reduce) });
    for (const [index] of messages.entries()) {
      const stated = (site: Site, again: boolean): MessageSite | undefined => {
        const message = read(site).messages[index];
        if (!message) return undefined;
        const named = addresses.of(message.address);
        const queue = keyOf(message.address, site.call.from);
        const { repo, file, call: at } = site;
        const { role, wildcards, payload, handler, both, within, boundTo } = message;
        return {
          ...{ repo, file, line: at.line, col: at.col, from: at.from, library, role, addresses: named },
          ...(wildcards ? { wildcards } : {}),
          ...(payload ? { payload } : {}),
          ...(handler ? { handler } : {}),
          ...(both ? { both } : {}),
          ...(within?.is === 'text' ? { within: within.text } : {}),
          ...(boundTo ? { boundTo: keyOf(boundTo, at.from) } : {}),
          ...(queue === undefined ? {} : { queue }),
          ...(again ? { again: true as const } : {}),
        };
      };
      for (const site of evaluator.sites(call, (each) => addressParts(read(each).messages[index]))) {
        const found = stated(site, false);
        if (found) yield found;
      }
      const { payload } = messages[index]!;
      if (payload && openIn(payload).length > 0) yield* payloads(evaluator, call, read, index, stated);
    }
  }
}

type Found = { readonly library: string; readonly messages: readonly Message[] };
const NONE: Found = { library: '', messages: [] };

/** What is sent is only known to callers, even where the address is not. */
function* payloads(
  evaluator: Evaluator,
  call: Published<CallKey>,
  read: (site: Pick<Site, 'callee' | 'args'>) => Found,
  index: number,
  stated: (site: Site, again: boolean) => MessageSite | undefined,
): Iterable<MessageSite> {
  const sites = evaluator.sites(call, (each) => {
    const message = read(each).messages[index];
    const parts = addressParts(message);
    return parts.some(({ is }) => is === 'parameter') ? parts : message?.payload ? openIn(message.payload) : [];
  });
  for (const site of sites) {
    const found = site.through.length > 0 ? stated(site, true) : undefined;
    if (found) yield found;
  }
}

const addressParts = (message: Message | undefined): readonly Expr[] =>
  message ? (message.address.is === 'list' ? message.address.items : [message.address]) : [];

function messagesOf({ callee, args }: Pick<Site, 'callee' | 'args'>, call: CallKey, injected: ReadonlyMap<string, Expr>): Found {
  const origin = originOf(callee);
  if (!origin) return NONE;
  const queue = callee.is === 'parameter' ? injected.get(`${callee.of} ${callee.index}`) : undefined;
  for (const { name, packages, read } of LIBRARIES) {
    if (!packages.test(origin.package)) continue;
    const emitter = emitterOf(call.callee);
    const messages = read(origin, args, { created: call.created === true, ...(queue ? { queue } : {}), ...(emitter ? { emitter } : {}) });
    if (messages.length > 0) return { library: name, messages };
  }
  return NONE;
}

/** The declared value that a method is called on. */
function emitterOf(callee: Expr): Expr | undefined {
  if (callee.is !== 'declared') return undefined;
  return { is: 'text', text: [callee.id, ...(callee.path?.slice(0, -1) ?? [])].join('.') };
}

/** Queues are the same by name, or by being the same value in one declaration. */
const keyOf = (queue: Expr, from: NodeId): string => (queue.is === 'text' ? queue.text : `${from} ${JSON.stringify(queue)}`);

/** `constructor(@InjectQueue('mails') private queue: Queue)`. */
function injectedQueues(keys: LinkKeys): ReadonlyMap<string, Expr> {
  const { reduce } = evaluatorOf(keys);
  const found = new Map<string, Expr>();
  for (const { value: key } of keys.of('decorated'))
    if (key.on === 'parameter' && key.decorator.is === 'external' && key.decorator.path.at(-1) === 'InjectQueue' && key.args[0])
      found.set(`${key.id} ${key.index}`, reduce(key.args[0]));
  return found;
}

function* decoratedSites(keys: LinkKeys): Iterable<MessageSite> {
  const evaluator = evaluatorOf(keys);
  const addresses = addressesOf(keys);
  const processors = new Map<NodeId, Expr>();
  const shared = (
    message: Message,
    key: { readonly id: NodeId; readonly line: number; readonly col: number },
    at: { repo: string; file: string },
    library: string,
  ): MessageSite => ({
    ...{ repo: at.repo, file: at.file, line: key.line, col: key.col, from: key.id, library, role: message.role },
    addresses: addresses.of(message.address),
    ...(message.wildcards ? { wildcards: message.wildcards } : {}),
    ...(message.both ? { both: true as const } : {}),
    handler: { is: 'declared', id: key.id },
  });
  const queueOf = (args: readonly Expr[]): Expr | undefined => {
    const first = args[0] && evaluator.reduce(args[0]);
    return first?.is === 'object' ? first.entries['name'] : first;
  };
  const decorated = keys
    .of('decorated')
    .filter(({ value }) => value.decorator.is === 'external' && (value.on === 'method' || value.on === 'class'));
  for (const { repo, file, value: key } of decorated) {
    if (key.decorator.is !== 'external') continue;
    const name = key.decorator.path.at(-1);
    const isBull = /^@nestjs\/(bull|bullmq)$|^nestjs-bull/.test(key.decorator.package);
    if (isBull && key.on === 'class' && name === 'Processor') {
      const queue = queueOf(key.args);
      if (!queue) continue;
      processors.set(key.id, queue);
      // A `WorkerHost` of BullMQ has one method for all jobs.
      yield shared({ role: 'subscribe', address: queue }, { ...key, id: `${key.id}.process` }, { repo, file }, 'bullmq');
    }
    if (key.on !== 'method') continue;
    const message = decoratedMessage(key.decorator.package, name, key.args.map(evaluator.reduce));
    if (message) yield shared(message, key, { repo, file }, libraryOf(key.decorator.package));
  }
  for (const { repo, file, value: key } of decorated) {
    if (key.decorator.is !== 'external' || key.on !== 'method' || key.decorator.path.at(-1) !== 'Process') continue;
    const queue = processors.get(key.id.slice(0, key.id.lastIndexOf('.')));
    if (queue) yield shared({ role: 'subscribe', address: queue }, key, { repo, file }, 'bullmq');
  }
}

const libraryOf = (from: string): string =>
  from === '@golevelup/nestjs-rabbitmq'
    ? 'golevelup-rabbitmq'
    : from === '@nestjs/event-emitter'
      ? 'eventemitter2'
      : from === '@nestjs/websockets'
        ? 'socket.io'
        : 'nest-microservices';

import type { Expr } from '../../keys.ts';
import { entry, given, handlerAmong, items, last, type Message, type MessageLibrary } from './message.ts';

const isName = (expr: Expr): boolean => expr.is !== 'function';

/** `xadd(stream, 'MAXLEN', '~', 100, '*', 'field', value, …)` or `xAdd(stream, '*', { field: value })`. */
function added(args: readonly Expr[]): Expr | undefined {
  const id = args.findIndex((argument) => argument.is === 'text' && argument.text === '*');
  const rest = args.slice(id < 0 ? 2 : id + 1);
  const [first] = rest;
  if (first?.is !== 'text') return first;
  const entries: Record<string, Expr> = {};
  for (let at = 0; at + 1 < rest.length; at += 2) {
    const name = rest[at]!;
    if (name.is === 'text' && name.text !== '__proto__') entries[name.text] = rest[at + 1]!;
  }
  return { is: 'object', entries };
}

/** Streams of `xread('BLOCK', 0, 'STREAMS', stream, id)` or `xRead({ key: stream, id })`. */
function streams(args: readonly Expr[]): readonly Expr[] {
  const at = args.findIndex((argument) => argument.is === 'text' && argument.text.toUpperCase() === 'STREAMS');
  if (at >= 0) {
    const rest = args.slice(at + 1);
    return rest.slice(0, Math.ceil(rest.length / 2));
  }
  return args.flatMap((argument) => items(argument).flatMap((each) => (each.is === 'object' ? (entry(each, 'key') ?? []) : [])));
}

export const REDIS: readonly MessageLibrary[] = [
  {
    name: 'redis',
    packages: /^(redis|@redis\/client|ioredis)$/,
    read: (origin, args) => {
      const [first, second] = args;
      if (!first) return [];
      switch (last(origin)?.toLowerCase()) {
        case 'publish':
        case 'spublish':
          return [{ role: 'publish', address: first, ...given('payload', second) }];
        case 'subscribe':
        case 'ssubscribe': {
          const names = first.is === 'list' ? first.items : args.filter(isName);
          // node-redis gives a function after the channel, ioredis takes further channels.
          const address: Expr = { is: 'list', items: second && !isName(second) ? items(first) : names };
          return [{ role: 'subscribe', address, ...(second ? handlerAmong([first, second]) : {}) }];
        }
        case 'psubscribe':
          return [{ role: 'subscribe', address: first, wildcards: 'glob', ...handlerAmong(args) }];
        case 'xadd':
          return [{ role: 'publish', address: first, ...given('payload', added(args)) }];
        case 'xread':
        case 'xreadgroup':
          return streams(args).map((address): Message => ({ role: 'subscribe', address }));
        default:
          return [];
      }
    },
  },
];

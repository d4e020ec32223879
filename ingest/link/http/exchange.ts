import type { NodeId } from '../../../graph/model/id.ts';
import type { CallKey, Expr, LinkKeys, Published, ReadKey, TypeName } from '../../keys.ts';
import { evaluatorOf } from '../evaluate.ts';
import { entryOf, type SaidRoute } from './dialect.ts';
import type { Exchange, Handler, Received } from './route.ts';

/** Handlers by what is written where one is registered, and what these are sent and answer. */
export interface Exchanges {
  /** The handler that an expression means, wrappers looked through; undefined when nobody can say. */
  handlerOf(expr: Expr): { readonly handler: Handler; readonly returns?: Expr } | undefined;
  exchangeOf(handler: Handler | undefined, said: Pick<SaidRoute, 'schemas' | 'types'>, returned: Expr | undefined): Exchange;
}

const ANSWERS = new Set(['json', 'send', 'jsonp', 'body']);
const PARTS = ['body', 'query', 'params', 'headers'] as const;
type Part = (typeof PARTS)[number];
/** Methods of Hono's request. */
const ASKED: ReadonlyMap<string, Part> = new Map<string, Part>([
  ['json', 'body'],
  ['parseBody', 'body'],
  ['formData', 'body'],
  ['query', 'query'],
  ['queries', 'query'],
  ['param', 'params'],
  ['header', 'headers'],
]);
const VALID: ReadonlyMap<string, Part> = new Map<string, Part>([
  ['json', 'body'],
  ['form', 'body'],
  ['query', 'query'],
  ['param', 'params'],
  ['header', 'headers'],
]);

const cache = new WeakMap<LinkKeys, Exchanges>();

export function exchangesOf(keys: LinkKeys): Exchanges {
  let known = cache.get(keys);
  if (!known) cache.set(keys, (known = createExchanges(keys)));
  return known;
}

function createExchanges(keys: LinkKeys): Exchanges {
  const evaluator = evaluatorOf(keys);
  const calls = group(keys.of('call'));
  const reads = group(keys.of('read'));
  const values = new Map(keys.of('value').flatMap(({ value }) => (value.value ? [[value.id, value.value] as const] : [])));
  const returns = new Map(keys.of('value').flatMap(({ value }) => (value.returns ? [[value.id, value.returns] as const] : [])));

  const handlerOf = (expr: Expr, depth = 0): { readonly handler: Handler; readonly returns?: Expr } | undefined => {
    if (depth > 5) return undefined;
    switch (expr.is) {
      case 'function':
        return { handler: { id: expr.at, line: expr.line, endLine: expr.endLine }, ...(expr.returns ? { returns: expr.returns } : {}) };
      case 'declared': {
        if (expr.path) {
          const written = values.get(expr.id);
          const entry = written?.is === 'object' && expr.path.length === 1 ? entryOf(written, expr.path[0]!) : undefined;
          if (entry) return handlerOf(entry, depth + 1);
          const reduced = evaluator.reduce(expr);
          return reduced.is === 'declared' && reduced.path ? undefined : handlerOf(reduced, depth + 1);
        }
        // Another name of a handler; one that a wrapper made is a declaration of its own.
        const value = values.get(expr.id);
        const behind = value?.is === 'declared' ? handlerOf(value, depth + 1) : undefined;
        const returned = returns.get(expr.id);
        return behind ?? { handler: { id: expr.id }, ...(returned ? { returns: returned } : {}) };
      }
      case 'member': {
        // `controller.create.bind(controller)` is called, and so a member of the method.
        const reduced = evaluator.reduce(expr);
        return reduced.is === 'member' ? undefined : handlerOf(reduced, depth + 1);
      }
      case 'call': {
        const { callee } = expr;
        const path = 'path' in callee ? callee.path : undefined;
        if (path?.at(-1) === 'bind' && callee.is !== 'external') {
          const { path: _path, ...rest } = callee as Extract<Expr, { readonly path?: readonly string[] }>;
          const bound =
            callee.is === 'member' && path.length === 1
              ? callee.of
              : ({ ...rest, ...(path.length > 1 ? { path: path.slice(0, -1) } : {}) } as Expr);
          return handlerOf(bound, depth + 1);
        }
        const wrapped = expr.args.toReversed().find(({ is }) => is === 'function' || is === 'declared' || is === 'member' || is === 'call');
        const inner = wrapped && handlerOf(wrapped, depth + 1);
        if (inner) return inner;
        // `getUsers(service)` makes a handler.
        return callee.is === 'declared' && !callee.path ? { handler: { id: callee.id } } : undefined;
      }
      case 'list': {
        const last = expr.items.at(-1);
        return last && handlerOf(last, depth + 1);
      }
      default:
        return undefined;
    }
  };

  const within = <K extends CallKey | ReadKey>(
    found: readonly Published<K>[] | undefined,
    { line, endLine }: Handler,
  ): readonly Published<K>[] => (found ?? []).filter(({ value }) => line === undefined || (value.line >= line && value.line <= endLine!));

  return {
    handlerOf: (expr) => handlerOf(expr),
    exchangeOf(handler, said, returned) {
      const seen: Record<Part, { types: TypeName[]; reads: Published<ReadKey>[] }> = {
        body: { types: [], reads: [] },
        query: { types: [], reads: [] },
        params: { types: [], reads: [] },
        headers: { types: [], reads: [] },
      };
      const answers: Expr[] = [];
      const answerTypes: TypeName[] = [];
      if (handler) {
        for (const read of within(reads.get(handler.id), handler)) {
          const { of, result } = read.value;
          const path = 'path' in of ? (of.path ?? []) : [];
          const part = PARTS.find((name) => path.includes(name));
          if (part === undefined) continue;
          seen[part].reads.push(read);
          seen[part].types.push(...(result?.as ?? []), ...('type' in of ? generic(of.type ?? [], part) : []));
        }
        for (const call of within(calls.get(handler.id), handler)) {
          const { callee, args, result } = call.value;
          if (!isGiven(callee)) continue;
          const path = 'path' in callee ? (callee.path ?? []) : [];
          const name = path.at(-1);
          const [first] = args;
          const isBody = (name === 'json' || name === 'formData') && !first && path.length === 1;
          const isQuery = name === 'get' && path.at(-2) === 'searchParams';
          if ((path.at(-2) === 'req' || isBody || isQuery) && name !== undefined) {
            const part = isQuery
              ? 'query'
              : name === 'valid'
                ? first?.is === 'text'
                  ? VALID.get(first.text)
                  : undefined
                : ASKED.get(name);
            if (part === undefined) continue;
            const { from, line, col } = call.value;
            const named = name !== 'valid' && first?.is === 'text' ? { reads: [{ line, col, path: first.text }] } : undefined;
            const use = named ?? result;
            seen[part].reads.push({ ...call, value: { key: 'read', from, line, col, of: callee, ...(use ? { result: use } : {}) } });
            seen[part].types.push(...(call.value.types?.flat() ?? []), ...(result?.as ?? []));
          } else if (name !== undefined && ANSWERS.has(name) && args[0] && !isError(callee, args)) {
            answers.push(args[0]);
            answerTypes.push(...(call.value.types?.flat() ?? []));
          }
        }
      }
      if (returned && !(returned.is === 'call' && isGiven(returned.callee))) answers.push(returned);
      const one = (part: Part): Received => ({
        types: distinct([...(said.types?.[part] ?? []), ...seen[part].types]),
        schemas: (said.schemas?.[part] ?? []).map(evaluator.reduce),
        reads: seen[part].reads,
      });
      return {
        body: one('body'),
        query: one('query'),
        params: one('params'),
        headers: one('headers'),
        response: {
          types: distinct([...(said.types?.response ?? []), ...answerTypes]),
          schemas: (said.schemas?.response ?? []).map(evaluator.reduce),
          values: answers,
        },
      };
    },
  };
}

/** `Request<Params, Answer, Body, Query>` of Express, `FastifyRequest<{ Body: … }>`. */
function generic(types: readonly TypeName[], part: Part): readonly TypeName[] {
  return types.flatMap((type): readonly TypeName[] => {
    if (type.package === undefined) return [type];
    if (type.package === 'express' && type.name === 'Request') return type.args?.[{ params: 0, body: 2, query: 3, headers: 9 }[part]] ?? [];
    if (type.package !== 'fastify') return [];
    const member = { body: 'Body', query: 'Querystring', params: 'Params', headers: 'Headers' }[part];
    return (type.args ?? []).flat().flatMap(({ members }) => (members && Object.hasOwn(members, member) ? (members[member] ?? []) : []));
  });
}

/** A member, or the result of calling one, of what a function was given. */
function isGiven(expr: Expr): boolean {
  switch (expr.is) {
    case 'parameter':
    case 'received':
      return true;
    case 'member':
      return isGiven(expr.of);
    case 'call':
      return isGiven(expr.callee);
    default:
      return false;
  }
}

const isErrorStatus = (expr: Expr | undefined): boolean =>
  (expr?.is === 'literal' && /^[345]\d\d$/.test(expr.text)) ||
  (expr?.is === 'external' && /BAD|NOT_|ERROR|FORBIDDEN|UNAUTHORIZED|CONFLICT|GONE|UNPROCESSABLE|TOO_MANY/.test(expr.path.at(-1) ?? ''));

/** `res.status(404).json(…)`, `c.json(…, 404)`. */
function isError(callee: Expr, args: readonly Expr[]): boolean {
  if (isErrorStatus(args[1])) return true;
  const before = callee.is === 'member' ? callee.of : undefined;
  if (before?.is !== 'call') return false;
  const name = 'path' in before.callee ? before.callee.path?.at(-1) : undefined;
  return (name === 'status' || name === 'code') && isErrorStatus(before.args[0]) ? true : isError(before.callee, []);
}

function distinct(types: readonly TypeName[]): readonly TypeName[] {
  return [...new Map(types.map((type) => [JSON.stringify(type), type])).values()];
}

function group<K extends CallKey | ReadKey>(keys: readonly Published<K>[]): ReadonlyMap<NodeId, readonly Published<K>[]> {
  const found = new Map<NodeId, Published<K>[]>();
  for (const key of keys) {
    const known = found.get(key.value.from);
    if (known) known.push(key);
    else found.set(key.value.from, [key]);
  }
  return found;
}

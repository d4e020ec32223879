import type { NodeId } from '../../../graph/model/id.ts';
import type { Expr, LinkKeys, OperationKey } from '../../keys.ts';
import { evaluatorOf } from '../evaluate.ts';
import type { ClientCall } from './clients.ts';

/** One part of a request, as far as code says what is in it. */
export interface SentPart {
  /** Each may hold a part of it. */
  readonly layers: readonly Expr[];
  /** More may be sent than the layers say. */
  readonly open: boolean;
}

export interface SentParts {
  readonly body: SentPart;
  readonly query: SentPart;
  readonly header: SentPart;
}

const NAMES = {
  body: ['body', 'data', 'json', 'payload'],
  query: ['query', 'params', 'searchParams'],
  header: ['headers', 'header'],
} as const satisfies Record<keyof SentParts, readonly string[]>;
const DEEPEST = 6;

/**
 * What a call sends. Where it tells a function of the repository which operation it means (`call('PUT /users/{id}', [id],
 * { name })`), what else it hands over is what is sent, in parts that are told apart by the fields of the operation; the
 * headers are those that the function puts on its requests.
 */
export function sentBy(keys: LinkKeys, call: ClientCall, operation: OperationKey | undefined): SentParts {
  const { body, query, headers, url, given, open = false } = call;
  const told = given ?? [];
  const only = (...layers: readonly (Expr | undefined)[]): readonly Expr[] => layers.filter((layer) => layer !== undefined);
  const own: SentParts = {
    body: { layers: only(body), open },
    query: { layers: only(query, ...(url.given ?? [])), open: open || (url.openQuery === true && (url.given ?? []).length === 0) },
    header: { layers: only(headers), open },
  };
  if (call.teller === undefined) return own;
  const fields = operation?.fields ?? [];
  const partOf = (part: 'body' | 'query'): SentPart => {
    const { layers } = own[part];
    if (layers.length > 0) return own[part];
    const named = told.flatMap((argument) => entriesOf(argument, NAMES[part]));
    if (named.length > 0) return { layers: named, open };
    const meant = told.filter((argument) => isMeant(argument, fields, `request.${part}`));
    // A literal that has one of its fields is this part; of anything else that is known only when the program runs.
    if (meant.some(({ is }) => is === 'object')) return { layers: meant.filter(({ is }) => is === 'object'), open };
    const unknown = told.filter(({ is }) => is !== 'object');
    return { layers: meant, open: open || meant.length < unknown.length };
  };
  const put = headersPutOn(keys, call.teller);
  return {
    body: partOf('body'),
    query: partOf('query'),
    header: {
      layers: [...own.header.layers, ...told.flatMap((argument) => entriesOf(argument, NAMES.header)), ...anyOf(put)],
      open: open || put.length === 0,
    },
  };
}

/** One object that stands for any of some: what not all of them have may be there. */
function anyOf(alternatives: readonly Expr[]): readonly Expr[] {
  const objects = alternatives.filter((each) => each.is === 'object');
  if (objects.length < 2) return alternatives;
  const entries = Object.fromEntries(objects.flatMap((each) => Object.entries(each.entries)));
  const isSure = (name: string): boolean => objects.every((each) => Object.hasOwn(each.entries, name) && !each.maybe?.includes(name));
  const spreads = objects.flatMap((each) => each.spreads ?? []);
  return [
    {
      is: 'object',
      entries,
      maybe: Object.keys(entries).filter((name) => !isSure(name)),
      ...(objects.some(({ spread }) => spread) ? { spread: true, spreads } : {}),
    },
    ...alternatives.filter(({ is }) => is !== 'object'),
  ];
}

const entriesOf = (expr: Expr, names: readonly string[]): readonly Expr[] =>
  expr.is === 'object' ? names.flatMap((name) => (Object.hasOwn(expr.entries, name) ? [expr.entries[name]!] : [])) : [];

/** A literal with one of the fields of that part, or a value of which the type is known. */
function isMeant(argument: Expr, fields: readonly string[], part: string): boolean {
  if (argument.is !== 'object') return 'type' in argument && (argument.type?.length ?? 0) > 0 && argument.is !== 'received';
  return Object.keys(argument.entries).some((name) => fields.includes(`${part}.${name}`));
}

const putOn = new WeakMap<LinkKeys, Map<NodeId, readonly Expr[]>>();

/** Headers of the objects that a function of the repository, or what implements it, hands over. */
function headersPutOn(keys: LinkKeys, teller: NodeId): readonly Expr[] {
  let cache = putOn.get(keys);
  if (!cache) putOn.set(keys, (cache = new Map()));
  let known = cache.get(teller);
  if (!known) {
    const index = headersOf(keys);
    cache.set(teller, (known = implementersOf(keys, teller).flatMap((id) => index.get(id) ?? [])));
  }
  return known;
}

const headers = new WeakMap<LinkKeys, ReadonlyMap<NodeId, readonly Expr[]>>();

/** Objects under `headers` in what is handed over, by the declaration that does so. */
function headersOf(keys: LinkKeys): ReadonlyMap<NodeId, readonly Expr[]> {
  const known = headers.get(keys);
  if (known) return known;
  const found = new Map<NodeId, Expr[]>();
  const { reduce } = evaluatorOf(keys);
  for (const { value: call } of keys.of('call')) {
    const inside = [call.callee, ...call.args].flatMap((expr) => headersIn(expr, 0)).map(reduce);
    if (inside.length > 0) found.set(call.from, [...(found.get(call.from) ?? []), ...inside]);
  }
  headers.set(keys, found);
  return found;
}

function headersIn(expr: Expr, depth: number): readonly Expr[] {
  if (depth > DEEPEST) return [];
  switch (expr.is) {
    case 'object':
      return [...entriesOf(expr, ['headers']), ...Object.values(expr.entries).flatMap((entry) => headersIn(entry, depth + 1))];
    case 'call':
      return [expr.callee, ...expr.args].flatMap((each) => headersIn(each, depth + 1));
    case 'member':
      return headersIn(expr.of, depth + 1);
    default:
      return [];
  }
}

/** The function itself; of a member of an interface, what makes or is an implementation of it. */
function implementersOf(keys: LinkKeys, id: NodeId): readonly NodeId[] {
  const dot = id.lastIndexOf('.');
  const owner = dot > id.indexOf('#') ? id.slice(0, dot) : undefined;
  if (owner === undefined) return [id];
  const isOwner = (type: { readonly id?: NodeId }): boolean => type.id === owner;
  const made = keys.of('value').flatMap(({ value: { id: maker, value, returns } }) => {
    const isMade = [value, returns].some((expr) => expr?.is === 'object' && expr.type?.some(isOwner) === true);
    return isMade ? [maker] : [];
  });
  const classes = keys.of('type').flatMap(({ value }) => (value.bases?.some(isOwner) ? [`${value.id}${id.slice(dot)}`] : []));
  return [id, ...made, ...classes];
}

import type { NodeId } from '../../../graph/model/id.ts';
import type { Expr, TypeName } from '../../keys.ts';
import type { Members } from '../data/members.ts';

/** A field of what is sent, and the property of a type that it is; without one, the code writes it itself. */
export interface PayloadField {
  readonly path: string;
  readonly property?: NodeId;
}

const DEEPEST = 6;
const MOST = 400;
/** Calls that give their argument another form. */
const ENCODING = /^(stringify|from|encode|fromObject|superjson|instanceToPlain|classToPlain|fromJSON)$/;

/** The value inside `Buffer.from(JSON.stringify(x))`, `codec.encode(x)`, `x.toString()`. */
export function unwrapped(expr: Expr): Expr {
  if (expr.is !== 'call' || expr.created) return expr;
  const { callee, args } = expr;
  const name = 'path' in callee ? callee.path?.at(-1) : undefined;
  if (name !== undefined && ENCODING.test(name) && args[0]) return unwrapped(args[0]);
  if (callee.is === 'member' && callee.path.length === 1 && /^(toString|toJSON|subarray|buffer)$/.test(name ?? ''))
    return unwrapped(callee.of);
  return expr;
}

/** Parameters that a payload is made of and that have no type that says anything. */
export function openIn(payload: Expr, depth = 0): readonly Expr[] {
  const expr = unwrapped(payload);
  if (expr.is === 'parameter') return expr.type?.some(({ id, members, args }) => id !== undefined || members || args) ? [] : [expr];
  if (expr.is === 'object' && depth < 3) return Object.values(expr.entries).flatMap((entry) => openIn(entry, depth + 1));
  return [];
}

/** Fields of what an expression is, nested ones by dotted path; those of lists are those of their items. */
export function fieldsOf(payload: Expr, members: Members): readonly PayloadField[] {
  const found: PayloadField[] = [];
  const read = (from: Expr, prefix: string, depth: number): void => {
    if (depth > DEEPEST || found.length > MOST) return;
    const expr = unwrapped(from);
    if (expr.is === 'list') {
      if (expr.items[0]) read(expr.items[0], prefix, depth + 1);
      return;
    }
    const types = typesOf(expr).filter((type) => members.ofNamed(type));
    if (types.length > 0) {
      found.push(...typeFields(types, members, prefix));
      return;
    }
    if (expr.is !== 'object') return;
    for (const [name, value] of Object.entries(expr.entries)) {
      found.push({ path: prefix + name });
      read(value, `${prefix}${name}.`, depth + 1);
    }
  };
  read(payload, '', 0);
  return unique(found.slice(0, MOST));
}

/** Types of a value: declared, checked, or that of an instance. */
function typesOf(expr: Expr): readonly TypeName[] {
  if (expr.is === 'call' && expr.created && expr.callee.is === 'declared') return [{ id: expr.callee.id }];
  return 'type' in expr && expr.type ? expr.type : [];
}

export function typeFields(types: readonly TypeName[], members: Members, prefix = ''): readonly PayloadField[] {
  const found: PayloadField[] = [];
  const read = (type: TypeName, path: string, depth: number, around: readonly NodeId[]): void => {
    if (depth > DEEPEST || (type.id !== undefined && around.includes(type.id))) return;
    for (const { name, id, type: inner } of members.ofNamed(type)?.values() ?? []) {
      if (found.length > MOST) return;
      found.push({ path: path + name, ...(id === undefined ? {} : { property: id }) });
      for (const each of inner) read(each, `${path}${name}.`, depth + 1, type.id === undefined ? around : [...around, type.id]);
    }
  };
  for (const type of types) read(type, prefix, 0, []);
  return unique(found);
}

const unique = (fields: readonly PayloadField[]): readonly PayloadField[] => [
  ...new Map(fields.map((field) => [`${field.path} ${field.property ?? ''}`, field])).values(),
];

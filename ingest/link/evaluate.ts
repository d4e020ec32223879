import type { NodeId } from '../../graph/model/id.ts';
import type { CallKey, Expr, LinkKeys, Published, TypeName } from '../keys.ts';
import { testModules } from './test-modules.ts';

/** References that are followed one after another. */
const DEEPEST = 24;
/** Expressions that are looked at for one; functions that call each other would take for ever. */
const MOST_STEPS = 10_000;
/** Callers that one call is looked at from. */
const MOST_CALLERS = 400;
const FARTHEST_CALLER = 4;

/** A call as seen from where its values come from: parameters of the functions around it are replaced by what callers pass. */
export interface Site {
  readonly repo: string;
  readonly file: string;
  /** The call that says it: the outermost caller that had to be looked at. */
  readonly call: CallKey;
  readonly callee: Expr;
  readonly args: readonly Expr[];
  /** The functions that it was passed through, the innermost first. */
  readonly through: readonly NodeId[];
}

/**
 * Partial evaluation over the values that all files publish: constants, members of objects, returns of functions,
 * instances of classes, parameters by their callers. Total and bounded; what cannot be told stays as it is.
 */
export interface Evaluator {
  /** The expression with all references followed that can be followed. */
  reduce(expr: Expr): Expr;
  /** The call seen from each caller, as long as `part` of it still depends on parameters; itself when nobody calls. */
  sites(call: Published<CallKey>, part: (site: Pick<Site, 'callee' | 'args'>) => readonly Expr[]): readonly Site[];
  /** Calls of a declared function or method, those through an interface that it implements included. */
  callsOf(id: NodeId): readonly Published<CallKey>[];
}

const cache = new WeakMap<LinkKeys, Evaluator>();

/** One evaluator for all linkers of a run. */
export function evaluatorOf(keys: LinkKeys): Evaluator {
  let known = cache.get(keys);
  if (!known) cache.set(keys, (known = createEvaluator(keys)));
  return known;
}

type Bindings = ReadonlyMap<NodeId, readonly Expr[]>;
const NOTHING: Bindings = new Map();

function createEvaluator(keys: LinkKeys): Evaluator {
  const values = new Map<NodeId, Expr>();
  const returns = new Map<NodeId, Expr>();
  for (const { value: key } of keys.of('value')) {
    // `app: Application` and `this.app = express()`: the type is what is left when no value is known.
    const known = values.get(key.id);
    if (key.value && (!known || (known.is === 'typed' && key.value.is !== 'typed'))) values.set(key.id, key.value);
    if (key.returns && !returns.has(key.id)) returns.set(key.id, key.returns);
  }
  const bases = new Map<NodeId, readonly NodeId[]>();
  const declared = new Set<NodeId>();
  for (const { value: key } of keys.of('type')) {
    bases.set(
      key.id,
      (key.bases ?? []).flatMap(({ id }) => id ?? []),
    );
    for (const member of Object.keys(key.members)) declared.add(`${key.id}.${member}`);
  }
  for (const { value: key } of keys.of('declares'))
    for (const name of [...key.exported, ...key.internal]) declared.add(`${key.module}#${name}`);

  /** The member of a class or of what it extends. */
  const memberOf = (type: NodeId, name: string, depth = 0): NodeId | undefined => {
    const own = `${type}.${name}`;
    if (declared.has(own)) return own;
    if (depth > 8) return undefined;
    for (const base of bases.get(type) ?? []) {
      const found = memberOf(base, name, depth + 1);
      if (found !== undefined) return found;
    }
    return undefined;
  };

  /** Members of typed objects that functions and constants give, tests aside: the first that is stated. */
  let made: Map<NodeId, Expr> | undefined;
  const settings = (): ReadonlyMap<NodeId, Expr> => {
    if (made) return made;
    made = new Map();
    const isTest = testModules(keys);
    for (const { repo, file, value: key } of keys.of('value'))
      for (const object of [key.value, key.returns])
        if (object?.is === 'object' && object.type && !isTest(repo, file))
          for (const { id } of object.type)
            for (const [name, entry] of id === undefined ? [] : Object.entries(object.entries))
              if (!made.has(`${id}.${name}`)) made.set(`${id}.${name}`, entry);
    return made;
  };

  const select = (expr: Expr, path: readonly string[], bound: Bindings, depth: number): Expr => {
    const [first, ...rest] = path;
    if (first === undefined) return expr;
    switch (expr.is) {
      case 'object': {
        const entry = Object.hasOwn(expr.entries, first) ? expr.entries[first] : undefined;
        return entry ? select(reduce(entry, bound, depth + 1), rest, bound, depth + 1) : { is: 'unknown' };
      }
      case 'list': {
        const item = expr.items[Number(first)];
        return item ? select(reduce(item, bound, depth + 1), rest, bound, depth + 1) : { is: 'unknown' };
      }
      case 'external':
        return { ...expr, path: [...expr.path, ...path] };
      case 'parameter':
      case 'received':
        return { ...expr, path: [...(expr.path ?? []), ...path] };
      case 'member':
        return { ...expr, path: [...expr.path, ...path] };
      case 'join':
        // `new URL('/users', base).href`
        return first === 'href' && rest.length === 0 ? expr : { is: 'member', of: expr, path };
      case 'call': {
        // A member of an instance of a class of the repository.
        if (expr.created && expr.callee.is === 'declared' && !expr.callee.path) {
          const member = memberOf(expr.callee.id, first);
          if (member !== undefined) {
            const args = new Map(bound).set(`${expr.callee.id}.constructor`, expr.args);
            const value = values.get(member);
            return value ? select(reduce(value, args, depth + 1), rest, bound, depth + 1) : extend({ is: 'declared', id: member }, rest);
          }
        }
        return { is: 'member', of: expr, path };
      }
      case 'declared': {
        const member = expr.path ? undefined : memberOf(expr.id, first);
        if (member !== undefined) return reduce(extend({ is: 'declared', id: member }, rest), bound, depth + 1);
        return { is: 'declared', id: expr.id, path: [...(expr.path ?? []), ...path] };
      }
      default:
        return { is: 'member', of: expr, path };
    }
  };

  const extend = (expr: Extract<Expr, { is: 'declared' }>, path: readonly string[]): Expr => (path.length === 0 ? expr : { ...expr, path });

  const text = (parts: readonly Expr[]): Expr => {
    const merged: Expr[] = [];
    for (const part of parts.flatMap((each) => (each.is === 'join' ? each.parts : [each]))) {
      const last = merged.at(-1);
      const literal = part.is === 'literal' ? ({ is: 'text', text: part.text } as const) : part;
      if (literal.is === 'text' && last?.is === 'text') merged[merged.length - 1] = { is: 'text', text: last.text + literal.text };
      else merged.push(literal);
    }
    return merged.length === 1 ? merged[0]! : { is: 'join', parts: merged };
  };

  let steps = 0;
  function reduce(expr: Expr, bound: Bindings, depth: number): Expr {
    if (depth === 0) steps = 0;
    if (depth > DEEPEST || ++steps > MOST_STEPS) return expr;
    switch (expr.is) {
      case 'declared': {
        const value = values.get(expr.id);
        // `this.users.find`: the class, and what it has.
        const [member, ...rest] = expr.path ?? [];
        const inner = value || member === undefined ? undefined : memberOf(expr.id, member);
        if (inner !== undefined && inner !== expr.id) return reduce(extend({ is: 'declared', id: inner }, rest), bound, depth + 1);
        // What a setting is, `config.userUrl`, where one object of that type is made from the environment.
        const setting = value || expr.path ? undefined : settings().get(expr.id);
        if (setting) {
          const known = reduce(setting, bound, depth + 1);
          if (isSetting(known)) return known;
        }
        // A constructor's parameter, a type that is all there is to know: the declaration says more.
        if (!value || (value.is === 'typed' && !expr.path)) return value ?? expr;
        if (!expr.path) return reduce(value, bound, depth + 1);
        // Of a large object, only the member that is asked for.
        let path: readonly string[] = expr.path;
        let at: Expr = value;
        while (path.length > 0 && at.is === 'object' && !at.spreads && !at.computed && Object.hasOwn(at.entries, path[0]!)) {
          at = at.entries[path[0]!]!;
          path = path.slice(1);
        }
        const known = reduce(at, bound, depth + 1);
        return path.length > 0 ? select(known, path, bound, depth + 1) : known;
      }
      case 'parameter': {
        const given = bound.get(expr.of)?.[expr.index];
        if (!given) return expr;
        return expr.path ? select(reduce(given, NOTHING, depth + 1), expr.path, bound, depth + 1) : reduce(given, NOTHING, depth + 1);
      }
      case 'member':
        return select(reduce(expr.of, bound, depth + 1), expr.path, bound, depth + 1);
      case 'join':
        return text(expr.parts.map((part) => reduce(part, bound, depth + 1)));
      case 'environment': {
        const by = expr.by && reduce(expr.by, bound, depth + 1);
        const { by: _by, ...named } = expr;
        const known: Expr = by?.is === 'text' ? { ...named, name: by.text } : by ? { ...expr, by } : expr;
        return expr.fallback ? { ...known, fallback: reduce(expr.fallback, bound, depth + 1) } : known;
      }
      case 'object': {
        const entries = Object.entries(expr.entries).map(([name, entry]): [string, Expr] => [name, reduce(entry, bound, depth + 1)]);
        const { spreads, computed, spread, ...rest } = expr;
        const open: (readonly [Expr, Expr])[] = [];
        for (const [key, entry] of computed ?? []) {
          const name = reduce(key, bound, depth + 1);
          if (name.is === 'text') entries.push([name.text, reduce(entry, bound, depth + 1)]);
          else open.push([name, entry]);
        }
        const kept = { ...rest, ...(open.length > 0 ? { computed: open } : {}) };
        if (!spreads) return { ...kept, entries: Object.fromEntries(entries), ...(spread ? { spread } : {}) };
        const spreadOut = spreads.map((each) => reduce(each, bound, depth + 1));
        const own = Object.fromEntries(entries);
        const maybe = spreadOut
          .flatMap((each) => (each.is === 'object' ? (each.maybe ?? []) : []))
          .filter((name) => !Object.hasOwn(own, name));
        return {
          ...kept,
          ...spreadInto(own, spreadOut),
          ...(maybe.length > 0 ? { maybe: [...new Set([...(kept.maybe ?? []), ...maybe])] } : {}),
        };
      }
      case 'list':
        return { ...expr, items: expr.items.map((item) => reduce(item, bound, depth + 1)) };
      case 'received':
        return { ...expr, callee: reduce(expr.callee, bound, depth + 1) };
      case 'call': {
        const callee = reduce(expr.callee, bound, depth + 1);
        const args = expr.args.map((argument) => reduce(argument, bound, depth + 1));
        const result: Expr = { ...expr, callee, args };
        if (expr.created) return callee.is === 'external' && callee.path[0] === 'URL' ? absolute(args, result) : result;
        if (callee.is === 'declared' && !callee.path) {
          const returned = bound.has(callee.id) ? undefined : returns.get(callee.id);
          if (returned) return reduce(returned, new Map(bound).set(callee.id, args), depth + 1);
        }
        // A member of a literal that makes a text: `PATHS.person(id)`.
        if (callee.is === 'function' && callee.returns && (callee.returns.is === 'join' || callee.returns.is === 'text'))
          return reduce(callee.returns, bound, depth + 1);
        if (callee.is === 'member') return method(callee, args, result);
        return result;
      }
      default:
        return expr;
    }
  }

  /** `new URL('/users', base)`. */
  const absolute = ([path, base]: readonly Expr[], otherwise: Expr): Expr => (path ? (base ? text([base, path]) : path) : otherwise);

  /** Methods of texts that change nothing for whoever reads a path. */
  const method = (callee: Extract<Expr, { is: 'member' }>, args: readonly Expr[], otherwise: Expr): Expr => {
    const name = callee.path.length === 1 ? callee.path[0] : undefined;
    const isText = callee.of.is === 'text' || callee.of.is === 'join' || callee.of.is === 'environment';
    if (!isText) return otherwise;
    if (name === 'toString' || name === 'toJSON' || name === 'trim' || name === 'valueOf') return callee.of;
    if (name === 'concat') return text([callee.of, ...args]);
    if (name === 'replace' && callee.of.is === 'text' && args[0]?.is === 'text') {
      const [before, ...after] = callee.of.text.split(args[0].text);
      return after.length > 0
        ? text([{ is: 'text', text: before! }, args[1] ?? { is: 'unknown' }, { is: 'text', text: after.join(args[0].text) }])
        : callee.of;
    }
    return name === 'replace' ? callee.of : otherwise;
  };

  let calls: Map<NodeId, Published<CallKey>[]> | undefined;
  /** Interface member to the members that implement it, and back. */
  const implementers = new Map<NodeId, NodeId[]>();
  for (const [type, list] of bases) for (const base of list) implementers.set(base, [...(implementers.get(base) ?? []), type]);

  const callsOf = (id: NodeId): readonly Published<CallKey>[] => {
    if (!calls) {
      calls = new Map();
      for (const call of keys.of('call')) {
        const callee = reduce(call.value.callee, NOTHING, 0);
        if (callee.is !== 'declared' || callee.path) continue;
        const target = call.value.created ? `${callee.id}.constructor` : callee.id;
        const known = calls.get(target);
        if (known) known.push(call);
        else calls.set(target, [call]);
      }
    }
    const dot = id.lastIndexOf('.');
    const holder = dot > id.indexOf('#') ? id.slice(0, dot) : undefined;
    const bound = holder === undefined ? [] : (bases.get(holder) ?? []).map((base) => `${base}${id.slice(dot)}`);
    return [id, ...bound].flatMap((name) => calls!.get(name) ?? []);
  };

  return {
    reduce: (expr) => reduce(expr, NOTHING, 0),
    callsOf,
    sites(call, part) {
      const found: Site[] = [];
      const look = (current: Site, seen: readonly NodeId[]): void => {
        const open = seen.length < FARTHEST_CALLER ? parametersIn(part(current), seen) : undefined;
        const callers = open === undefined ? [] : callsOf(open);
        if (open === undefined || callers.length === 0) {
          found.push(current);
          return;
        }
        for (const { repo, file, value: caller } of callers) {
          if (found.length >= MOST_CALLERS) return;
          const bound: Bindings = new Map([[open, caller.args]]);
          look(
            {
              repo,
              file,
              call: { ...caller, result: mergeResults(caller, current.call) },
              callee: reduce(current.callee, bound, 0),
              args: current.args.map((argument) => reduce(argument, bound, 0)),
              through: [...current.through, open],
            },
            [...seen, open],
          );
        }
      };
      const { value } = call;
      const start = { callee: reduce(value.callee, NOTHING, 0), args: value.args.map((argument) => reduce(argument, NOTHING, 0)) };
      look({ repo: call.repo, file: call.file, call: value, ...start, through: [] }, []);
      return found;
    },
  };
}

/** The keys of an object with those of the literals that are spread into it; `spread` while others are left. */
function spreadInto(
  entries: Readonly<Record<string, Expr>>,
  spreads: readonly Expr[],
): { readonly entries: Readonly<Record<string, Expr>>; readonly spread?: true; readonly spreads: readonly Expr[] } {
  const literals = spreads.filter((spread) => spread.is === 'object');
  const left = [...spreads.filter((spread) => spread.is !== 'object'), ...literals.flatMap((literal) => literal.spreads ?? [])];
  const all = Object.fromEntries([...literals.flatMap((literal) => Object.entries(literal.entries)), ...Object.entries(entries)]);
  return { entries: all, ...(left.length > 0 ? { spread: true } : {}), spreads: left };
}

/** Comes from the environment, so that it says where something is and not what one thing is called. */
const isSetting = (expr: Expr): boolean =>
  expr.is === 'environment' || (expr.is === 'join' && expr.parts.some((part) => part.is === 'environment'));

/** What the caller makes of the result comes first; type arguments of a generic wrapper are types of the result. */
function mergeResults(caller: CallKey, _wrapped: CallKey): NonNullable<CallKey['result']> {
  const given: readonly TypeName[] = caller.types?.flat() ?? [];
  return { ...caller.result, as: [...given, ...(caller.result?.as ?? [])] };
}

/**
 * The function whose parameters some expressions depend on; undefined when they depend on none. What a method is called
 * with comes before what its class was made with: the one says which path, the other which host.
 */
function parametersIn(exprs: readonly Expr[], seen: readonly NodeId[]): NodeId | undefined {
  const found = exprs.flatMap((expr) => parameters(expr, 0)).filter((id) => !seen.includes(id));
  return found.find((id) => !id.endsWith('.constructor')) ?? found[0];
}

function parameters(expr: Expr, depth: number): readonly NodeId[] {
  if (depth > 6) return [];
  switch (expr.is) {
    case 'parameter':
      return [expr.of];
    case 'join': {
      const found: NodeId[] = [];
      for (const part of expr.parts) {
        // From where the path has begun, a parameter is a hole in it like any other.
        if (part.is === 'text' && /(^|[^:/])\/[^/]/.test(part.text)) break;
        found.push(...parameters(part, depth + 1));
      }
      return found;
    }
    case 'member':
      return parameters(expr.of, depth + 1);
    default:
      return [];
  }
}

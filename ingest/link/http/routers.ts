import type { NodeId } from '../../../graph/model/id.ts';
import type { CallKey, Expr, LinkKeys, TypeName } from '../../keys.ts';
import { evaluatorOf } from '../evaluate.ts';
import { originOf } from '../origin.ts';
import { testModules } from '../test-modules.ts';
import { verbOf, type Dialect, type Said, type SaidRoute } from './dialect.ts';
import { express } from './servers/express.ts';
import { fastify } from './servers/fastify.ts';
import { hono } from './servers/hono.ts';
import { koa } from './servers/koa.ts';
import { autoloaded, autoloadPrefix, joinFolders, moduleOf } from './autoload.ts';
import { functionsOf } from './functions.ts';
import { joinPaths, pathText, type PathText } from './path-text.ts';

/** Frameworks in which routes are registered by calls on applications and routers. */
const DIALECTS: readonly Dialect[] = [express, fastify, hono, koa];
const DEEPEST = 16;
/** Ways along which one router may be mounted that are told apart. */
const MOST_PREFIXES = 24;
/** Rounds in which what a router is becomes known from where it is mounted. */
const MOST_ROUNDS = 12;

/** A route as registered, with the whole path. */
export interface Registration {
  readonly repo: string;
  readonly file: string;
  readonly line: number;
  readonly col: number;
  readonly call: CallKey;
  readonly framework: string;
  readonly said: SaidRoute;
  readonly path: string;
  readonly certain: boolean;
  readonly confidence: number;
}

/** An application or router; what is a parameter somewhere is one of its own, mounted in what it is given. */
interface Router {
  readonly key: string;
  dialect?: Dialect;
  root: boolean;
  /** It is one by its value or type. */
  certain: boolean;
  readonly prefixes: PathText[];
  readonly parents: { readonly key: string; readonly prefix: PathText }[];
}

interface Place {
  readonly repo: string;
  readonly file: string;
  readonly call: CallKey;
}

/** A router, seen at a path of it. */
interface View {
  readonly key: string;
  readonly prefixes: readonly Expr[];
}

interface Statement {
  readonly place: Place;
  readonly view: View;
  readonly method: string;
  readonly args: readonly Expr[];
  read?: true;
}

const NO_PREFIX: PathText = { text: '', certain: true };
const METHODS = new Set(['use', 'register', 'route', 'on', 'openapi', 'prefix']);

export function registrationsOf(keys: LinkKeys): readonly Registration[] {
  const evaluator = evaluatorOf(keys);
  const functions = functionsOf(keys);
  const routers = new Map<string, Router>();
  const statements: Statement[] = [];
  const parameters = new Map<string, Extract<Expr, { is: 'parameter' }>>();
  const isTest = testModules(keys);

  const values = new Map<NodeId, Expr>();
  const returns = new Map<NodeId, Expr>();
  for (const { value: key } of keys.of('value')) {
    const known = values.get(key.id);
    if (key.value && (!known || (known.is === 'typed' && key.value.is !== 'typed'))) values.set(key.id, key.value);
    if (key.returns && !returns.has(key.id)) returns.set(key.id, key.returns);
  }
  const memberTypes = new Map(keys.of('type').map(({ value }) => [value.id, value.members]));
  const aliases = new Map(keys.of('type').map(({ value }) => [value.id, value.bases ?? []]));

  const dialectOf = (types: readonly TypeName[], depth = 0): Dialect | undefined => {
    for (const type of types) {
      const found =
        type.package !== undefined
          ? DIALECTS.find((dialect) => dialect.packages.test(type.package!) && dialect.types.test(type.name ?? ''))
          : type.id !== undefined && depth < 4
            ? dialectOf(aliases.get(type.id) ?? [], depth + 1)
            : undefined;
      if (found) return found;
    }
    return undefined;
  };

  /** What is written of a member, where the type is that of the whole parameter: `({ app }: { app: Express }) => …`. */
  const typesAlong = (types: readonly TypeName[], path: readonly string[]): readonly TypeName[] => {
    const [first, ...rest] = path;
    if (first === undefined) return types;
    const inner = types.flatMap((type) => {
      const members = type.members ?? {};
      if (Object.hasOwn(members, first)) return members[first] ?? [];
      const declared = type.id === undefined ? undefined : memberTypes.get(type.id);
      return declared && Object.hasOwn(declared, first) ? (declared[first]?.type ?? []) : [];
    });
    return inner.length > 0 ? typesAlong(inner, rest) : types;
  };

  const router = (key: string, dialect: Dialect | undefined, root: boolean, certain: boolean): Router => {
    let known = routers.get(key);
    if (!known) routers.set(key, (known = { key, root, certain, prefixes: [], parents: [] }));
    if (dialect && !known.dialect) known.dialect = dialect;
    if (root) known.root = true;
    if (certain) known.certain = true;
    return known;
  };

  const mount = (child: string, parent: string, prefix: PathText): boolean => {
    if (child === parent) return false;
    const { parents } = routers.get(child)!;
    if (parents.length >= MOST_PREFIXES || parents.some((known) => known.key === parent && known.prefix.text === prefix.text)) return false;
    parents.push({ key: parent, prefix });
    return true;
  };

  /** The applications and routers that an expression may be; none when it is something else. */
  const identify = (expr: Expr, place: Place, depth: number): readonly View[] => {
    if (depth > DEEPEST) return [];
    switch (expr.is) {
      case 'declared': {
        const value = expr.path ? undefined : values.get(expr.id);
        if (expr.path) {
          const reduced = evaluator.reduce(expr);
          return reduced.is === 'declared' && reduced.path ? [] : identify(reduced, place, depth + 1);
        }
        if (value?.is === 'typed') return typed(value.type, `declared ${expr.id}`);
        if (value) return identify(value, place, depth + 1);
        // A member of an interface: only its type is known.
        const dot = expr.id.lastIndexOf('.');
        const members = dot > expr.id.indexOf('#') ? memberTypes.get(expr.id.slice(0, dot)) : undefined;
        const name = expr.id.slice(dot + 1);
        return members && Object.hasOwn(members, name) ? typed(members[name]?.type ?? [], `declared ${expr.id}`) : [];
      }
      case 'call':
        return made(expr, place, depth);
      case 'member': {
        const reduced = evaluator.reduce(expr);
        return reduced.is === 'member' ? [] : identify(reduced, place, depth + 1);
      }
      case 'parameter': {
        const types = typesAlong(expr.type ?? [], expr.path ?? []);
        const dialect = dialectOf(types);
        if (!dialect && types.some((type) => type.package !== undefined)) return [];
        const key = `parameter ${expr.of} ${expr.index} ${(expr.path ?? []).join('.')}`;
        parameters.set(key, expr);
        router(key, dialect, false, dialect !== undefined);
        return [{ key, prefixes: [] }];
      }
      case 'received': {
        const elements = elementsOf(expr);
        if (elements) return elements.flatMap((element) => identify(element, place, depth + 1));
        if (expr.path && expr.path.length > 0) return [];
        const dialect = dialectOf(expr.type ?? []);
        if (!dialect && (expr.type ?? []).some((type) => type.package !== undefined)) return [];
        const fn = functions.around(place.call, expr);
        if (!fn) return dialect ? typed(expr.type ?? [], `received ${place.call.from}`) : [];
        const key = `function ${fn} ${expr.index}`;
        router(key, dialect, false, dialect !== undefined);
        return [{ key, prefixes: [] }];
      }
      case 'typed':
        return typed(expr.type, `typed ${place.call.from}`);
      default:
        return [];
    }
  };

  const typed = (types: readonly TypeName[], key: string): readonly View[] => {
    const dialect = dialectOf(types);
    if (!dialect) return [];
    router(key, dialect, true, true);
    return [{ key, prefixes: [] }];
  };

  const made = (expr: Extract<Expr, { is: 'call' }>, place: Place, depth: number): readonly View[] => {
    const { callee } = expr;
    if (callee.is === 'external') {
      const dialect = DIALECTS.find(({ packages }) => packages.test(callee.package));
      const origin = dialect && originOf(expr);
      const creation = origin && dialect.creates(origin);
      if (!creation || expr.made === undefined) return [];
      const known = router(expr.made, dialect, creation.root, true);
      if (creation.prefix && known.prefixes.length === 0) known.prefixes.push(pathText(evaluator.reduce(creation.prefix), keys));
      return [{ key: expr.made, prefixes: [] }];
    }
    const named = lastName(callee);
    if (named) {
      const given = identify(named.of, place, depth + 1).flatMap((view): View[] => {
        const dialect = routers.get(view.key)?.dialect;
        const gives = dialect?.gives(named.name, expr.args);
        return gives ? [gives.prefix ? { ...view, prefixes: [...view.prefixes, gives.prefix] } : view] : [];
      });
      if (given.length > 0) return given;
      const chained = unknownChain(named, expr.args, place, depth);
      if (chained.length > 0) return chained;
    }
    const fn = callee.is === 'declared' ? (callee.path ? evaluator.reduce(callee) : callee) : named ? evaluator.reduce(callee) : callee;
    const returned = fn.is === 'declared' && !fn.path && !expr.created ? returns.get(fn.id) : undefined;
    if (!returned) {
      const reduced = evaluator.reduce(expr);
      return reduced.is === 'call' || reduced.is === 'member' || reduced.is === 'unknown' ? [] : identify(reduced, place, depth + 1);
    }
    const inner = identify(returned, place, depth + 1);
    if (expr.made === undefined || inner.length === 0) return inner;
    // Each call of a factory makes another one, which has what the factory gave it.
    const outer = router(
      expr.made,
      routers.get(inner[0]!.key)?.dialect,
      inner.some(({ key }) => routers.get(key)!.root),
      true,
    );
    for (const { key } of inner) mount(key, outer.key, NO_PREFIX);
    return [{ key: outer.key, prefixes: inner[0]!.prefixes }];
  };

  /** `router.route('/x').get(…)` of a router of which only its mounting says what it is. */
  const unknownChain = (named: Named, args: readonly Expr[], place: Place, depth: number): readonly View[] => {
    if (named.name !== 'route' && verbOf(named.name) === undefined) return [];
    return identify(named.of, place, depth + 1).flatMap((view): View[] => {
      if (routers.get(view.key)?.dialect) return [];
      const given = express.gives(named.name, args);
      return given ? [given.prefix ? { ...view, prefixes: [...view.prefixes, given.prefix] } : view] : [];
    });
  };

  /** What `x` is in `xs.forEach((x) => …)`, member by member; undefined for other functions. */
  const elementsOf = (expr: Extract<Expr, { is: 'received' }>): readonly Expr[] | undefined => {
    const named = lastName(expr.callee);
    if (!named || (named.name !== 'forEach' && named.name !== 'map') || expr.index !== 0) return undefined;
    const list = listOf(named.of);
    return list?.map((item) => (expr.path ? memberOf(item, expr.path) : item));
  };

  /** Items as written, so that they still say which declaration they are. */
  const listOf = (expr: Expr, depth = 0): readonly Expr[] | undefined => {
    if (expr.is === 'list') return expr.items;
    const value = expr.is === 'declared' && !expr.path ? values.get(expr.id) : undefined;
    if (value && depth < 8) return listOf(value, depth + 1);
    const reduced = evaluator.reduce(expr);
    return reduced.is === 'list' ? reduced.items : undefined;
  };

  const memberOf = (expr: Expr, [first, ...rest]: readonly string[]): Expr => {
    if (first === undefined) return expr;
    const entry = expr.is === 'object' && Object.hasOwn(expr.entries, first) ? expr.entries[first] : undefined;
    return entry ? memberOf(entry, rest) : { is: 'member', of: expr, path: [first, ...rest] };
  };

  /** What a plugin that is registered is given: the key of its first parameter. */
  const pluginOf = (expr: Expr, depth = 0): string | undefined => {
    if (depth > 6) return undefined;
    switch (expr.is) {
      case 'function':
        return `function ${expr.at}:${expr.line} 0`;
      case 'declared': {
        const value = expr.path ? evaluator.reduce(expr) : values.get(expr.id);
        if (value && value.is !== 'typed') return pluginOf(value, depth + 1);
        const of: Extract<Expr, { is: 'parameter' }> = { is: 'parameter', of: expr.id, index: 0 };
        const key = `parameter ${of.of} 0 `;
        if (!expr.path && !parameters.has(key)) parameters.set(key, of);
        return expr.path ? undefined : key;
      }
      case 'call':
        for (const argument of expr.args) {
          const found = argument.is === 'function' || argument.is === 'declared' ? pluginOf(argument, depth + 1) : undefined;
          if (found !== undefined) return found;
        }
        return undefined;
      case 'member': {
        const reduced = evaluator.reduce(expr);
        return reduced.is === 'member' ? undefined : pluginOf(reduced, depth + 1);
      }
      default:
        return undefined;
    }
  };

  const collect = (place: Place, named: Named, args: readonly Expr[]): void => {
    for (const view of identify(named.of, place, 0)) statements.push({ place, view, method: named.name, args });
  };

  for (const call of keys.of('call')) {
    const named = lastName(call.value.callee);
    if (!named || !(METHODS.has(named.name) || verbOf(named.name) !== undefined) || call.value.args.length === 0) continue;
    if (isTest(call.repo, call.file)) continue;
    const place: Place = { repo: call.repo, file: call.file, call: call.value };
    const decides = call.value.args.slice(0, 2).filter((argument) => argument.is !== 'function');
    if (decides.some((argument) => dependsOnParameter(evaluator.reduce(argument), 0)) && identify(named.of, place, 0).length > 0) {
      for (const site of evaluator.sites(call, ({ args }) => args.slice(0, 2))) {
        const seen = lastName(site.callee);
        const there: Place = { repo: site.repo, file: site.file, call: site.call };
        if (site.through.length > 0 && seen && identify(seen.of, there, 0).length > 0) collect(there, seen, site.args);
        else
          collect(
            site.through.length > 0 ? { ...place, call: { ...call.value, line: site.call.line, col: site.call.col } } : place,
            named,
            site.args,
          );
      }
    } else for (const args of expanded(call.value.args, elementsOf)) collect(place, named, args);
  }

  // What functions are given by their callers.
  const looked = new Set<string>();
  const follow = (): boolean => {
    let changed = false;
    for (const [key, { of, index, path }] of [...parameters]) {
      if (looked.has(key)) continue;
      looked.add(key);
      for (const { repo, file, value } of evaluator.callsOf(of)) {
        const argument = value.args[index];
        if (!argument || isTest(repo, file)) continue;
        const given = path ? memberOf(argument, path) : argument;
        for (const view of identify(given, { repo, file, call: value }, 0)) {
          router(key, routers.get(view.key)?.dialect, false, routers.get(view.key)?.certain === true);
          const prefix = view.prefixes.map((each) => pathText(evaluator.reduce(each), keys)).reduce(joinPaths, NO_PREFIX);
          changed = mount(key, view.key, prefix) || changed;
        }
      }
    }
    return changed;
  };

  const say = (statement: Statement, said: Said, dialect: Dialect): void => {
    const { view, place } = statement;
    const own = routers.get(view.key)!;
    if (said.prefix) own.prefixes.push(pathText(evaluator.reduce(said.prefix), keys));
    for (const { child, prefix } of said.mounts ?? []) {
      const before = view.prefixes.map((each) => pathText(evaluator.reduce(each), keys));
      const behind = prefix ? pathText(evaluator.reduce(prefix), keys) : NO_PREFIX;
      const whole = [...before, behind].reduce(joinPaths);
      const folder = autoloaded(child, statement.args[1]);
      if (folder !== undefined) {
        autoloads.push({ repo: place.repo, folder: joinFolders(place.file, folder), key: view.key, prefix: whole });
        continue;
      }
      const children = identify(child, place, 0);
      // What a child has put before its routes already is said where these are registered.
      for (const each of children) mount(each.key, view.key, whole);
      const plugin = children.length === 0 && statement.method === 'register' ? pluginOf(child) : undefined;
      if (plugin !== undefined) {
        router(plugin, dialect, false, own.certain);
        mount(plugin, view.key, whole);
      }
    }
  };

  /** Plugins that are registered by the folder they stand in. */
  const autoloads: { readonly repo: string; readonly folder: string; readonly key: string; readonly prefix: PathText }[] = [];
  const load = (): boolean => {
    let changed = false;
    for (const { repo, folder, key, prefix } of autoloads) {
      const parent = routers.get(key)!;
      for (const each of [...routers.values()]) {
        const module = each.parents.length === 0 && !each.root ? moduleOf(each.key) : undefined;
        if (module?.repo !== repo || !module.path.startsWith(folder) || each.key === key || isTest(repo, module.path)) continue;
        const inner = autoloadPrefix(module.path.slice(folder.length));
        if (inner === undefined) continue;
        router(each.key, parent.dialect, false, parent.certain);
        changed = mount(each.key, key, joinPaths(prefix, { text: inner, certain: true })) || changed;
      }
    }
    return changed;
  };

  const routes: { readonly statement: Statement; readonly said: SaidRoute; readonly dialect: Dialect }[] = [];
  const readAll = (dialectFor: (router: Router, statement: Statement) => Dialect | undefined): boolean => {
    let changed = false;
    for (const statement of statements) {
      const dialect = statement.read ? undefined : dialectFor(routers.get(statement.view.key)!, statement);
      if (!dialect) continue;
      statement.read = true;
      changed = true;
      const said = dialect.read(
        statement.method,
        statement.args.map((argument) => shallow(argument)),
        statement.place.call.types ?? [],
      );
      if (!said) continue;
      for (const each of said.routes ?? []) routes.push({ statement, said: each, dialect });
      say(statement, said, dialect);
    }
    return changed;
  };
  /** A child is of the framework of what it is mounted in. */
  const inherit = (): boolean => {
    let changed = false;
    for (const each of routers.values())
      for (const parent of each.parents) {
        const { dialect, certain } = routers.get(parent.key)!;
        if (!dialect || (each.dialect && (each.certain || !certain))) continue;
        each.dialect ??= dialect;
        each.certain ||= certain;
        changed = true;
      }
    return changed;
  };
  /** A value of which only the name is known, where an option or a path is expected. */
  const shallow = (expr: Expr): Expr => {
    if (expr.is !== 'declared' && expr.is !== 'member') return expr;
    const reduced = evaluator.reduce(expr);
    return reduced.is === 'text' || reduced.is === 'join' || reduced.is === 'list' || reduced.is === 'object'
      ? reduced
      : reduced.is === 'call' && isRouteConfig(reduced)
        ? reduced
        : expr;
  };
  for (let round = 0, changed = true; changed && round < MOST_ROUNDS; round++) {
    changed = follow();
    changed = inherit() || changed;
    changed = load() || changed;
    changed = readAll(({ dialect }) => dialect) || changed;
  }
  // Nobody says what these are: only what is named and written like a route is taken for one.
  readAll((_, { method, args }) =>
    verbOf(method) !== undefined && looksLikePath(evaluator.reduce(args[0]!)) && looksLikeHandler(args.at(-1)!) ? express : undefined,
  );

  const known = new Map<string, readonly Prefix[]>();
  const prefixesOf = (key: string, seen: readonly string[]): readonly Prefix[] => {
    const remembered = known.get(key);
    if (remembered) return remembered;
    const each = routers.get(key)!;
    const own = each.prefixes.reduce(joinPaths, NO_PREFIX);
    const above = each.parents
      .filter((parent) => !seen.includes(parent.key))
      .flatMap((parent) =>
        prefixesOf(parent.key, [...seen, key]).map((prefix) => ({ ...prefix, path: joinPaths(prefix.path, parent.prefix) })),
      );
    const start: readonly Prefix[] = above.length > 0 ? above : [{ path: NO_PREFIX, mounted: each.root }];
    const found = distinct(start.map((prefix) => ({ ...prefix, path: joinPaths(prefix.path, own) }))).slice(0, MOST_PREFIXES);
    if (seen.length === 0) known.set(key, found);
    return found;
  };

  return routes.flatMap(({ statement, said, dialect }): Registration[] => {
    const { place, view } = statement;
    const reduced = said.path ? evaluator.reduce(said.path) : undefined;
    if (reduced?.is === 'literal') return [];
    const parts = [
      ...view.prefixes.map((prefix) => pathText(evaluator.reduce(prefix), keys)),
      ...(reduced ? [pathText(reduced, keys)] : []),
    ];
    const { certain } = routers.get(view.key)!;
    const [line, col] = place.call.named ?? [place.call.line, place.call.col];
    return prefixesOf(view.key, []).map(({ path, mounted }) => {
      const whole = [path, ...parts].reduce(joinPaths);
      return {
        ...place,
        line,
        col,
        framework: dialect.framework,
        said,
        path: whole.text,
        certain,
        confidence: certain ? (whole.certain && mounted ? 1 : 0.9) : 0.7,
      };
    });
  });
}

interface Prefix {
  readonly path: PathText;
  readonly mounted: boolean;
}

function distinct(prefixes: readonly Prefix[]): readonly Prefix[] {
  const found = new Map<string, Prefix>();
  for (const prefix of prefixes) if (!found.get(prefix.path.text)?.mounted) found.set(prefix.path.text, prefix);
  return [...found.values()];
}

interface Named {
  readonly of: Expr;
  readonly name: string;
}

/** The last member of an expression and what it is a member of. */
export function lastName(expr: Expr): Named | undefined {
  if (expr.is !== 'declared' && expr.is !== 'parameter' && expr.is !== 'received' && expr.is !== 'member') return undefined;
  const name = expr.path?.at(-1);
  if (name === undefined) return undefined;
  const path = expr.path!.slice(0, -1);
  if (expr.is === 'member') return { name, of: path.length > 0 ? { ...expr, path } : expr.of };
  const { path: _path, ...rest } = expr;
  return { name, of: path.length > 0 ? { ...rest, path } : rest };
}

/** A call whose arguments are taken from what a loop goes over stands for a call with each. */
function expanded(
  args: readonly Expr[],
  elementsOf: (expr: Extract<Expr, { is: 'received' }>) => readonly Expr[] | undefined,
): readonly (readonly Expr[])[] {
  const known = new Map<Expr, readonly Expr[]>();
  const look = (expr: Expr): void => {
    if (expr.is === 'join') expr.parts.forEach(look);
    const elements = expr.is === 'received' ? elementsOf(expr) : undefined;
    if (elements) known.set(expr, elements);
  };
  args.forEach(look);
  const [first] = known.values();
  if (!first) return [args];
  const at = (expr: Expr, index: number): Expr =>
    expr.is === 'join' ? { ...expr, parts: expr.parts.map((part) => at(part, index)) } : (known.get(expr)?.[index] ?? expr);
  return first.map((_, index) => args.map((argument) => at(argument, index)));
}

function dependsOnParameter(expr: Expr, depth: number): boolean {
  if (depth > 6) return false;
  switch (expr.is) {
    case 'parameter':
      return true;
    case 'join':
      return expr.parts.some((part) => dependsOnParameter(part, depth + 1));
    case 'member':
      return dependsOnParameter(expr.of, depth + 1);
    case 'object':
      return ['url', 'path', 'prefix', 'method'].some(
        (name) => Object.hasOwn(expr.entries, name) && dependsOnParameter(expr.entries[name]!, depth + 1),
      );
    default:
      return false;
  }
}

/** `createRoute({ method, path })`. */
const isRouteConfig = (expr: Extract<Expr, { is: 'call' }>): boolean =>
  expr.args[0]?.is === 'object' && Object.hasOwn(expr.args[0].entries, 'method') && Object.hasOwn(expr.args[0].entries, 'path');

const looksLikePath = (expr: Expr): boolean => {
  const first = expr.is === 'join' ? expr.parts[0] : expr;
  return first?.is === 'text' && /^(\/|\*$)/.test(first.text);
};

const looksLikeHandler = (expr: Expr): boolean =>
  expr.is === 'function' || (expr.is === 'declared' && !expr.type) || (expr.is === 'call' && expr.args.some(looksLikeHandler));

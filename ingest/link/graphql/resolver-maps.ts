import { lastName, parseId, type NodeId } from '../../../graph/model/id.ts';
import type { At, Expr, LinkKeys } from '../../keys.ts';
import { evaluatorOf } from '../evaluate.ts';
import { originOf } from '../origin.ts';
import { graphqlSchemasOf } from './schemas.ts';

/** Code that says it resolves a field of a type of some schema. */
export interface Resolver {
  readonly repo: string;
  readonly type: string;
  readonly field: string;
  /** The declaration that does it. */
  readonly from: NodeId;
  readonly at: At & { readonly file: string };
  readonly rule: string;
  readonly confidence: number;
  /** It is known to be a resolver, not only to look like one. */
  readonly certain: boolean;
  /** A field of a class that the schema is made from: it stands for the field. */
  readonly mirrors?: true;
}

const SERVERS =
  /^(?:@graphql-tools\/.+|@apollo\/(?:server|subgraph|gateway)(?:\/.*)?|apollo-server(?:-.+)?|graphql-tools|graphql-yoga|@graphql-yoga\/.+|mercurius|graphql-modules|graphql-http|express-graphql)$/;
const ROOTS = new Set(['Query', 'Mutation', 'Subscription']);
/** Types that code generators give to resolvers: `Resolvers`, `QueryResolvers`, `IResolvers`. */
const TYPED = /^(?:I?Resolvers|(\w+?)Resolvers)$/;
const DEEPEST = 8;

interface Said {
  readonly repo: string;
  readonly file: string;
  readonly at: At;
  /** The declaration that holds the map. */
  readonly holder: NodeId;
  readonly rule: string;
  readonly confidence: number;
  readonly certain: boolean;
}

/** Resolver maps, `{ Query: { user: … }, User: { posts: … } }`: handed to a server, typed as resolvers, or of that shape. */
export function* resolverMaps(keys: LinkKeys): Iterable<Resolver> {
  const evaluator = evaluatorOf(keys);
  const schemas = graphqlSchemasOf(keys);
  if (schemas.length === 0) return;
  const types = new Set(schemas.flatMap((schema) => [...schema.types.keys()]));
  const tests = new Set(keys.of('declares').flatMap(({ repo, file, value }) => (value.test ? [`${repo}\0${file}`] : [])));

  for (const { repo, file, value } of keys.of('call')) {
    if (tests.has(`${repo}\0${file}`)) continue;
    // `app.register(mercurius, { schema, resolvers })`
    const isServer = [value.callee, value.args[0]].some((expr) => SERVERS.test((expr && originOf(evaluator.reduce(expr))?.package) ?? ''));
    if (!isServer) continue;
    const said = {
      repo,
      file,
      at: { line: value.line, col: value.col },
      holder: value.from,
      rule: 'server-resolvers',
      confidence: 1,
      certain: true,
    };
    for (const argument of value.args) {
      const options = evaluator.reduce(argument);
      if (options.is === 'object' && Object.hasOwn(options.entries, 'resolvers')) yield* mapsIn(options.entries['resolvers'], said);
    }
  }

  for (const { repo, file, value } of keys.of('value')) {
    if (tests.has(`${repo}\0${file}`)) continue;
    for (const expr of [value.value, value.returns]) {
      if (expr?.is !== 'object') continue;
      const [line = 1, col = 1] = value.at ?? [];
      const held = { repo, file, at: { line, col }, holder: value.id };
      const typed = (expr.type ?? []).flatMap(({ id, name }) => TYPED.exec(name ?? (id === undefined ? '' : lastName(id))) ?? [])[0];
      const names = Object.keys(expr.entries);
      if (typed !== undefined) {
        const of = /^(?!I?Resolvers$)(\w+?)Resolvers$/.exec(typed)?.[1];
        const said = { ...held, rule: 'typed-resolvers', confidence: 0.95, certain: true };
        if (of === undefined) yield* mapsIn(expr, said);
        else if (types.has(of)) yield* fieldsIn(of, expr, said);
      } else if (names.some((name) => ROOTS.has(name)) && names.every((name) => !/^[a-z]/.test(name)))
        yield* mapsIn(expr, { ...held, rule: 'resolver-map', confidence: 0.85, certain: false });
    }
  }

  function* mapsIn(expr: Expr | undefined, said: Said, depth = 0): Iterable<Resolver> {
    if (!expr || depth > DEEPEST) return;
    const known = evaluator.reduce(expr);
    // `mergeResolvers([users, posts])`, `merge({}, users, posts)`
    if (known.is === 'call') for (const argument of known.args) yield* mapsIn(argument, said, depth + 1);
    if (known.is === 'list') for (const item of known.items) yield* mapsIn(item, said, depth + 1);
    if (known.is !== 'object') return;
    for (const spread of known.spreads ?? []) yield* mapsIn(spread, said, depth + 1);
    for (const [type, entry] of Object.entries(known.entries)) if (types.has(type)) yield* fieldsIn(type, entry, said, depth + 1);
  }

  function* fieldsIn(type: string, expr: Expr, said: Said, depth = 0): Iterable<Resolver> {
    if (depth > DEEPEST) return;
    const known = evaluator.reduce(expr);
    if (known.is !== 'object') return;
    for (const spread of known.spreads ?? []) yield* fieldsIn(type, spread, said, depth + 1);
    for (const [field, entry] of Object.entries(known.entries))
      for (const { from, at, confidence } of doers(entry, said, depth + 1)) {
        const { repo, rule, certain } = said;
        yield { repo, type, field, from, at, rule, certain, confidence: said.confidence * confidence };
      }
  }

  /** The functions behind an entry: itself, what a wrapper is given, `{ subscribe, resolve }`. */
  function* doers(
    expr: Expr,
    said: Said,
    depth: number,
  ): Iterable<{ readonly from: NodeId; readonly at: Resolver['at']; readonly confidence: number }> {
    if (depth > DEEPEST) return;
    const own = { ...said.at, file: said.file };
    const known = evaluator.reduce(expr);
    if (known.is === 'function') {
      yield { from: known.at, at: { file: parseId(known.at)?.path ?? said.file, line: known.line, col: 1 }, confidence: 1 };
    } else if (known.is === 'declared') {
      yield { from: known.id, at: own, confidence: known.path ? 0.7 : 1 };
    } else if (known.is === 'object') {
      for (const name of ['resolve', 'subscribe'])
        if (Object.hasOwn(known.entries, name)) yield* doers(known.entries[name]!, said, depth + 1);
    } else if (known.is === 'call') {
      const functions = known.args.filter(({ is }) => is === 'function' || is === 'declared');
      for (const fn of functions) yield* doers(fn, said, depth + 1);
      if (functions.length === 0) yield { from: said.holder, at: own, confidence: 0.8 };
    } else if (known.is !== 'external') yield { from: said.holder, at: own, confidence: 0.8 };
  }
}

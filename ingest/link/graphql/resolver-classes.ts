import type { NodeId } from '../../../graph/model/id.ts';
import { lastName } from '../../../graph/model/id.ts';
import type { DecoratedKey, Expr, LinkKeys, Published } from '../../keys.ts';
import { evaluatorOf } from '../evaluate.ts';
import { entryOf } from '../http/dialect.ts';
import type { Resolver } from './resolver-maps.ts';

/** Packages whose decorators make a schema, or say which part of one a class resolves. */
const PACKAGES = /^(?:@nestjs\/graphql|type-graphql)$/;
const ROOTS = new Set(['Query', 'Mutation', 'Subscription']);
const FIELDS = new Set(['ResolveField', 'ResolveProperty', 'FieldResolver']);
const OBJECTS = new Set(['ObjectType', 'InterfaceType', 'InputType']);
const DEEPEST_BASE = 6;

interface Decorator {
  readonly name: string;
  readonly args: readonly Expr[];
  readonly key: Published<DecoratedKey>;
}

/** Methods of resolver classes, and members of the classes that types are made from (NestJS, TypeGraphQL). */
export function* resolverClasses(keys: LinkKeys): Iterable<Resolver> {
  const { reduce } = evaluatorOf(keys);
  const decorators = keys.of('decorated').flatMap((key): readonly Decorator[] => {
    const { decorator, args } = key.value;
    return decorator.is === 'external' && PACKAGES.test(decorator.package)
      ? [{ name: decorator.path.at(-1) ?? '', args: args.map(reduce), key }]
      : [];
  });
  if (decorators.length === 0) return;
  /** What a class is called in the schema, and what a resolver class resolves. */
  const objects = new Map<NodeId, string>();
  for (const { name, args, key } of decorators)
    if (key.value.on === 'class' && OBJECTS.has(name)) objects.set(key.value.id, nameIn(args) ?? lastName(key.value.id));
  const resolved = new Map<NodeId, string>();
  for (const { name, args, key } of decorators) {
    if (key.value.on !== 'class' || name !== 'Resolver') continue;
    const type = typeIn(args[0], objects);
    if (type !== undefined) resolved.set(key.value.id, type);
  }
  const derived = new Map<NodeId, NodeId[]>();
  for (const { value } of keys.of('type'))
    for (const { id } of value.bases ?? []) if (id !== undefined) derived.set(id, [...(derived.get(id) ?? []), value.id]);
  /** What the fields of a class are fields of: its own type, and those of the classes that extend it. */
  const typesWith = (id: NodeId, depth = 0): ReadonlySet<string> =>
    new Set([
      ...[objects.get(id) ?? []].flat(),
      ...(depth < DEEPEST_BASE ? (derived.get(id) ?? []).flatMap((each) => [...typesWith(each, depth + 1)]) : []),
    ]);
  for (const { name, args, key } of decorators) {
    const { repo, file, value } = key;
    const { id, on, line, col } = value;
    const holder = id.slice(0, id.lastIndexOf('.'));
    const said = { repo, field: nameIn(args) ?? lastName(id), from: id, at: { file, line, col }, certain: true };
    if (name === 'Field' && (on === 'property' || on === 'method'))
      for (const type of typesWith(holder))
        yield { ...said, type, rule: 'graphql-decorator', confidence: 0.95, ...(on === 'property' ? { mirrors: true as const } : {}) };
    if (on !== 'method') continue;
    const type = ROOTS.has(name) ? name : FIELDS.has(name) ? resolved.get(holder) : undefined;
    if (type !== undefined) yield { ...said, type, rule: 'graphql-decorator', confidence: 0.95 };
  }
}

/** `'user'`, `{ name: 'user' }` among the arguments of a decorator. */
function nameIn(args: readonly Expr[]): string | undefined {
  for (const argument of args) {
    const name = argument.is === 'text' ? argument : entryOf(argument, 'name');
    if (name?.is === 'text') return name.text;
  }
  return undefined;
}

/** `'User'`, `User`, `() => User`. */
function typeIn(expr: Expr | undefined, objects: ReadonlyMap<NodeId, string>): string | undefined {
  if (expr?.is === 'text') return expr.text;
  const named = expr?.is === 'function' ? expr.returns : expr;
  return named?.is === 'declared' ? (objects.get(named.id) ?? lastName(named.id)) : undefined;
}

import type { NodeId } from '../../../../graph/model/id.ts';
import type { DecoratedKey, Expr, LinkKeys, Published, TypeName } from '../../../keys.ts';
import { evaluatorOf } from '../../evaluate.ts';
import { originOf } from '../../origin.ts';
import { entryOf, type SaidRoute } from '../dialect.ts';
import { exchangesOf } from '../exchange.ts';
import type { Route } from '../route.ts';
import { asTemplate } from '../url.ts';
import { nestApplications } from './nest-application.ts';

const METHODS: ReadonlyMap<string, string> = new Map(
  ['Get', 'Post', 'Put', 'Patch', 'Delete', 'Head', 'Options', 'All'].map((name) => [name, name.toUpperCase()]),
);
const PARTS: ReadonlyMap<string, 'body' | 'query' | 'params' | 'headers'> = new Map<string, 'body' | 'query' | 'params' | 'headers'>([
  ['Body', 'body'],
  ['Query', 'query'],
  ['Param', 'params'],
  ['Headers', 'headers'],
]);
/** Decorators of @nestjs/swagger by which a success is described. */
const ANSWERS = new Set(['ApiResponse', 'ApiOkResponse', 'ApiCreatedResponse', 'ApiAcceptedResponse', 'ApiDefaultResponse']);
const DEEPEST_BASE = 6;

/** A decorator as it is, or as `applyDecorators` composes it. */
interface Decorator {
  readonly name: string;
  readonly args: readonly Expr[];
  readonly key: Published<DecoratedKey>;
}

/** Methods of controllers. */
export function* nestRoutes(keys: LinkKeys): Iterable<Route> {
  const evaluator = evaluatorOf(keys);
  const exchanges = exchangesOf(keys);
  const applications = nestApplications(keys);
  const decorators = new Map<NodeId, Decorator[]>();
  const classes: { readonly id: NodeId; readonly controller: Decorator }[] = [];
  const methodsOf = new Map<NodeId, Set<NodeId>>();

  for (const key of keys.of('decorated'))
    for (const decorator of decoratorsOf(key, evaluator.reduce)) {
      const { id, on } = key.value;
      const known = decorators.get(id);
      if (known) known.push(decorator);
      else decorators.set(id, [decorator]);
      if (on === 'class' && decorator.name === 'Controller') classes.push({ id, controller: decorator });
      if (on === 'method' && METHODS.has(decorator.name)) {
        const holder = id.slice(0, id.lastIndexOf('.'));
        methodsOf.set(holder, (methodsOf.get(holder) ?? new Set()).add(id));
      }
    }
  const bases = new Map(keys.of('type').map(({ value }) => [value.id, (value.bases ?? []).flatMap(({ id }) => id ?? [])]));

  /** Of the class and of what it extends, unless it says otherwise itself. */
  const methods = (id: NodeId, depth = 0): readonly NodeId[] => {
    const own = [...(methodsOf.get(id) ?? [])];
    if (depth > DEEPEST_BASE) return own;
    const names = new Set(own.map((method) => method.slice(method.lastIndexOf('.'))));
    const inherited = (bases.get(id) ?? []).flatMap((base) => methods(base, depth + 1));
    return [...own, ...inherited.filter((method) => !names.has(method.slice(method.lastIndexOf('.'))))];
  };

  for (const { id, controller } of classes) {
    const [options] = controller.args.map(evaluator.reduce);
    const where = options?.is === 'object' ? entryOf(options, 'path') : options;
    const { repo, file } = controller.key;
    for (const application of applications.of(repo, file, id))
      for (const method of methods(id)) {
        const all = decorators.get(method) ?? [];
        for (const verb of all) {
          const name = verb.key.value.on === 'method' ? METHODS.get(verb.name) : undefined;
          if (name === undefined) continue;
          const version = all.find((each) => each.name === 'Version')?.args[0] ?? entryOf(options, 'version');
          const said = { method: name, ...described(all) } satisfies SaidRoute;
          const found = exchanges.handlerOf({ is: 'declared', id: method });
          for (const base of texts(where, evaluator.reduce))
            for (const rest of texts(verb.args[0], evaluator.reduce))
              for (const path of application.paths(`${base}/${rest}`, version ? evaluator.reduce(version) : undefined, name))
                yield {
                  repo,
                  file: verb.key.file,
                  line: verb.key.value.line,
                  col: verb.key.value.col,
                  from: id,
                  method: name,
                  path: asTemplate(path.text),
                  framework: 'nest',
                  handlers: [{ id: method }],
                  exchange: exchanges.exchangeOf({ id: method }, said, found?.returns),
                  certain: true,
                  confidence: path.certain ? 1 : 0.9,
                };
        }
      }
  }
}

function decoratorsOf(key: Published<DecoratedKey>, reduce: (expr: Expr) => Expr): readonly Decorator[] {
  const { decorator, args } = key.value;
  if (decorator.is === 'external')
    return /^@nestjs\/|^routing-controllers$/.test(decorator.package) ? [{ name: decorator.path.at(-1) ?? '', args, key }] : [];
  // `@AdminController('users')` made of others.
  const made = reduce({ is: 'call', callee: decorator, args });
  const origin = originOf(made);
  if (made.is !== 'call' || !origin?.package.startsWith('@nestjs/')) return [];
  const [name] = origin.steps;
  const parts = name === 'applyDecorators' ? made.args : [made];
  return parts.flatMap((part): Decorator[] => {
    const from = part.is === 'call' ? originOf(part) : undefined;
    return part.is === 'call' && from?.package.startsWith('@nestjs/') ? [{ name: from.steps[0] ?? '', args: part.args, key }] : [];
  });
}

/** What the decorators of a method and its parameters say of types. */
function described(all: readonly Decorator[]): Pick<SaidRoute, 'types'> {
  const types: Record<'body' | 'query' | 'params' | 'headers' | 'response', TypeName[]> = {
    body: [],
    query: [],
    params: [],
    headers: [],
    response: [],
  };
  for (const { name, args, key } of all) {
    const { on, type = [] } = key.value;
    const part = on === 'parameter' ? PARTS.get(name) : undefined;
    // `@Param('id')` is one member, its name is in the path.
    if (part !== undefined && args[0]?.is === 'text') types[part].push({ members: { [args[0].text]: type } });
    else if (part !== undefined) types[part].push(...type);
    if (on === 'method' && METHODS.has(name)) types.response.push(...type);
    if (on !== 'method' || !ANSWERS.has(name)) continue;
    const status = entryOf(args[0], 'status');
    if (status?.is === 'literal' && !status.text.startsWith('2')) continue;
    types.response.push(...namedTypes(entryOf(args[0], 'type'), entryOf(args[0], 'isArray')?.is === 'literal'));
  }
  return { types };
}

/** `User`, `[User]`, and what a function makes of a class: `Page(User)` has its members. */
function namedTypes(expr: Expr | undefined, list: boolean): readonly TypeName[] {
  if (expr?.is === 'declared' && !expr.path) return [{ id: expr.id, ...(list ? { list: true as const } : {}) }];
  if (expr?.is === 'list') return expr.items.flatMap((item) => namedTypes(item, true));
  return [];
}

function texts(expr: Expr | undefined, reduce: (expr: Expr) => Expr): readonly string[] {
  if (!expr) return [''];
  const reduced = reduce(expr);
  if (reduced.is === 'list') return reduced.items.flatMap((item) => texts(item, reduce));
  if (reduced.is === 'text') return [reduced.text];
  if (reduced.is !== 'join') return [''];
  return [reduced.parts.map((part) => (part.is === 'text' ? part.text : '')).join('')];
}

import { ts } from 'ts-morph';
import { type NodeId, lastName } from '../../../graph/model/id.ts';
import type { CallKey, Expr, LinkKey, TypeName } from '../../keys.ts';
import { isDataPackage, isKnownPackage } from '../../known-packages.ts';
import {
  createExpressionReader,
  isRequire,
  isEnvironment,
  isGivenEnvironment,
  isWholeExport,
  onlyReturn,
  unwrapped,
  type ExpressionReader,
} from './expressions.ts';
import { initializerFunction } from './declarations.ts';
import { boundKeys, numbersOf } from './bounds.ts';
import { branchKeys } from './branches.ts';
import { declaredVariables, environmentKeys, givenVariables, hasFallback } from './environment.ts';
import { headerKeys } from './headers.ts';
import type { Resolver } from './resolver.ts';
import { resultOf, ROWS } from './results.ts';
import { selection } from './type-names.ts';
import { bare, declaredBy, exportedBy, exportOf, placeOf } from './naming.ts';

export interface SitesContext {
  readonly file: ts.SourceFile;
  readonly moduleId: NodeId;
  readonly named: ReadonlyMap<ts.Node, NodeId>;
  readonly resolver: Resolver;
  /** True when a specifier stands for a file of the repository. */
  readonly isOwn: (specifier: string) => boolean;
}

/** Packages that describe data: what they make is a value, calls of them lead nowhere. */
const DESCRIBING = /^(zod|joi|yup|valibot|class-validator|class-transformer|@sinclair\/typebox|drizzle-orm.*|rxjs)$/;
/** Methods by which a value is handed over to be used, whatever it is called with. */
const HANDING = new Set(['use', 'register', 'mount', 'route', 'routes', 'setGlobalPrefix', 'enableVersioning', 'basePath', 'group']);
/** Members of what a handler is given that hold what was sent. */
const GIVEN = new Set(['body', 'query', 'params', 'headers', 'cookies', 'value', 'data', 'payload', 'content']);
/** Methods that only query builders and repositories have. */
const QUERYING = new Set(
  (
    'selectFrom insertInto updateTable deleteFrom mergeInto selectDistinct selectDistinctOn from findMany findFirst findUnique findFirstOrThrow ' +
    'findUniqueOrThrow findOne findOneBy findOneOrFail findOneByOrFail findBy findAndCount findAndCountBy createQueryBuilder createMany ' +
    'createManyAndReturn updateMany deleteMany upsert insertMany insertOne updateOne deleteOne replaceOne findById findByIdAndUpdate ' +
    'findByIdAndDelete findOneAndUpdate findOneAndDelete findOneAndReplace countDocuments estimatedDocumentCount bulkWrite leftJoin innerJoin ' +
    'rightJoin fullJoin findAll findByPk findAndCountAll findOrCreate bulkCreate returning onConflict onConflictDoNothing ' +
    'onConflictDoUpdate orderBy whereIn whereNull whereNotNull andWhere orWhere andWhereRaw whereRaw softDelete insertGraph populate where'
  ).split(' '),
);
/** Methods of a chain that are no longer about the query. */
const AFTER_QUERY = new Set(['then', 'catch', 'finally', 'map', 'filter', 'forEach', 'pipe', 'subscribe']);
/** Methods of repositories that other things have too: stated when they are given something that may be a row. */
const STORING = new Set(
  'find save insert update delete remove create count exists exist query execute increment decrement aggregate distinct groupBy merge values set patch'.split(
    ' ',
  ),
);
/** Methods by which a handler is tied to a path. */
const VERBS = new Set(['get', 'post', 'put', 'patch', 'delete', 'all', 'head', 'options', 'openapi']);
/** Methods of what a handler is given by which it answers. */
const ANSWERS = new Set(['json', 'send', 'jsonp']);
/** Names that people give to what routes are registered on. */
const SERVERISH = /(app|application|server|router|routes|fastify|express|koa|hono)$/i;
/** Methods that things are sent or received by, whatever their arguments are called. */
const MESSAGING = new Set(
  (
    'publish emit send dispatch produce enqueue subscribe on once consume handle raise trigger ' +
    'publishAll publishMessage publishJSON publishAsync sendToQueue sendMessage sendMessages sendBatch addBulk xAdd xadd'
  ).split(' '),
);
const SQL = /^\s*(select|insert|update|delete|with|create|alter|drop|merge|truncate|replace)\b/i;

/** What a file publishes for linkers: calls that may reach outside, values and types that these are made of. */
export function siteKeys(context: SitesContext): readonly LinkKey[] {
  const { file, moduleId, named, resolver, isOwn } = context;
  const reader = createExpressionReader({ file, resolver, named, moduleId, isOwn });
  const keys: LinkKey[] = [];
  let owner = moduleId;
  const at = (node: ts.Node) => placeOf(node, file);
  const numbers = numbersOf(file);
  const site = () => ({ file, owner, reader, resolver });

  const visitCall = (node: ts.CallExpression | ts.NewExpression | ts.TaggedTemplateExpression): void => {
    if (!mayMatter(node)) return;
    const isQuery = ts.isCallExpression(node) && !AFTER_QUERY.has(methodOf(node)) && isQueryChain(node, reader);
    // One key for a whole chain: the inner calls are part of it.
    if (isQuery && node !== outermostOf(node)) return;
    const callee = reader.calleeOf(node);
    if (!callee) return;
    const base = baseOf(callee);
    const isJsonParse = base.is === 'external' && base.package === 'global' && base.path[0] === 'JSON';
    if (isJsonParse && base.path[1] !== 'parse') return;
    let isKnown = isQuery;
    if (base.is === 'external') {
      if (!isKnownPackage(base.package, base.path[0]) || (DESCRIBING.test(base.package) && !isQuery)) return;
      isKnown = true;
    } else if (isQuery) {
      if (base.is === 'unknown') return;
    } else if (base.is === 'typed' || base.is === 'parameter' || base.is === 'received') {
      const from = base.type?.[0]?.package;
      isKnown = from !== undefined && isKnownPackage(from);
    }
    // Arguments are read only where they are stated, or decide whether the call is.
    if (!isKnown && callee.is === 'unknown') return;
    const expr = reader.call(node, callee);
    if (!isKnown && !handsOn(expr)) return;
    const result = resultOf(node, file, reader, false, isQuery || givesRows(base, expr.args) ? ROWS : undefined);
    if (isJsonParse && !result) return;
    const { args, created, types } = expr;
    keys.push({
      key: 'call',
      from: owner,
      ...at(node),
      callee,
      args,
      ...(created ? { created } : {}),
      ...methodPlace(node),
      ...(types ? { types } : {}),
      ...(result ? { result } : {}),
      ...(ts.isCallExpression(node) && hasFallback(node) ? { fallback: true as const } : {}),
    } satisfies CallKey);
  };

  const methodPlace = (node: ts.Node): { readonly named?: readonly [number, number] } => {
    const name = ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) ? node.expression.name : undefined;
    const { line, col } = at(name ?? node);
    return name && line !== at(node).line ? { named: [line, col] } : {};
  };

  const visitDecorator = (node: ts.Decorator): void => {
    const call = ts.isCallExpression(node.expression) ? node.expression : undefined;
    const decorator = reader.read(call ? call.expression : node.expression);
    if (baseOf(decorator).is !== 'external' && baseOf(decorator).is !== 'declared') return;
    const on = node.parent;
    const target = ts.isParameter(on) ? on.parent : on;
    const id = named.get(target) ?? owner;
    const shared = {
      key: 'decorated',
      id,
      ...at(node),
      decorator,
      args: (call?.arguments ?? []).map((argument) => reader.read(argument)),
    } as const;
    if (ts.isParameter(on)) {
      const type = typesOrChecked(on.type, on.name as ts.Expression);
      keys.push({
        ...shared,
        on: 'parameter',
        index: (target as ts.MethodDeclaration).parameters.indexOf(on),
        ...(ts.isIdentifier(on.name) ? { name: on.name.text } : {}),
        ...type,
      });
    } else if (ts.isClassLike(on)) keys.push({ ...shared, on: 'class', ...(on.name ? { name: on.name.text } : {}) });
    else if (ts.isMethodDeclaration(on))
      keys.push({ ...shared, on: 'method', name: on.name.getText(file), ...typesOrChecked(on.type, on.type ? undefined : onlyReturn(on)) });
    else if (ts.isPropertyDeclaration(on) || ts.isAccessor(on))
      keys.push({ ...shared, on: 'property', name: on.name.getText(file), ...typesOrChecked(on.type, undefined) });
  };

  const typesOrChecked = (written: ts.TypeNode | undefined, value: ts.Expression | undefined): { readonly type?: readonly TypeName[] } => {
    const type = written ? reader.typeNames(written) : value ? reader.typesOf(value) : [];
    return type.length > 0 ? { type } : {};
  };

  const visitValue = (node: ts.Node, id: NodeId): void => {
    if (ts.isEnumMember(node)) {
      const value = node.initializer ? reader.read(node.initializer) : undefined;
      if (value?.is === 'text') keys.push({ key: 'value', id, value, ...pairOf(node.name) });
      return;
    }
    const fn =
      initializerFunction(node) ??
      (ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node) || ts.isGetAccessor(node) ? node : undefined);
    if (fn) {
      const returned = onlyReturn(fn);
      // Of several returns, the written type.
      const value = returned ? reader.read(returned) : fn.type ? ({ is: 'typed', type: reader.typeNames(fn.type) } as const) : undefined;
      const takes = fn.parameters.map(({ type }) => reader.typeNames(type));
      const told = value && (isTelling(value) || mayResolve(value, id)) ? (ts.isGetAccessor(fn) ? { value } : { returns: value }) : {};
      const taken = takes.some((types) => types.some(({ id: of, members, args }) => of !== undefined || members || args)) ? { takes } : {};
      if ('value' in told || 'returns' in told || 'takes' in taken) keys.push({ key: 'value', id, ...told, ...taken });
      return;
    }
    const exported = exportOf(node);
    if (exported) {
      if (declaredBy(node) !== node) return; // a class
      const value = reader.read(exported.value);
      if (isTelling(value) || value.is === 'text' || mayResolve(value, id)) keys.push({ key: 'value', id, value, ...pairOf(node) });
    } else if (ts.isVariableDeclaration(node) || ts.isPropertyDeclaration(node)) {
      const value = node.initializer
        ? reader.read(node.initializer)
        : node.type
          ? ({ is: 'typed', type: reader.typeNames(node.type) } as const)
          : undefined;
      if (value && (isTelling(value) || value.is === 'text' || isLimit(value, id) || mayResolve(value, id)))
        keys.push({ key: 'value', id, value, ...pairOf(node.name) });
    }
  };

  /** What a module exports as a whole: whoever imports it whole gets this. */
  const visitExport = (node: ts.Expression): void => {
    const expression = unwrapped(node);
    if (named.has(expression)) return;
    const statement = exportedBy(bare(node));
    const id = statement && named.get(statement);
    // The module stands for it where it is required in the middle of an expression.
    if (id !== undefined) return void keys.push({ key: 'value', id: moduleId, value: { is: 'declared', id } });
    if (ts.isArrowFunction(expression) || ts.isFunctionExpression(expression)) {
      const returned = onlyReturn(expression);
      const value = returned && reader.read(returned);
      if (value && (isTelling(value) || mayResolve(value, moduleId))) keys.push({ key: 'value', id: moduleId, returns: value });
      return;
    }
    const value = reader.read(expression);
    if (isTelling(value) || mayResolve(value, moduleId)) keys.push({ key: 'value', id: moduleId, value });
  };

  const pairOf = (name: ts.Node): { readonly at: readonly [number, number] } => {
    const { line, col } = at(name);
    return { at: [line, col] };
  };

  /** `constructor(private http: HttpService)` and `this.http = http`. */
  const visitConstructor = (node: ts.ConstructorDeclaration, id: NodeId): void => {
    const className = id.slice(0, id.lastIndexOf('.'));
    for (const parameter of node.parameters)
      if (ts.isParameterPropertyDeclaration(parameter, node) && ts.isIdentifier(parameter.name)) {
        const written = reader.typeNames(parameter.type);
        const value: Expr = {
          is: 'parameter',
          of: id,
          index: node.parameters.indexOf(parameter),
          ...(written.length > 0 ? { type: written } : {}),
        };
        keys.push({ key: 'value', id: `${className}.${parameter.name.text}`, value });
      }
    for (const statement of node.body?.statements ?? []) {
      if (!ts.isExpressionStatement(statement) || !ts.isBinaryExpression(statement.expression)) continue;
      const { left, operatorToken, right } = statement.expression;
      if (
        operatorToken.kind !== ts.SyntaxKind.EqualsToken ||
        !ts.isPropertyAccessExpression(left) ||
        left.expression.kind !== ts.SyntaxKind.ThisKeyword
      )
        continue;
      const value = reader.read(right);
      if (isTelling(value) || value.is === 'parameter') keys.push({ key: 'value', id: `${className}.${left.name.text}`, value });
    }
  };

  const visitType = (declaration: ts.Node, id: NodeId): void => {
    const node = declaredBy(declaration);
    const holder = ts.isTypeAliasDeclaration(node) ? node.type : node;
    if (!ts.isInterfaceDeclaration(node) && !ts.isClassLike(node) && !ts.isTypeAliasDeclaration(node)) return;
    const list = ts.isInterfaceDeclaration(holder) || ts.isClassLike(holder) || ts.isTypeLiteralNode(holder) ? holder.members : undefined;
    const members: Record<string, { type?: readonly TypeName[]; optional?: true }> = {};
    for (const member of list ?? []) {
      if (!(ts.isPropertySignature(member) || ts.isPropertyDeclaration(member) || ts.isGetAccessor(member)) || !member.name) continue;
      if (!ts.isIdentifier(member.name) && !ts.isStringLiteralLike(member.name)) continue;
      const type = reader.typeNames(member.type);
      const optional = !ts.isGetAccessor(member) && member.questionToken !== undefined;
      members[member.name.text] = { ...(type.length > 0 ? { type } : {}), ...(optional ? { optional: true as const } : {}) };
    }
    if (ts.isClassLike(node))
      for (const member of node.members)
        if (ts.isConstructorDeclaration(member))
          for (const parameter of member.parameters)
            if (ts.isParameterPropertyDeclaration(parameter, member) && ts.isIdentifier(parameter.name)) {
              const type = reader.typeNames(parameter.type);
              members[parameter.name.text] = type.length > 0 ? { type } : {};
            }
    const clauses = ts.isTypeAliasDeclaration(node) ? [] : (node.heritageClauses ?? []);
    const bases = [
      ...clauses.flatMap(({ types }) => types.flatMap((type) => baseNames(type))),
      ...(ts.isTypeAliasDeclaration(node) && !ts.isTypeLiteralNode(node.type) ? reader.typeNames(node.type) : []),
    ];
    if (Object.keys(members).length + bases.length === 0) return;
    keys.push({ key: 'type', id, members, ...(bases.length > 0 ? { bases } : {}) });
  };

  const baseNames = ({
    expression,
    typeArguments = [],
  }: {
    readonly expression: ts.Expression;
    readonly typeArguments?: readonly ts.TypeNode[];
  }): readonly TypeName[] => {
    // `extends PartialType(CreateUserDto)`: the class that the call is given stands for its result.
    const call = ts.isCallExpression(expression) ? expression : undefined;
    const names = call ? call.arguments.filter(ts.isIdentifier) : ts.isIdentifier(expression) ? [expression] : [];
    const args = typeArguments.map((argument) => reader.typeNames(argument));
    const selected = call && ts.isIdentifier(call.expression) ? selection(call.expression.text, textsOf(call.arguments[1])) : {};
    return names.flatMap((name): TypeName[] => {
      const declared = resolver.named(name).find((id) => id.includes('#'));
      if (declared !== undefined) return [{ id: declared, ...(args.some((list) => list.length > 0) ? { args } : {}), ...selected }];
      const external = reader.externalOf(name);
      return external
        ? [
            {
              package: external.package,
              name: external.path.at(-1) ?? name.text,
              ...(args.some((list) => list.length > 0) ? { args } : {}),
            },
          ]
        : [];
    });
  };

  /** `req.body`, `message.value`: what code was given and what it does with it. */
  const visitGiven = (node: ts.PropertyAccessExpression): void => {
    if (!GIVEN.has(node.name.text) || !isParameterChain(node.expression, resolver)) return;
    if (ts.isCallExpression(node.parent) && node.parent.expression === node) return;
    stateGiven(node, reader.read(node));
  };
  /** `ctx.body = users` answers as `ctx.body(users)` would. */
  const visitAnswer = (node: ts.BinaryExpression): void => {
    const { left, operatorToken, right } = node;
    if (operatorToken.kind !== ts.SyntaxKind.EqualsToken || !ts.isPropertyAccessExpression(left) || left.name.text !== 'body') return;
    const callee = reader.read(left);
    if (isGiven(callee)) keys.push({ key: 'call', from: owner, ...at(node), callee, args: [reader.read(right)] });
  };
  const visitGivenBinding = (element: ts.BindingElement): void => {
    const key = element.propertyName ?? element.name;
    if (!ts.isIdentifier(key) || !GIVEN.has(key.text) || !ts.isIdentifier(element.name)) return;
    if (!ts.isObjectBindingPattern(element.parent) || !ts.isParameter(element.parent.parent)) return;
    stateGiven(element.name, reader.read(element.name));
  };
  const stateGiven = (node: ts.Expression, of: Expr): void => {
    if (of.is !== 'parameter' && of.is !== 'received') return;
    const result = resultOf(node, file, reader, true);
    if (result) keys.push({ key: 'read', from: owner, ...at(node), of, result });
  };

  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || (node.kind >= ts.SyntaxKind.FirstJSDocNode && node.kind <= ts.SyntaxKind.LastJSDocNode)) return;
    const outer = owner;
    if (isWholeExport(node)) visitExport(node as ts.Expression);
    const id = named.get(node);
    if (id !== undefined && !ts.isBindingElement(node)) {
      owner = id;
      visitValue(node, id);
      visitType(node, id);
      if (ts.isConstructorDeclaration(node)) visitConstructor(node, id);
    }
    if (ts.isCallExpression(node) || ts.isNewExpression(node) || ts.isTaggedTemplateExpression(node)) {
      visitCall(node);
      if (ts.isCallExpression(node)) keys.push(...boundKeys(node, file, owner, reader, numbers), ...headerKeys(node, file, owner));
    } else if (ts.isBinaryExpression(node)) {
      visitAnswer(node);
      keys.push(...boundKeys(node, file, owner, reader, numbers), ...headerKeys(node, file, owner));
    } else if (ts.isDecorator(node)) visitDecorator(node);
    else if (ts.isIfStatement(node) || ts.isCaseClause(node)) keys.push(...branchKeys(node, file, owner, reader));
    else if (ts.isIdentifier(node)) {
      if (isGivenEnvironment(node, resolver)) keys.push(...environmentKeys(node, site()));
    } else if (ts.isPropertyAccessExpression(node)) {
      if (isEnvironment(node)) keys.push(...environmentKeys(node, site()));
      else visitGiven(node);
    } else if (ts.isBindingElement(node)) visitGivenBinding(node);
    else if (ts.isPropertyAssignment(node)) keys.push(...givenVariables(node, site()));
    else if (ts.isInterfaceDeclaration(node)) keys.push(...declaredVariables(node, site()));
    ts.forEachChild(node, visit);
    owner = outer;
  };
  ts.forEachChild(file, visit);
  return keys;
}

/** A chain of calls, seen from any of its calls, that queries a database by the names of its methods. */
function isQueryChain(node: ts.CallExpression, reader: ExpressionReader): boolean {
  let isQuery = false;
  let at: ts.Expression = outermostOf(node);
  let calls = 0;
  for (;;) {
    const next = unwrapped(at);
    if (ts.isCallExpression(next)) {
      calls++;
      at = next.expression;
    } else if (ts.isPropertyAccessExpression(next)) {
      if (ts.isCallExpression(next.parent) && QUERYING.has(next.name.text)) isQuery = true;
      at = next.expression;
    } else {
      if (!isQuery || !calls) return false;
      const from = ts.isIdentifier(next) ? reader.externalOf(next) : undefined;
      return from === undefined || isDataPackage(from.package);
    }
  }
}

const methodOf = ({ expression }: ts.CallExpression): string => (ts.isPropertyAccessExpression(expression) ? expression.name.text : '');

/** The last call of the chain that a call is part of. */
function outermostOf(node: ts.CallExpression): ts.CallExpression {
  let at = node;
  for (;;) {
    const access = at.parent;
    if (!ts.isPropertyAccessExpression(access) || access.expression !== at) return at;
    if (!ts.isCallExpression(access.parent) || access.parent.expression !== access) return at;
    if (AFTER_QUERY.has(access.name.text)) return at;
    at = access.parent;
  }
}

/** `['email', 'name'] as const`. */
function textsOf(list: ts.Expression | undefined): readonly string[] {
  const literal = list && unwrapped(list);
  return literal && ts.isArrayLiteralExpression(literal)
    ? literal.elements.flatMap((item) => (ts.isStringLiteralLike(item) ? [item.text] : []))
    : [];
}

/** What an expression hangs on: the root of members and calls. */
function baseOf(expr: Expr): Expr {
  if (expr.is === 'member') return baseOf(expr.of);
  if (expr.is === 'call') return baseOf(expr.callee);
  if (expr.is === 'received') return expr.type ? expr : baseOf(expr.callee);
  return expr;
}

/** A call that says something to a declaration of the repository which may reach outside. */
function handsOn(call: Extract<Expr, { is: 'call' }>): boolean {
  const { callee } = call;
  if (callee.is === 'unknown') return false;
  const last = lastOf(callee);
  if (last === 'decode' || isMessaging(call, last)) return true;
  if (callee.is === 'received' && /^(create|alter)?table/i.test(lastOf(callee.callee) ?? '')) return true;
  if (last !== undefined) {
    if (HANDING.has(last) || (STORING.has(last) && isRecord(call.args[0]))) return true;
    if (VERBS.has(last) && (call.args.length > 1 || isRoute(callee) || isMade(call.args[0]))) return true;
    if (ANSWERS.has(last) && call.args.length > 0 && isGiven(callee)) return true;
    if (isAsked(callee, last)) return true;
  }
  return call.args.some((argument) => carries(argument, 2) || isServerish(argument));
}

/** `c.req.json()`, `request.json()`: what was sent, read by a call. */
function isAsked(callee: Expr, last: string): boolean {
  if (callee.is !== 'parameter' && callee.is !== 'received') return false;
  const before = callee.path?.at(-2);
  if (before === 'req') return true;
  return callee.is === 'parameter' && callee.index === 0 && before === undefined && (last === 'json' || last === 'formData');
}

/** `client.get(paths.user(id))`: a function of the repository may make the path. */
const isMade = (argument: Expr | undefined): boolean => argument?.is === 'call' && argument.callee.is === 'declared';

/** `router.route('/x').get(…)`. */
function isRoute(callee: Expr): boolean {
  if (callee.is !== 'member' || callee.of.is !== 'call') return false;
  const last = lastOf(callee.of.callee);
  return last === 'route' || (last !== undefined && VERBS.has(last) && isRoute(callee.of.callee));
}

/** `res.json`, `res.status(200).json`: a member of what a function was given. */
function isGiven(callee: Expr): boolean {
  if (callee.is === 'parameter' || callee.is === 'received') return true;
  if (callee.is === 'member') return isGiven(callee.of);
  return callee.is === 'call' && isGiven(callee.callee);
}

const isServerish = (expr: Expr): boolean => expr.is === 'declared' && SERVERISH.test(expr.path?.at(-1) ?? lastName(expr.id));

/** A driver of a database is called, or SQL is handed to something. */
function givesRows(base: Expr, args: readonly Expr[]): boolean {
  const from = base.is === 'external' ? base.package : 'type' in base ? base.type?.[0]?.package : undefined;
  if (from !== undefined && isDataPackage(from)) return true;
  return args.some((argument) => {
    const start = argument.is === 'join' ? argument.parts[0] : argument;
    return start?.is === 'text' && SQL.test(start.text);
  });
}

const lastOf = (expr: Expr): string | undefined => ('path' in expr ? expr.path?.at(-1) : undefined);

/** What rows are looked up or written by: an object, a value that code was given, another query. */
const isRecord = (argument: Expr | undefined): boolean =>
  argument !== undefined && argument.is !== 'literal' && argument.is !== 'function' && argument.is !== 'unknown';

/** `events.publish(topic, payload)`: what it says may be known only to its callers. */
function isMessaging({ callee, args }: Extract<Expr, { is: 'call' }>, last: string | undefined): boolean {
  const name = last ?? (callee.is === 'declared' ? lastName(callee.id) : '');
  return MESSAGING.has(name) && isRecord(args[0]);
}

/** Names something outside: a path, URL, topic, key or query, or a value of a known package. */
function carries(expr: Expr, depth: number): boolean {
  switch (expr.is) {
    case 'text':
      return isNaming(expr.text);
    case 'join':
      return (
        expr.parts.some((part) => part.is === 'text' && part.text !== '') &&
        expr.parts.every((part) => part.is !== 'text' || part.text === '' || isNaming(part.text))
      );
    case 'environment':
      return true;
    case 'declared':
      return isConstant(expr.path?.at(-1) ?? '') || isConstant(expr.id.slice(expr.id.indexOf('#') + 1));
    case 'external':
      return isKnownPackage(expr.package, expr.path[0]) && expr.package !== 'global';
    case 'call': {
      const base = baseOf(expr);
      return base.is === 'external' && isKnownPackage(base.package, base.path[0]) && !DESCRIBING.test(base.package);
    }
    case 'object':
      return (
        depth > 0 && (Object.keys(expr.entries).some(isOperation) || Object.values(expr.entries).some((entry) => carries(entry, depth - 1)))
      );
    case 'list':
      return depth > 0 && expr.items.some((item) => carries(item, depth - 1));
    default:
      return false;
  }
}

const isNaming = (text: string): boolean =>
  (text.length <= 300 && text.length > 1 && !/\s/.test(text)) || text === '/' || SQL.test(text) || isOperation(text);

/** `GET /users/{id}` */
const isOperation = (text: string): boolean => /^[A-Z]{3,7} \/\S{0,300}$/.test(text);

/** `TOPICS`, `QUEUE_NAME`, `Topics.OrderCreated`: names that constants and members of enums have. */
const isConstant = (name: string): boolean => /(^|\.)[A-Z][A-Z0-9]*(_[A-Z0-9]+)*(\.|$)|\.[A-Z]\w*$/.test(name) && name.length > 1;

/** `MAX_TITLE = 200`: what other files may hold values against. */
const isLimit = (value: Expr, id: NodeId): boolean =>
  value.is === 'literal' && /^\d+$/.test(value.text) && isConstant(id.slice(id.indexOf('#') + 1));

/** Whether a value tells linkers anything. */
function isTelling(expr: Expr, depth = 3): boolean {
  switch (expr.is) {
    case 'text':
      return isNaming(expr.text) || expr.text === '';
    case 'join':
      return true;
    case 'environment':
      return true;
    case 'external':
      return isKnownPackage(expr.package, expr.path[0]);
    case 'declared':
      return true;
    case 'typed':
      return expr.type.some(({ package: from }) => from !== undefined && isKnownPackage(from));
    case 'member':
    case 'call': {
      const base = baseOf(expr);
      if (base.is === 'external') return isKnownPackage(base.package, base.path[0]);
      return expr.is === 'call' ? base.is === 'declared' || expr.args.some((argument) => carries(argument, 2)) : base.is !== 'unknown';
    }
    case 'object':
      if (expr.computed || Object.keys(expr.entries).some((name) => /[.:/-]/.test(name))) return depth > 0;
      return depth > 0 && (expr.type !== undefined || Object.values(expr.entries).some((entry) => isTelling(entry, depth - 1)));
    case 'list':
      return depth > 0 && expr.items.some((item) => isTelling(item, depth - 1));
    case 'function':
      return expr.returns?.is === 'join' || (expr.returns?.is === 'text' && isNaming(expr.returns.text));
    default:
      return false;
  }
}

const RESOLVING = /resolver|graphql|gql|(?:Quer(?:y|ies)|Mutations?|Subscriptions?)$/i;

/** An object of functions that is called like one, or stands where they do, may resolve fields of a GraphQL schema. */
const mayResolve = (value: Expr, id: NodeId): boolean =>
  value.is === 'object' &&
  (Object.keys(value.entries).some((name) => name === 'Query' || name === 'Mutation' || name === 'Subscription') ||
    (Object.values(value.entries).some(({ is }) => is === 'function') && RESOLVING.test(id.slice(id.indexOf('//')))));

/** Cheap look at a call before anything is resolved. */
function mayMatter(node: ts.CallExpression | ts.NewExpression | ts.TaggedTemplateExpression): boolean {
  if (ts.isTaggedTemplateExpression(node)) return true;
  const { expression } = node;
  if (ts.isIdentifier(expression)) return expression.text !== 'require' && (node.arguments?.length ?? 0) > 0;
  return (
    expression.kind !== ts.SyntaxKind.ImportKeyword &&
    expression.kind !== ts.SyntaxKind.SuperKeyword &&
    (ts.isPropertyAccessExpression(expression) || isRequire(expression))
  );
}

/** True when a chain of members starts at a parameter, or at something taken out of one. */
function isParameterChain(node: ts.Expression, resolver: Resolver): boolean {
  let at = unwrapped(node);
  while (ts.isPropertyAccessExpression(at)) at = unwrapped(at.expression);
  if (!ts.isIdentifier(at)) return false;
  let declaration: ts.Node | undefined = resolver.localDeclaration(at);
  while (declaration && (ts.isBindingElement(declaration) || ts.isObjectBindingPattern(declaration))) declaration = declaration.parent;
  return declaration !== undefined && ts.isParameter(declaration);
}

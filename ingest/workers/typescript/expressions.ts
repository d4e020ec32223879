import { ts } from 'ts-morph';
import type { NodeId } from '../../../graph/model/id.ts';
import type { Expr, TypeName } from '../../keys.ts';
import { isServerPackage } from '../../known-packages.ts';
import { initializerFunction } from './declarations.ts';
import { exportedBy, literalText, placeOf } from './naming.ts';
import type { Resolver } from './resolver.ts';
import { typeNamesOf, type External } from './type-names.ts';

export interface ExpressionReader {
  /** An expression as far as its own file tells what it is. */
  read(node: ts.Expression): Expr;
  /** What is called; undefined of `require('…')`, which stands for a module. */
  calleeOf(node: Calling): Expr | undefined;
  /** A call whose callee has been read. */
  call(node: Calling, callee: Expr): CallExpr;
  /** Where an imported name comes from; undefined for names of the repository. */
  externalOf(name: ts.Identifier): External | undefined;
  typeNames(type: ts.TypeNode | undefined): readonly TypeName[];
  /** The declared types that the checker finds in an expression. */
  typesOf(node: ts.Expression): readonly TypeName[];
  /** The declared types that the checker demands of an argument. */
  expectedOf(node: ts.Expression): readonly TypeName[];
  /** The identifiers of the file with this text, in the order of the source. */
  identifiers(text: string): readonly ts.Identifier[];
}

type Calling = ts.CallExpression | ts.NewExpression | ts.TaggedTemplateExpression;
type CallExpr = Extract<Expr, { is: 'call' }>;

const UNKNOWN: Expr = { is: 'unknown' };
/** Nesting of calls and literals that is followed; what lies deeper says little about where a call goes. */
const DEEPEST = 10;
/** What one step of a chain counts as nesting: chains are long where they say what a query or column is. */
const STEP = 0.2;
const LONGEST_TEXT = 4_000;
const MOST_ENTRIES = 40;
const MOST_COLUMNS = 400;
/** Names of functions that may make an application or router. */
const MAKERS = /app|server|router|routes|hono|fastify|koa|express/i;
/** Methods of applications and routers that return what they are called on, and so may be chained without end. */
const FLUENT = new Set(['get', 'post', 'put', 'patch', 'delete', 'options', 'head', 'all', 'use', 'on', 'openapi', 'onError', 'notFound']);
/** Functions written in place as arguments of these may answer requests. */
const ANSWERED = new Set([
  'get',
  'post',
  'put',
  'patch',
  'delete',
  'options',
  'head',
  'all',
  'del',
  'on',
  'route',
  'openapi',
  'query',
  'mutation',
]);

export function createExpressionReader(context: {
  readonly file: ts.SourceFile;
  readonly resolver: Resolver;
  readonly named: ReadonlyMap<ts.Node, NodeId>;
  readonly moduleId: NodeId;
  /** True when a specifier stands for a file of the repository. */
  readonly isOwn: (specifier: string) => boolean;
}): ExpressionReader {
  const { file, resolver, named, moduleId, isOwn } = context;
  const imports = externalImports(file, isOwn);
  const externalOf = (name: ts.Identifier): External | undefined => imports.get(name.text);
  const typeNames = (type: ts.TypeNode | undefined): readonly TypeName[] => typeNamesOf(type, resolver, externalOf);
  const typesOf = (node: ts.Expression): readonly TypeName[] => {
    const { head, args } = resolver.typeOf(node);
    const declared = head.filter((id) => id.includes('#'));
    if (declared.length > 0) return declared.map((id) => ({ id }));
    return args.filter((id) => id.includes('#')).map((id) => ({ id, list: true }));
  };
  const expectedOf = (node: ts.Expression): readonly TypeName[] =>
    (resolver.expected(node)?.head ?? []).filter((id) => id.includes('#')).map((id) => ({ id }));
  const withType = <T extends Expr>(expr: T, node: ts.Expression): T => {
    const type = typesOf(node);
    return type.length > 0 ? { ...expr, type } : expr;
  };

  let byText: Map<string, ts.Identifier[]> | undefined;
  const identifiers = (text: string): readonly ts.Identifier[] => {
    if (!byText) {
      const found = (byText = new Map<string, ts.Identifier[]>());
      const visit = (node: ts.Node): void => {
        if (ts.isIdentifier(node)) {
          const known = found.get(node.text);
          if (known) known.push(node);
          else found.set(node.text, [node]);
        }
        ts.forEachChild(node, visit);
      };
      visit(file);
    }
    return byText.get(text) ?? [];
  };

  const idOfFunction = (fn: ts.Node): NodeId | undefined => {
    const own = named.get(fn);
    if (own !== undefined) return own;
    let holder = fn.parent;
    while (ts.isParenthesizedExpression(holder) || ts.isAsExpression(holder) || ts.isSatisfiesExpression(holder)) holder = holder.parent;
    if (initializerFunction(holder) === fn) return named.get(holder);
    const exported = exportedBy(fn);
    return exported && named.get(exported);
  };

  /** `const routes: FastifyPluginAsync = async (app) => …`: the type of the function says what it is given. */
  const pluginType = (fn: ts.Node): { readonly type?: readonly TypeName[] } => {
    const holder = fn.parent;
    const type = ts.isVariableDeclaration(holder) ? typeNames(holder.type) : [];
    return type.some(({ package: from, name = '' }) => from !== undefined && name.includes('Plugin')) ? { type } : {};
  };

  const parameter = (declaration: ts.ParameterDeclaration, path: readonly string[], depth: number): Expr => {
    const fn = declaration.parent;
    const index = fn.parameters.indexOf(declaration);
    const rest = path.length > 0 ? { path } : {};
    const written = typeNames(declaration.type);
    const type = written.length > 0 ? { type: written } : {};
    const of = idOfFunction(fn);
    if (of !== undefined) return { is: 'parameter', of, index, ...rest, ...(written.length > 0 ? type : pluginType(fn)) };
    let given: ts.Node = fn;
    while (ts.isParenthesizedExpression(given.parent) || ts.isAsExpression(given.parent)) given = given.parent;
    let name: string | undefined;
    // A function in an object that is handed over: `consumer.run({ eachMessage: async ({ message }) => … })`.
    if (ts.isMethodDeclaration(given) && ts.isObjectLiteralExpression(given.parent)) {
      name = given.name.getText(file);
      given = given.parent;
    } else if (ts.isPropertyAssignment(given.parent) && ts.isObjectLiteralExpression(given.parent.parent)) {
      name = given.parent.name.getText(file);
      given = given.parent.parent;
    }
    const call = given.parent;
    if (ts.isCallExpression(call) || ts.isNewExpression(call)) {
      const arg = call.arguments?.indexOf(given as ts.Expression) ?? -1;
      if (arg >= 0) {
        const callee = read(call.expression, depth + 1);
        return {
          is: 'received',
          callee: name === undefined ? callee : { is: 'member', of: callee, path: [`{${name}}`] },
          arg,
          index,
          ...rest,
          ...type,
        };
      }
    }
    // A function that is handed back, or held by a local name: somebody calls it, nobody here says who.
    // The module stands for what it exports as a whole.
    if (name === undefined && isWholeExport(given)) return { is: 'parameter', of: moduleId, index, ...rest, ...type };
    if (written.length > 0) return { is: 'received', callee: UNKNOWN, arg: 0, index, ...rest, ...type };
    const exported = exportedName(given, name);
    return exported === undefined ? UNKNOWN : { is: 'parameter', of: `${moduleId}#${exported}`, index, ...rest };
  };

  const extended = (expr: Expr, path: readonly string[]): Expr => {
    if (path.length === 0) return expr;
    switch (expr.is) {
      case 'external':
        return { ...expr, path: [...expr.path, ...path] };
      case 'member':
        return { ...expr, path: [...expr.path, ...path] };
      case 'declared':
      case 'parameter':
      case 'received': {
        const { type: _type, ...rest } = expr;
        return { ...rest, ...(expr.is === 'declared' || !expr.type ? {} : { type: expr.type }), path: [...(expr.path ?? []), ...path] };
      }
      case 'object': {
        // `types.hasOwnProperty` is no entry of it.
        const inner = Object.hasOwn(expr.entries, path[0]!) ? expr.entries[path[0]!] : undefined;
        return inner ? extended(inner, path.slice(1)) : { is: 'member', of: expr, path };
      }
      case 'unknown':
        return UNKNOWN;
      default:
        return { is: 'member', of: expr, path };
    }
  };

  const local = (declaration: ts.Declaration, path: readonly string[], depth: number): Expr | undefined => {
    if (ts.isParameter(declaration)) return parameter(declaration, path, depth);
    if (ts.isBindingElement(declaration)) {
      const key = declaration.propertyName ?? declaration.name;
      const holder = declaration.parent.parent;
      if (ts.isArrayBindingPattern(declaration.parent)) return UNKNOWN;
      const step = ts.isIdentifier(key) || ts.isStringLiteralLike(key) ? [key.text] : undefined;
      if (!step || declaration.dotDotDotToken) return UNKNOWN;
      return local(holder, [...step, ...path], depth);
    }
    if (ts.isVariableDeclaration(declaration)) {
      const loop = declaration.parent.parent;
      // `for (const x of xs)` is `xs.forEach((x) => …)`.
      if (ts.isForOfStatement(loop)) {
        const rest = path.length > 0 ? { path } : {};
        return { is: 'received', callee: extended(read(loop.expression, depth + 1), ['forEach']), arg: 0, index: 0, ...rest };
      }
      if (declaration.initializer) return extended(completed(declaration, read(declaration.initializer, depth + 1), depth), path);
      const type = typeNames(declaration.type);
      return type.length > 0 ? { is: 'typed', type } : UNKNOWN;
    }
    return undefined;
  };

  const writes = new Map<ts.Identifier, readonly Written[]>();
  const writesOf = (name: ts.Identifier): readonly Written[] => {
    let known = writes.get(name);
    if (!known) writes.set(name, (known = writesInto(name)));
    return known;
  };

  /** A local value with what is written into it after it was made: `init.body = …`, `url.searchParams.set('page', page)`. */
  const completed = (declaration: ts.VariableDeclaration, made: Expr, depth: number): Expr => {
    if (!ts.isIdentifier(declaration.name)) return made;
    const kind = made.is === 'object' ? 'object' : made.is === 'call' && made.created ? globalName(made.callee) : undefined;
    if (kind !== 'object' && kind !== 'URL' && kind !== 'URLSearchParams' && kind !== 'Headers') return made;
    const written = writesOf(declaration.name);
    if (written.length === 0) return made;
    const entries: Record<string, Expr> = {};
    const maybe: string[] = [];
    const spreads: Expr[] = [];
    let open = false;
    for (const { key, value, spread, conditional } of written) {
      if (spread) spreads.push(read(spread, depth + 1));
      if (!key) {
        open ||= !spread;
        continue;
      }
      const name: Expr = typeof key === 'string' ? { is: 'text', text: key } : read(key, depth + 1);
      if (name.is !== 'text') {
        open = true;
        continue;
      }
      if (conditional && !(name.text in entries)) maybe.push(name.text);
      setOwn(entries, name.text, value ? read(value, depth + 1) : UNKNOWN);
    }
    const unknown = open || spreads.length > 0;
    const added: Expr = {
      is: 'object',
      entries,
      ...(unknown ? { spread: true as const } : {}),
      ...(unknown ? { spreads: [...spreads, ...(open ? [UNKNOWN] : [])] } : {}),
      ...(maybe.length > 0 ? { maybe } : {}),
    };
    if (kind === 'URL')
      return {
        is: 'join',
        parts: [made, { is: 'text', text: '?' }, { is: 'call', callee: URL_SEARCH_PARAMS, args: [added], created: true }],
      };
    const given = made.is === 'call' ? made.args[0] : made;
    const both = given === undefined ? added : given.is === 'object' ? mergedObjects(given, added) : withSpread(added, given);
    return made.is === 'call' ? { ...made, args: [both] } : both;
  };

  const identifier = (node: ts.Identifier, depth: number): Expr => {
    const external = imports.get(node.text);
    if (external) return { is: 'external', ...external };
    // A comment may declare a type of the same name (`@typedef`), which folds into the module.
    const ids = resolver.named(node);
    const id = ids.find((each) => each.includes('#')) ?? ids[0];
    if (id !== undefined && id.includes('#')) {
      const declaration = resolver.localDeclaration(node);
      // `const { create } = require('./orders')` is a name of another file.
      const isOwnName = id.startsWith(`${moduleId}#`);
      if (declaration && isOwnName && (ts.isParameter(declaration) || ts.isBindingElement(declaration)))
        return local(declaration, [], depth) ?? UNKNOWN;
      return { is: 'declared', id };
    }
    if (id !== undefined) {
      // A binding at the top level of a module, `const { A } = process.env`, folds into the module.
      const declaration = resolver.localDeclaration(node);
      return (declaration?.getSourceFile() === file ? local(declaration, [], depth) : undefined) ?? { is: 'declared', id };
    }
    const declaration = resolver.localDeclaration(node);
    if (declaration && declaration.getSourceFile() === file) return local(declaration, [], depth) ?? UNKNOWN;
    return { is: 'external', package: 'global', path: [node.text] };
  };

  const member = (node: ts.PropertyAccessExpression | ts.ElementAccessExpression, depth: number): Expr => {
    const name = ts.isPropertyAccessExpression(node)
      ? node.name.text
      : ts.isStringLiteralLike(node.argumentExpression)
        ? literalText(node.argumentExpression)
        : undefined;
    const holder = unwrapped(node.expression);
    if (isEnvironment(holder) || isGivenEnvironment(holder, resolver)) {
      if (name !== undefined) return { is: 'environment', name };
      return { is: 'environment', name: '', by: read((node as ts.ElementAccessExpression).argumentExpression, depth + 1) };
    }
    if (name === undefined) return extended(read(holder, depth + 1), ['[]']);
    const chained = chainStart(holder, depth);
    if (chained) return extended(chained, [name]);
    const declared = ts.isPropertyAccessExpression(node) ? resolver.named(node.name).find((id) => id.includes('#')) : undefined;
    if (declared !== undefined && (declared.endsWith(`.${name}`) || declared.endsWith(`#${name}`))) return { is: 'declared', id: declared };
    return extended(read(holder, depth + (ts.isCallExpression(holder) ? STEP : 1)), [name]);
  };

  /** What a chain of registrations, `new Hono().get(…).post(…)`, is called on. */
  const chainStart = (holder: ts.Expression, depth: number): Expr | undefined => {
    let at = holder;
    let links = 0;
    for (let next = registeredOn(at); next; next = registeredOn(at)) {
      at = next;
      links++;
    }
    if (links === 0) return undefined;
    const start = read(at, depth + 1);
    const root = start.is === 'member' ? start.of : start;
    const callee = root.is === 'call' ? root.callee : undefined;
    const base = callee?.is === 'member' && callee.of.is === 'call' ? callee.of.callee : callee;
    return (root.is === 'call' && root.made !== undefined) || (base?.is === 'external' && isServerPackage(base.package))
      ? start
      : undefined;
  };

  const joined = (parts: readonly Expr[]): Expr => {
    const flat = parts.flatMap((part) => (part.is === 'join' ? part.parts : [part]));
    const merged: Expr[] = [];
    for (const part of flat) {
      const last = merged.at(-1);
      if (part.is === 'text' && last?.is === 'text') merged[merged.length - 1] = { is: 'text', text: last.text + part.text };
      else if (!(part.is === 'text' && part.text === '')) merged.push(part);
    }
    return merged.length === 1 && merged[0]!.is === 'text' ? merged[0] : { is: 'join', parts: merged };
  };

  const calleeOf = (node: Calling, depth: number): Expr =>
    ts.isTaggedTemplateExpression(node) ? read(node.tag, depth + 1) : read(node.expression, depth + (isStep(node) ? STEP : 1));

  /** A call, of which the callee has been read. */
  const called = (node: Calling, callee: Expr, depth: number): CallExpr => {
    const types = (node.typeArguments ?? []).map(typeNames);
    const typed = types.some((list) => list.length > 0) ? { types } : {};
    if (ts.isTaggedTemplateExpression(node)) {
      const text = ts.isNoSubstitutionTemplateLiteral(node.template)
        ? ({ is: 'text', text: node.template.text } as const)
        : read(node.template, depth + 1);
      return { is: 'call', callee, args: [text], ...typed };
    }
    return {
      is: 'call',
      callee,
      args: (node.arguments ?? []).map((argument) => read(ts.isSpreadElement(argument) ? argument.expression : argument, depth + 2)),
      ...(ts.isNewExpression(node) ? { created: true as const } : {}),
      ...typed,
      ...(mayMake(callee) ? { made: madeAt(node) } : {}),
    };
  };

  function read(expression: ts.Expression, depth = 0): Expr {
    if (depth > DEEPEST) return UNKNOWN;
    const node = unwrapped(expression);
    if (ts.isStringLiteralLike(node)) return { is: 'text', text: literalText(node).slice(0, LONGEST_TEXT) };
    if (
      ts.isNumericLiteral(node) ||
      node.kind === ts.SyntaxKind.TrueKeyword ||
      node.kind === ts.SyntaxKind.FalseKeyword ||
      node.kind === ts.SyntaxKind.NullKeyword
    )
      return { is: 'literal', text: node.getText(file) };
    if (ts.isRegularExpressionLiteral(node)) return { is: 'literal', text: node.text };
    if (ts.isTemplateExpression(node))
      return joined([
        { is: 'text', text: node.head.text },
        ...node.templateSpans.flatMap((span): Expr[] => [read(span.expression, depth + 1), { is: 'text', text: span.literal.text }]),
      ]);
    if (ts.isBinaryExpression(node)) {
      const { kind } = node.operatorToken;
      if (kind === ts.SyntaxKind.EqualsToken) return read(node.right, depth + 1);
      if (kind === ts.SyntaxKind.PlusToken) return joined([read(node.left, depth + 1), read(node.right, depth + 1)]);
      if (kind === ts.SyntaxKind.BarBarToken || kind === ts.SyntaxKind.QuestionQuestionToken) {
        const left = read(node.left, depth + 1);
        if (left.is === 'environment') return { ...left, fallback: read(node.right, depth + 1) };
        if (left.is !== 'unknown' && left.is !== 'external') return left;
        const right = read(node.right, depth + 1);
        // `models.User || model('User', schema)`: what is made says more than where it may have been kept.
        return left.is === 'unknown' || right.is === 'call' ? right : left;
      }
      return UNKNOWN;
    }
    if (ts.isIdentifier(node))
      return node.text === 'undefined' ? { is: 'literal', text: 'undefined' } : typed(identifier(node, depth), node);
    if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) return typed(member(node, depth), node);
    const whole = ts.isCallExpression(node) ? requiredModule(node) : undefined;
    if (whole) return whole;
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
      const call = called(node, calleeOf(node, depth), depth);
      return depth > 0 ? withType(call, node) : call;
    }
    if (ts.isTaggedTemplateExpression(node)) return called(node, calleeOf(node, depth), depth);
    if (ts.isObjectLiteralExpression(node)) return object(node, depth);
    if (ts.isArrayLiteralExpression(node))
      return { is: 'list', items: node.elements.slice(0, MOST_ENTRIES).map((item) => read(item, depth + 1)) };
    if (ts.isArrowFunction(node) || ts.isFunctionExpression(node)) return inPlace(node, depth);
    if (node.kind === ts.SyntaxKind.ThisKeyword) {
      const [id] = resolver.named(node);
      return id === undefined ? UNKNOWN : { is: 'declared', id };
    }
    if (ts.isConditionalExpression(node)) {
      const [yes, no] = [read(node.whenTrue, depth + 1), read(node.whenFalse, depth + 1)];
      if (yes.is === 'text' && no.is === 'text') return { ...yes, others: [...(yes.others ?? []), no.text, ...(no.others ?? [])] };
      const isNothing = yes.is === 'unknown' || (yes.is === 'literal' && (yes.text === 'undefined' || yes.text === 'null'));
      return isNothing ? no : yes;
    }
    return withType(UNKNOWN, node);
  }

  /** Adds the checker's word for values that a call may hand on. */
  const typed = (expr: Expr, node: ts.Expression): Expr => {
    if (expr.is === 'unknown' || (expr.is === 'call' && !expr.type) || (expr.is === 'member' && expr.of.is === 'call')) {
      const type = typesOf(node);
      if (type.length === 0) return expr;
      if (expr.is === 'member') return expr;
      return { ...expr, type };
    }
    if ((expr.is === 'parameter' || expr.is === 'received' || expr.is === 'declared') && (expr.path !== undefined || !('type' in expr)))
      return withType(expr, node);
    return expr;
  };

  const object = (node: ts.ObjectLiteralExpression, depth: number): Expr => {
    const entries: Record<string, Expr> = {};
    let spread = false;
    const spreads: Expr[] = [];
    const computed: (readonly [Expr, Expr])[] = [];
    const isDescription = describes(node);
    for (const property of node.properties.slice(0, isDescription ? MOST_COLUMNS : MOST_ENTRIES)) {
      if (ts.isSpreadAssignment(property)) {
        spread = true;
        spreads.push(spreadOf(property.expression, depth + 1));
      } else if (
        property.name &&
        (ts.isIdentifier(property.name) || ts.isStringLiteralLike(property.name) || ts.isNumericLiteral(property.name))
      ) {
        const key = property.name.text;
        setOwn(entries, key, valueOf(property, depth));
      } else if (property.name && ts.isComputedPropertyName(property.name)) {
        const key = read(property.name.expression, depth + 1);
        const value = valueOf(property, depth);
        if (key.is === 'text') setOwn(entries, key.text, value);
        else if (key.is === 'declared') computed.push([key, value]);
        else spread = true;
      }
    }
    const at = isDescription ? { at: entryPlaces(node, file) } : {};
    const type = expectedOf(node);
    return {
      is: 'object',
      entries,
      ...(spread ? { spread: true as const } : {}),
      ...(spreads.length > 0 ? { spreads } : {}),
      ...(computed.length > 0 ? { computed } : {}),
      ...at,
      ...(type.length > 0 ? { type } : {}),
    };
  };

  /** What a property of an object literal holds. */
  const valueOf = (property: ts.ObjectLiteralElementLike, depth: number): Expr => {
    if (ts.isShorthandPropertyAssignment(property)) return read(property.name, depth + 1);
    if (ts.isPropertyAssignment(property)) return read(property.initializer, depth + 1);
    return ts.isMethodDeclaration(property) ? inPlace(property, depth) : UNKNOWN;
  };

  /** What is spread; keys of `...(region ? { region } : {})` and `...(region && { region })` are there on some ways only. */
  const spreadOf = (expression: ts.Expression, depth: number): Expr => {
    const node = unwrapped(expression);
    const isAnd = ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken;
    const branches = isAnd ? [node.right] : ts.isConditionalExpression(node) ? [node.whenTrue, node.whenFalse] : [];
    const literals = branches.map(unwrapped).filter(ts.isObjectLiteralExpression);
    if (literals.length === 0 || literals.length < branches.length) return read(expression, depth);
    const [first, ...rest] = literals.map((literal) => read(literal, depth)) as ObjectExpr[];
    const all = rest.reduce((both, each) => mergedObjects(both, each), first!);
    const everywhere = (name: string): boolean =>
      !isAnd && [first!, ...rest].every(({ entries, maybe }) => Object.hasOwn(entries, name) && !maybe?.includes(name));
    const maybe = Object.keys(all.entries).filter((name) => !everywhere(name));
    const { maybe: _maybe, ...known } = all;
    return { ...known, ...(maybe.length > 0 ? { maybe } : {}) };
  };

  const inPlace = (fn: ts.ArrowFunction | ts.FunctionExpression | ts.MethodDeclaration, depth: number): Expr => {
    let at: NodeId = moduleId;
    for (let node: ts.Node = fn; !ts.isSourceFile(node); node = node.parent) {
      const id = named.get(node);
      if (id !== undefined) {
        at = id;
        break;
      }
    }
    const { line } = placeOf(fn, file);
    const reference = ts.isArrowFunction(fn) && !ts.isBlock(fn.body) && isReference(fn) ? read(fn.body, depth + 1) : undefined;
    const returned = !reference && (mayAnswer(fn) || makesText(fn)) ? onlyReturn(fn) : undefined;
    const returns = reference ?? (returned ? read(returned, DEEPEST - 3) : UNKNOWN);
    return {
      is: 'function',
      at,
      line,
      endLine: file.getLineAndCharacterOfPosition(fn.end).line + 1,
      ...(returns.is === 'unknown' && !returns.type ? {} : { returns }),
    };
  };

  /** `require('express')` in the middle of an expression. */
  const requiredModule = (node: ts.CallExpression): Expr | undefined => {
    if (!isRequire(node)) return undefined;
    const [specifier] = node.arguments;
    if (!specifier || !ts.isStringLiteralLike(specifier)) return undefined;
    if (!isOwn(specifier.text)) return { is: 'external', package: specifier.text, path: ['default'] };
    const [id] = resolver.named(specifier);
    return id === undefined ? undefined : { is: 'declared', id };
  };

  const madeAt = (node: ts.Node): string => {
    const { line, col } = placeOf(node, file);
    return `${moduleId}:${line}:${col}`;
  };

  return {
    read: (node) => read(node),
    calleeOf: (node) => (ts.isCallExpression(node) && requiredModule(node) ? undefined : calleeOf(node, 0)),
    call: (node, callee) => called(node, callee, 0),
    externalOf,
    typeNames,
    typesOf,
    expectedOf,
    identifiers,
  };
}

/** An own entry, also of `__proto__`. */
const setOwn = (entries: Record<string, Expr>, name: string, value: Expr): void =>
  void Object.defineProperty(entries, name, { value, enumerable: true, configurable: true, writable: true });

const URL_SEARCH_PARAMS: Expr = { is: 'external', package: 'global', path: ['URLSearchParams'] };

const globalName = (callee: Expr): string | undefined =>
  callee.is === 'external' && callee.path.length === 1 ? callee.path[0] : undefined;

type ObjectExpr = Extract<Expr, { is: 'object' }>;

/** An object with what is written into it later. */
function mergedObjects(made: ObjectExpr, added: ObjectExpr): ObjectExpr {
  const maybe = [...(made.maybe ?? []), ...(added.maybe ?? []).filter((name) => !Object.hasOwn(made.entries, name))];
  const spreads = [...(made.spreads ?? []), ...(added.spreads ?? [])];
  return {
    ...made,
    entries: { ...made.entries, ...added.entries },
    ...(made.spread || added.spread ? { spread: true as const } : {}),
    ...(spreads.length > 0 ? { spreads } : {}),
    ...(maybe.length > 0 ? { maybe } : {}),
  };
}

const withSpread = (object: ObjectExpr, given: Expr): ObjectExpr => ({
  ...object,
  spread: true,
  spreads: [given, ...(object.spreads ?? [])],
});

/** One entry that is written into a local value; without a key, nobody knows which. */
interface Written {
  readonly key?: ts.Expression | string;
  readonly value?: ts.Expression;
  /** All members of a value: `Object.assign(init, options)`. */
  readonly spread?: ts.Expression;
  /** Only on some ways through the code. */
  readonly conditional: boolean;
}

const WRITING = new Set(['set', 'append', 'delete']);

/** What is written into a local name in the block that declares it. */
function writesInto(name: ts.Identifier): readonly Written[] {
  let scope: ts.Node = name.parent;
  while (!ts.isBlock(scope) && !ts.isSourceFile(scope) && !ts.isFunctionLike(scope)) scope = scope.parent;
  const found: Written[] = [];
  const isIt = (node: ts.Expression): boolean => {
    const at = unwrapped(node);
    return ts.isIdentifier(at)
      ? at.text === name.text
      : ts.isPropertyAccessExpression(at) && at.name.text === 'searchParams' && isIt(at.expression);
  };
  const conditionalIn = (node: ts.Node): boolean => {
    for (let at = node.parent; at !== scope; at = at.parent)
      if (
        ts.isIfStatement(at) ||
        ts.isConditionalExpression(at) ||
        ts.isFunctionLike(at) ||
        ts.isIterationStatement(at, false) ||
        ts.isSwitchStatement(at) ||
        ts.isTryStatement(at) ||
        (ts.isBinaryExpression(at) && at.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken)
      )
        return true;
    return false;
  };
  const visit = (node: ts.Node): void => {
    if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken) {
      const left = unwrapped(node.left);
      if (ts.isPropertyAccessExpression(left) && isIt(left.expression)) {
        if (left.name.text === 'search') found.push({ conditional: true });
        else found.push({ key: left.name.text, value: node.right, conditional: conditionalIn(node) });
      } else if (ts.isElementAccessExpression(left) && isIt(left.expression))
        found.push({ key: left.argumentExpression, value: node.right, conditional: conditionalIn(node) });
    } else if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      const { expression, name: method } = node.expression;
      const [key, value] = node.arguments;
      if (WRITING.has(method.text) && isIt(expression) && key) {
        if (method.text !== 'delete') found.push({ key, ...(value ? { value } : {}), conditional: conditionalIn(node) });
      } else if (method.text === 'assign' && ts.isIdentifier(expression) && expression.text === 'Object' && key && isIt(key))
        for (const spread of node.arguments.slice(1)) found.push({ spread, conditional: conditionalIn(node) });
    }
    ts.forEachChild(node, visit);
  };
  visit(scope);
  return found;
}

/** `exports.up = (knex) => …`, `module.exports = { up(knex) { … } }`: what the function of a script is called. */
function exportedName(given: ts.Node, name: string | undefined): string | undefined {
  const { parent } = given;
  if (ts.isExportAssignment(parent)) return name;
  if (!ts.isBinaryExpression(parent) || parent.right !== given || !ts.isPropertyAccessExpression(parent.left)) return undefined;
  const { expression, name: last } = parent.left;
  const isExports = (node: ts.Expression): boolean =>
    (ts.isIdentifier(node) && node.text === 'exports') || (ts.isPropertyAccessExpression(node) && node.name.text === 'exports');
  if (isExports(parent.left)) return name;
  return isExports(expression) && name === undefined ? last.text : undefined;
}

/** `require('./routes')` */
export const isRequire = (node: ts.Node): node is ts.CallExpression =>
  ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'require';

/** `module.exports = …`, `export default …` of an expression. */
export function isWholeExport(given: ts.Node): boolean {
  const { parent } = given;
  if (ts.isExportAssignment(parent)) return true;
  if (!ts.isBinaryExpression(parent) || parent.right !== given || parent.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return false;
  const { left } = parent;
  return (
    ts.isPropertyAccessExpression(left) &&
    left.name.text === 'exports' &&
    ts.isIdentifier(left.expression) &&
    left.expression.text === 'module'
  );
}

/** `a().b()`: the call goes on from another one. */
const isStep = (call: ts.CallExpression | ts.NewExpression): boolean =>
  ts.isPropertyAccessExpression(call.expression) && ts.isCallExpression(unwrapped(call.expression.expression));

/** `() => users.id`, `() => User`, `(of) => User`, `(name) => `shop_${name}``, `(t) => ({ … })` of a table: what is returned names something. */
function isReference(fn: ts.ArrowFunction): boolean {
  const body = unwrapped(fn.body as ts.Expression);
  if (ts.isTemplateExpression(body)) return fn.parameters.length === 1;
  if (ts.isObjectLiteralExpression(body)) return describes(body);
  // The parameter is there for people: `@Resolver((of) => User)`.
  if (fn.parameters.length === 1 && ts.isDecorator(fn.parent.parent)) return ts.isIdentifier(body) && /^[A-Z]/.test(body.text);
  return fn.parameters.length === 0 && (ts.isIdentifier(body) || ts.isPropertyAccessExpression(body));
}

const DESCRIBING_CALL = /(^|\.)(\w*[tT]able|Schema|EntitySchema|define|init|defineEntity)$/;

/** An object literal that says what a table is made of, or a part of one. */
function describes(literal: ts.ObjectLiteralExpression): boolean {
  let node: ts.Node = literal;
  for (let depth = 0; depth < 8; depth++) {
    const { parent } = node as { parent: ts.Node };
    if (ts.isCallExpression(parent) || ts.isNewExpression(parent))
      return parent.expression !== node && DESCRIBING_CALL.test(calledName(parent.expression));
    if (
      !ts.isParenthesizedExpression(parent) &&
      !ts.isArrowFunction(parent) &&
      !ts.isPropertyAssignment(parent) &&
      !ts.isObjectLiteralExpression(parent)
    )
      return false;
    node = parent;
  }
  return false;
}

const calledName = (expression: ts.Expression): string =>
  ts.isIdentifier(expression) ? expression.text : ts.isPropertyAccessExpression(expression) ? expression.name.text : '';

/** Line and column of each key. */
function entryPlaces(literal: ts.ObjectLiteralExpression, file: ts.SourceFile): Readonly<Record<string, readonly [number, number]>> {
  const places: [string, readonly [number, number]][] = [];
  for (const { name } of literal.properties.slice(0, MOST_COLUMNS)) {
    if (!name || !(ts.isIdentifier(name) || ts.isStringLiteralLike(name))) continue;
    const { line, col } = placeOf(name, file);
    places.push([name.text, [line, col]]);
  }
  return Object.fromEntries(places);
}

const mayMake = (callee: Expr): boolean =>
  callee.is === 'external'
    ? isServerPackage(callee.package)
    : callee.is === 'declared' && !callee.path && MAKERS.test(callee.id.slice(callee.id.lastIndexOf('#')));

/** `x` of `x.get(…)`, for the methods that return x. */
function registeredOn(node: ts.Expression): ts.Expression | undefined {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return undefined;
  const { name, expression } = node.expression;
  const isFluent = FLUENT.has(name.text) || ((name.text === 'route' || name.text === 'register') && node.arguments.length > 1);
  return isFluent ? unwrapped(expression) : undefined;
}

/** A member of a literal that only puts a text together: `{ person: (team, id) => `/teams/${team}/${id}` }`. */
function makesText(fn: ts.ArrowFunction | ts.FunctionExpression | ts.MethodDeclaration): boolean {
  if (!ts.isMethodDeclaration(fn) && !ts.isPropertyAssignment(fn.parent)) return false;
  const returned = onlyReturn(fn);
  const made = returned && unwrapped(returned);
  return (
    made !== undefined &&
    (ts.isTemplateExpression(made) ||
      ts.isStringLiteralLike(made) ||
      (ts.isBinaryExpression(made) && made.operatorToken.kind === ts.SyntaxKind.PlusToken))
  );
}

function mayAnswer(fn: ts.Node): boolean {
  let given = fn.parent;
  if (ts.isPropertyAssignment(given)) given = given.parent;
  while (ts.isObjectLiteralExpression(given)) given = given.parent;
  if (!ts.isCallExpression(given)) return false;
  // The configuration of a NestJS application, of which routes may take a prefix.
  if (ts.isIdentifier(given.expression) && given.expression.text === 'registerAs') return true;
  // `app.get('/', wrap(async () => …))`
  if (ts.isIdentifier(given.expression) && ts.isCallExpression(given.parent)) given = given.parent;
  return ts.isCallExpression(given) && ts.isPropertyAccessExpression(given.expression) && ANSWERED.has(given.expression.name.text);
}

/** The only value that a function returns; undefined when there are several or none. */
export function onlyReturn(fn: ts.FunctionLikeDeclaration): ts.Expression | undefined {
  const { body } = fn;
  if (!body) return undefined;
  if (!ts.isBlock(body)) return body;
  const found: ts.Expression[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isReturnStatement(node) && node.expression) found.push(node.expression);
    if (!ts.isFunctionLike(node) && !ts.isClassLike(node)) ts.forEachChild(node, visit);
  };
  ts.forEachChild(body, visit);
  return found.length === 1 ? found[0] : undefined;
}

/** The expression inside parentheses, assertions, `await`, `!`. */
export function unwrapped(node: ts.Expression): ts.Expression {
  if (
    ts.isParenthesizedExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isSatisfiesExpression(node) ||
    ts.isNonNullExpression(node) ||
    ts.isAwaitExpression(node) ||
    ts.isTypeAssertionExpression(node)
  )
    return unwrapped(node.expression);
  return node;
}

/** `process.env`, `import.meta.env`, `Bun.env`. */
export function isEnvironment(node: ts.Expression): boolean {
  if (!ts.isPropertyAccessExpression(node) || node.name.text !== 'env') return false;
  const of = unwrapped(node.expression);
  return (
    (ts.isIdentifier(of) && (of.text === 'process' || of.text === 'Bun')) ||
    (ts.isMetaProperty(of) && of.keywordToken === ts.SyntaxKind.ImportKeyword)
  );
}

/** `env` of `(env: NodeJS.ProcessEnv) => env.PORT`: the environment, handed in. */
export function isGivenEnvironment(node: ts.Expression, resolver: Pick<Resolver, 'localDeclaration'>): boolean {
  if (!ts.isIdentifier(node) || !(ts.isPropertyAccessExpression(node.parent) || ts.isElementAccessExpression(node.parent))) return false;
  if (node.parent.expression !== node) return false;
  const declaration = resolver.localDeclaration(node);
  return declaration !== undefined && ts.isParameter(declaration) && declaration.type?.getText() === 'NodeJS.ProcessEnv';
}

/** Names of the environment variables that an expression reads itself: not functions in it. */
export function variablesIn(value: ts.Expression): readonly string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) || ts.isObjectLiteralExpression(node)) return;
    if (ts.isPropertyAccessExpression(node) && isEnvironment(unwrapped(node.expression))) found.push(node.name.text);
    else if (
      ts.isElementAccessExpression(node) &&
      isEnvironment(unwrapped(node.expression)) &&
      ts.isStringLiteralLike(node.argumentExpression)
    )
      found.push(node.argumentExpression.text);
    else if (
      ts.isCallExpression(node) &&
      ts.isIdentifier(node.expression) &&
      node.arguments[0] &&
      ts.isStringLiteralLike(node.arguments[0]) &&
      /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$/.test(node.arguments[0].text)
    )
      found.push(node.arguments[0].text); // `required('TRACKING_URL')`
    else ts.forEachChild(node, visit);
  };
  visit(value);
  return found;
}

function externalImports(file: ts.SourceFile, isOwn: (specifier: string) => boolean): ReadonlyMap<string, External> {
  const found = new Map<string, External>();
  for (const statement of file.statements) {
    if (ts.isVariableStatement(statement)) required(statement, isOwn, found);
    if (ts.isImportEqualsDeclaration(statement) && ts.isExternalModuleReference(statement.moduleReference)) {
      const { expression } = statement.moduleReference;
      if (ts.isStringLiteral(expression) && !isOwn(expression.text))
        found.set(statement.name.text, { package: expression.text, path: ['default'] });
    }
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier) || isOwn(statement.moduleSpecifier.text))
      continue;
    const specifier = statement.moduleSpecifier.text;
    const clause = statement.importClause;
    if (clause?.name) found.set(clause.name.text, { package: specifier, path: ['default'] });
    const bindings = clause?.namedBindings;
    if (bindings && ts.isNamespaceImport(bindings)) found.set(bindings.name.text, { package: specifier, path: [] });
    if (bindings && ts.isNamedImports(bindings))
      for (const { name, propertyName } of bindings.elements)
        found.set(name.text, { package: specifier, path: [(propertyName ?? name).text] });
  }
  return found;
}

/** `const express = require('express')`, `const { Router } = require('express')`. */
function required(statement: ts.VariableStatement, isOwn: (specifier: string) => boolean, found: Map<string, External>): void {
  for (const { name, initializer } of statement.declarationList.declarations) {
    const call = initializer && unwrapped(initializer);
    if (!call || !isRequire(call)) continue;
    const [specifier] = call.arguments;
    if (!specifier || !ts.isStringLiteralLike(specifier) || isOwn(specifier.text)) continue;
    if (ts.isIdentifier(name)) found.set(name.text, { package: specifier.text, path: ['default'] });
    else if (ts.isObjectBindingPattern(name))
      for (const element of name.elements)
        if (ts.isIdentifier(element.name))
          found.set(element.name.text, {
            package: specifier.text,
            path: [element.propertyName && ts.isIdentifier(element.propertyName) ? element.propertyName.text : element.name.text],
          });
  }
}

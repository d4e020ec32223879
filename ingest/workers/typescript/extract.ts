import { ts } from 'ts-morph';
import type { Edge, EdgeType } from '../../../graph/model/edge.ts';
import type { NodeId } from '../../../graph/model/id.ts';
import type { GapReason } from '../../../graph/model/node.ts';
import { createEdgeCollector, fact } from './edges.ts';
import type { Resolver } from './resolver.ts';
import { stateFlows, stateInference } from './flow.ts';
import { exportOf } from './naming.ts';
import { isNeverRun } from './never-run.ts';

export interface ExtractContext {
  readonly file: ts.SourceFile;
  readonly moduleId: NodeId;
  /** Names of this file's non-local declarations, by their syntax node. */
  readonly named: ReadonlyMap<ts.Node, NodeId>;
  readonly resolver: Resolver;
  /** The module or package an import specifier stands for. */
  readonly imported: (specifier: ts.StringLiteralLike) => NodeId | undefined;
  /** Ids of the environment variables that an expression reads. */
  readonly variablesIn: (value: ts.Expression) => readonly NodeId[];
  /** States that something at a place could not be analysed; gives the id of the Gap. */
  readonly gap: (reason: GapReason, detail: string, at: ts.Node) => NodeId;
}

/** All edges that one file states: one walk over its syntax, asking the resolver at each name and each checked value. */
export function extractEdges(context: ExtractContext): readonly Edge[] {
  const { file, moduleId, named, resolver } = context;
  const out = createEdgeCollector(file);
  let owner = moduleId;
  let scopeFacts = 0;

  // A declaration that names itself, or what is folded into it (a parameter), is stated too: recursion is a fact.
  const add = (type: EdgeType, targets: readonly NodeId[], at: ts.Node, facts = 0, args?: number): void => {
    for (const to of targets) out.add({ from: owner, type, to, at, facts: facts | scopeFacts, ...(args === undefined ? {} : { args }) });
  };

  /** States every role in which the value of `use` (a name, or the access that ends in it) is used. */
  const stateUse = (name: ts.Node, use: ts.Expression, targets: readonly NodeId[], extra: number): void => {
    if (targets.length === 0) return;
    const { type, facts, args } = roleOf(use);
    add(type, targets, name, facts | extra, args);
  };

  const visitMember = (access: ts.PropertyAccessExpression | ts.ElementAccessExpression, name: ts.Node): void => {
    const own = resolver.named(name);
    // The checker does not look through `| undefined` for a literal key: `order?.['total']`.
    const targets =
      own.length === 0 && ts.isElementAccessExpression(access)
        ? resolver.property(access.expression, (name as ts.StringLiteralLike).text)
        : own;
    const extra =
      (ts.isElementAccessExpression(access) ? fact('computed-key') : 0) |
      (access.questionDotToken ? fact('optional-chain') : 0) |
      (access.expression.kind === ts.SyntaxKind.SuperKeyword ? fact('super') : 0) |
      namespaceFacts(lastName(access.expression), targets);
    stateUse(name, access, targets, extra);
    stateAccess(access.expression, targets, name);
    if (targets.length === 0 && !ts.isNumericLiteral(name) && resolver.typeOf(access.expression).unknown)
      stateGap('any-receiver', (name as ts.Identifier | ts.StringLiteralLike).text, name);
  };

  /** A declaration on the first level of a file, reached through a name for the file. */
  const namespaceFacts = (receiver: ts.Node, targets: readonly NodeId[]): number =>
    targets.some((id) => /#[^.]+$/.test(id)) && resolver.named(receiver).some((id) => !id.includes('#')) ? fact('namespace') : 0;

  const stateGap = (reason: GapReason, detail: string, at: ts.Node, via?: NodeId): void =>
    out.add({ from: owner, type: 'AFFECTED_BY_GAP', to: context.gap(reason, detail, at), at, ...(via === undefined ? {} : { via }) });

  /** `value[key]` with a key that is no literal: the members that its type names, else any member may be meant. */
  const visitComputedAccess = (access: ts.ElementAccessExpression): void => {
    stateAccess(access.expression, [], access.argumentExpression);
    const names = resolver.keyNames(access.argumentExpression);
    for (const name of names)
      stateUse(access.argumentExpression, access, resolver.property(access.expression, name), fact('computed-key') | fact('implicit'));
    if (names.length > 0) return;
    for (const through of resolver.typeOf(access.expression).head)
      if (through.includes('#')) stateGap('computed-access', through.slice(through.indexOf('#') + 1), access.argumentExpression, through);
  };

  /** A member reached through a type that does not declare it: through a derived class, an alias, an intersection. */
  const stateAccess = (receiver: ts.Node, members: readonly NodeId[], at: ts.Node): void => {
    for (const through of resolver.typeOf(receiver).head) {
      if (through === owner) continue;
      if (members.length === 0) out.add({ from: owner, type: 'ACCESSES', to: through, at });
      for (const member of members)
        if (!member.startsWith(`${through}.`)) out.add({ from: owner, type: 'ACCESSES', to: through, via: member, at });
    }
  };

  /**
   * `config.get('auth.secret')`: a string that is a path of property names in a type argument of the receiver or the
   * callee, as in typed configuration, form and query libraries.
   */
  const visitStringPath = (call: ts.CallExpression): void => {
    const callee = innermost(call.expression);
    if (!ts.isPropertyAccessExpression(callee)) return;
    for (const argument of call.arguments) {
      if (!ts.isStringLiteralLike(argument)) continue;
      for (const members of resolver.stringPath(callee.expression, argument.text))
        add('READS', members, argument, fact('computed-key') | fact('implicit') | fact('result-used'));
    }
  };

  /** A string where a key of a type is expected: `pick(order, 'total')`, `Pick<Order, 'total'>`. */
  const visitKey = (literal: ts.StringLiteralLike): void => {
    const inType = ts.isLiteralTypeNode(literal.parent);
    add(
      'READS',
      resolver.keyed(literal),
      literal,
      fact('computed-key') | fact('implicit') | (inType ? fact('type-only') : fact('result-used')),
    );
  };

  const visitImport = (node: ts.ImportDeclaration | ts.ExportDeclaration): void => {
    const specifier = node.moduleSpecifier;
    const typeOnly = ts.isImportDeclaration(node) ? (node.importClause?.isTypeOnly ?? false) : node.isTypeOnly;
    const facts = fact('import') | (typeOnly ? fact('type-only') : 0);
    if (specifier && ts.isStringLiteral(specifier)) {
      const target = context.imported(specifier);
      if (target) add(ts.isImportDeclaration(node) ? 'IMPORTS' : 'RE_EXPORTS', [target], specifier, facts);
    }
    const bindings = ts.isImportDeclaration(node) ? node.importClause?.namedBindings : node.exportClause;
    if (ts.isImportDeclaration(node) && node.importClause?.name)
      add('IMPORTS', resolver.named(node.importClause.name), node.importClause.name, facts);
    if (!bindings || !(ts.isNamedImports(bindings) || ts.isNamedExports(bindings))) return;
    for (const element of bindings.elements) {
      const name = element.propertyName ?? element.name;
      const targets = resolver.named(element.name);
      add(
        ts.isImportDeclaration(node) ? 'IMPORTS' : specifier ? 'RE_EXPORTS' : 'EXPORTS',
        targets,
        name,
        facts | (element.isTypeOnly ? fact('type-only') : 0),
      );
    }
  };

  /** `import name = require('./module')`. */
  const visitImportEquals = (node: ts.ImportEqualsDeclaration): void => {
    if (!ts.isExternalModuleReference(node.moduleReference) || !ts.isStringLiteral(node.moduleReference.expression)) return;
    const facts = fact('import') | (node.isTypeOnly ? fact('type-only') : 0);
    const target = context.imported(node.moduleReference.expression);
    if (target)
      add('IMPORTS', [target, ...resolver.named(node.name).filter((id) => id !== target)], node.moduleReference.expression, facts);
  };

  /** `import('./module').Name` and `typeof import('./module')`; the qualifier is visited as any other name. */
  const visitImportType = ({ argument, qualifier }: ts.ImportTypeNode): void => {
    if (!ts.isLiteralTypeNode(argument) || !ts.isStringLiteral(argument.literal)) return;
    const target = context.imported(argument.literal);
    const facts = fact('import') | fact('type-only');
    if (target) add('IMPORTS', [target], argument, facts);
    if (target && qualifier) add('IMPORTS', resolver.named(ts.isIdentifier(qualifier) ? qualifier : qualifier.right), qualifier, facts);
  };

  const visitBinding = (pattern: ts.BindingPattern): void => {
    if (!ts.isObjectBindingPattern(pattern)) return stateAccess(pattern, [], pattern);
    for (const element of pattern.elements) {
      const name = element.propertyName ?? element.name;
      if (element.dotDotDotToken || !(ts.isIdentifier(name) || ts.isStringLiteralLike(name))) continue;
      const targets = resolver.property(pattern, name.text);
      add('READS', targets, name, fact('destructured') | fact('result-used'));
      stateAccess(pattern, targets, name);
    }
  };

  const visitLiteralKeys = (literal: ts.ObjectLiteralExpression): void => {
    const destructuring = isAssigned(literal);
    for (const property of literal.properties) {
      const { name } = property;
      if (!name || ts.isComputedPropertyName(name) || ts.isPrivateIdentifier(name)) continue;
      const facts = (ts.isShorthandPropertyAssignment(property) ? fact('shorthand') : 0) | fact('object-literal');
      const targets = destructuring ? resolver.assignedFrom(name) : resolver.contextualProperty(literal, name.text);
      add(destructuring ? 'READS' : 'WRITES', targets, name, facts);
      if (!destructuring && targets.length > 0) stateCopies(property, targets, name);
    }
  };

  /** `{ email: row.email_address }`: a property filled from others. */
  const stateCopies = (property: ts.ObjectLiteralElementLike, filled: readonly NodeId[], at: ts.Node): void => {
    const value = ts.isPropertyAssignment(property)
      ? property.initializer
      : ts.isShorthandPropertyAssignment(property)
        ? property.name
        : undefined;
    if (value) stateCopiesOf(value, filled, at);
  };

  const stateCopiesOf = (value: ts.Expression, targets: readonly NodeId[], at: ts.Node): void => {
    const filled = targets.filter(isMemberId);
    if (filled.length === 0) return;
    for (const source of [...sourcesOf(value, resolver), ...context.variablesIn(value)])
      for (const into of filled) if (into !== source) out.add({ from: owner, type: 'MAPS_TO', to: source, via: into, at, tier: 'flow' });
  };

  /** `dto.email = user.email`: the same by assignment. */
  const visitAssignment = ({ left, right, operatorToken }: ts.BinaryExpression): void => {
    if (operatorToken.kind !== ts.SyntaxKind.EqualsToken || !ts.isPropertyAccessExpression(left)) return;
    stateCopiesOf(right, resolver.named(left.name), left.name);
  };

  const visitHeritage = (clause: ts.HeritageClause): void => {
    for (const base of clause.types) {
      const name = ts.isPropertyAccessExpression(base.expression) ? base.expression.name : base.expression;
      const targets = ts.isIdentifier(name) ? resolver.named(name) : resolver.typeOf(base).head;
      add(clause.token === ts.SyntaxKind.ExtendsKeyword ? 'EXTENDS' : 'IMPLEMENTS', targets, base.expression, fact('heritage'));
    }
  };

  const visitCall = (call: ts.CallLikeExpression): void => {
    const declared = resolver.signature(call);
    const args = 'arguments' in call ? call.arguments : undefined;
    const facts = argumentFacts(args) | resultFacts(call as ts.Expression) | fact('called');
    if (ts.isNewExpression(call) || (ts.isCallExpression(call) && call.expression.kind === ts.SyntaxKind.SuperKeyword)) {
      add(
        'CALLS',
        declared.filter((id) => id.endsWith('.constructor')),
        call,
        facts | (ts.isNewExpression(call) ? 0 : fact('super')),
        args?.length ?? 0,
      );
      // A class under another name: a local, a parameter, a value of a constructor type.
      if (ts.isNewExpression(call)) {
        const stated = resolver.named(lastName(call.expression));
        add(
          'INSTANTIATES',
          resolver.typeOf(call).head.filter((id) => !stated.includes(id)),
          call,
          facts | fact('implicit'),
          args?.length ?? 0,
        );
      }
      return;
    }
    const name = lastName(calleeOf(call));
    // The signature may belong to another declaration than the name: a call signature of a function type, a merged overload.
    const stated = resolver.named(name);
    add(
      'CALLS',
      declared.filter((id) => !stated.includes(id)),
      call,
      facts | fact('implicit'),
      args?.length,
    );
  };

  const visitIdentifier = (node: ts.Identifier | ts.PrivateIdentifier): void => {
    const { parent } = node;
    if (ts.isPropertyAccessExpression(parent) && parent.name === node) return visitMember(parent, node);
    if (isDeclarationName(node)) return;
    if (ts.isExpressionWithTypeArguments(parent) && ts.isHeritageClause(parent.parent)) return;
    if (ts.isJsxAttribute(parent) && parent.name === node)
      return add('WRITES', resolver.contextualProperty(parent.parent, node.text), node, fact('jsx') | fact('object-literal'));
    if (ts.isMetaProperty(parent) || ts.isLabeledStatement(parent) || ts.isBreakOrContinueStatement(parent)) return;
    if (ts.isQualifiedName(parent) && parent.right === node) {
      const targets = resolver.named(node);
      return add(
        'USES_TYPE',
        targets,
        node,
        fact('type-only') | namespaceFacts(ts.isQualifiedName(parent.left) ? parent.left.right : parent.left, targets),
      );
    }
    if (isTypePosition(node))
      return add(
        ts.isTypeQueryNode(parent) ? 'REFERENCES' : 'USES_TYPE',
        resolver.named(node),
        node,
        fact('type-only') | typeRoleFacts(node),
      );
    stateUse(node, node, resolver.named(node), 0);
  };

  const visit = (node: ts.Node): void => {
    if (node.kind >= ts.SyntaxKind.FirstJSDocNode && node.kind <= ts.SyntaxKind.LastJSDocNode) return;
    const outer = owner;
    const outerFacts = scopeFacts;
    if (isNeverRun(node)) scopeFacts |= fact('not-run');
    const id = named.get(node);
    if (id !== undefined && !ts.isBindingElement(node)) owner = id;

    switch (node.kind) {
      case ts.SyntaxKind.Identifier:
      case ts.SyntaxKind.PrivateIdentifier:
        visitIdentifier(node as ts.Identifier);
        break;
      case ts.SyntaxKind.ImportDeclaration:
      case ts.SyntaxKind.ExportDeclaration:
        visitImport(node as ts.ImportDeclaration);
        owner = outer;
        return;
      case ts.SyntaxKind.ElementAccessExpression: {
        const access = node as ts.ElementAccessExpression;
        if (ts.isStringLiteralLike(access.argumentExpression) || ts.isNumericLiteral(access.argumentExpression))
          visitMember(access, access.argumentExpression);
        else visitComputedAccess(access);
        break;
      }
      case ts.SyntaxKind.LiteralType: {
        const type = node as ts.LiteralTypeNode;
        if (ts.isIndexedAccessTypeNode(type.parent) && ts.isStringLiteral(type.literal)) {
          add(
            'READS',
            resolver.property(type.parent.objectType, type.literal.text),
            type.literal,
            fact('type-only') | fact('computed-key'),
          );
        }
        break;
      }
      case ts.SyntaxKind.ImportType:
        visitImportType(node as ts.ImportTypeNode);
        break;
      case ts.SyntaxKind.ImportEqualsDeclaration:
        visitImportEquals(node as ts.ImportEqualsDeclaration);
        break;
      case ts.SyntaxKind.StringLiteral:
      case ts.SyntaxKind.NoSubstitutionTemplateLiteral:
        visitKey(node as ts.StringLiteralLike);
        break;
      case ts.SyntaxKind.ObjectBindingPattern:
      case ts.SyntaxKind.ArrayBindingPattern:
        visitBinding(node as ts.BindingPattern);
        break;
      case ts.SyntaxKind.ObjectLiteralExpression:
        visitLiteralKeys(node as ts.ObjectLiteralExpression);
        break;
      case ts.SyntaxKind.ForOfStatement:
      case ts.SyntaxKind.SpreadElement:
        stateAccess((node as ts.ForOfStatement | ts.SpreadElement).expression, [], (node as ts.ForOfStatement).expression);
        break;
      case ts.SyntaxKind.BinaryExpression:
        visitAssignment(node as ts.BinaryExpression);
        break;
      case ts.SyntaxKind.HeritageClause:
        visitHeritage(node as ts.HeritageClause);
        break;
      case ts.SyntaxKind.CallExpression: {
        const call = node as ts.CallExpression;
        const target = importCallTarget(call, context);
        if (target) add('IMPORTS', [target], call, fact('import'));
        else if (call.expression.kind === ts.SyntaxKind.ImportKeyword) {
          const [specifier] = call.arguments;
          if (specifier && !ts.isStringLiteralLike(specifier))
            stateGap('dynamic-import', specifier.getText(file).replace(/\s+/g, ' ').slice(0, 200), specifier);
        } else {
          visitCall(call);
          visitStringPath(call);
        }
        break;
      }
      case ts.SyntaxKind.NewExpression:
      case ts.SyntaxKind.TaggedTemplateExpression:
      case ts.SyntaxKind.JsxOpeningElement:
      case ts.SyntaxKind.JsxSelfClosingElement:
        visitCall(node as ts.CallLikeExpression);
        break;
      case ts.SyntaxKind.Decorator: {
        const { expression } = node as ts.Decorator;
        // A decorator that is made by a call is both: the call has its own node.
        if (ts.isCallExpression(expression)) add('DECORATES', resolver.named(lastName(expression.expression)), expression, fact('called'));
        else visitCall(node as ts.Decorator);
        break;
      }
      default:
        break;
    }
    if (isMember(node))
      add('OVERRIDES', resolver.overridden(node), (node as ts.NamedDeclaration).name ?? node, hasOverride(node) ? fact('overriding') : 0);
    if (id !== undefined) stateInference(node, id, resolver, out);
    stateFlows(node, owner, resolver, out);
    const exported = id === undefined ? undefined : exportOf(node);
    // `module.exports` on the left is the declaration's name.
    if (exported) visit(exported.value);
    else ts.forEachChild(node, visit);
    owner = outer;
    scopeFacts = outerFacts;
  };
  ts.forEachChild(file, visit);
  return out.edges();
}

const isMemberId = (id: NodeId): boolean => /#[^.]+\..+$/.test(id);
const MOST_SOURCES = 4;
const DEEPEST_SOURCE = 6;

/** Properties that an expression is mostly made of: read by it, not by functions in it. */
function sourcesOf(value: ts.Expression, resolver: Resolver): ReadonlySet<NodeId> {
  const found = new Set<NodeId>();
  const take = (ids: readonly NodeId[]): void => {
    for (const id of ids) if (isMemberId(id) && found.size < MOST_SOURCES) found.add(id);
  };
  const visit = (node: ts.Node, depth: number): void => {
    if (depth > DEEPEST_SOURCE || ts.isFunctionLike(node) || ts.isObjectLiteralExpression(node)) return;
    if (ts.isPropertyAccessExpression(node)) {
      const ids = resolver.named(node.name);
      if (ids.some(isMemberId) && !(ts.isCallExpression(node.parent) && node.parent.expression === node)) return take(ids);
      return visit(node.expression, depth + 1);
    }
    if (ts.isIdentifier(node)) {
      const declaration = resolver.localDeclaration(node);
      if (declaration && ts.isBindingElement(declaration) && ts.isObjectBindingPattern(declaration.parent)) {
        const key = declaration.propertyName ?? declaration.name;
        if (ts.isIdentifier(key)) take(resolver.property(declaration.parent, key.text));
      } else if (
        declaration &&
        ts.isVariableDeclaration(declaration) &&
        declaration.initializer &&
        declaration.getSourceFile() === node.getSourceFile()
      )
        visit(declaration.initializer, depth + 2);
      return;
    }
    ts.forEachChild(node, (child) => visit(child, depth + 1));
  };
  visit(value, 0);
  return found;
}

const isMember = (node: ts.Node): boolean =>
  ts.isMethodDeclaration(node) ||
  ts.isPropertyDeclaration(node) ||
  ts.isAccessor(node) ||
  ts.isMethodSignature(node) ||
  ts.isPropertySignature(node);

const hasOverride = (node: ts.Node): boolean =>
  ts.canHaveModifiers(node) && (node.modifiers?.some((m) => m.kind === ts.SyntaxKind.OverrideKeyword) ?? false);

function importCallTarget(call: ts.CallExpression, context: ExtractContext): NodeId | undefined {
  const [first] = call.arguments;
  const isImport = call.expression.kind === ts.SyntaxKind.ImportKeyword;
  const isRequire = ts.isIdentifier(call.expression) && call.expression.text === 'require';
  return (isImport || isRequire) && first && ts.isStringLiteralLike(first) ? context.imported(first) : undefined;
}

/** True for the name of a declaration, local or not: it states nothing by itself. */
function isDeclarationName(node: ts.Identifier | ts.PrivateIdentifier): boolean {
  const { parent } = node;
  if (ts.isShorthandPropertyAssignment(parent)) return false;
  if (ts.isBindingElement(parent)) return parent.name === node || parent.propertyName === node;
  if (ts.isPropertyAssignment(parent)) return parent.name === node;
  if (ts.isImportEqualsDeclaration(parent) || ts.isNamespaceExport(parent) || ts.isTypePredicateNode(parent)) return true;
  return ts.isDeclarationStatement(parent) || 'name' in parent
    ? (parent as ts.NamedDeclaration).name === node && !ts.isPropertyAccessExpression(parent) && !ts.isJsxAttribute(parent)
    : false;
}

function isTypePosition(node: ts.Identifier | ts.PrivateIdentifier): boolean {
  const { parent } = node;
  return ts.isTypeNode(parent)
    ? !ts.isExpressionWithTypeArguments(parent)
    : ts.isQualifiedName(parent) || (ts.isTypeParameterDeclaration(parent) && parent.name !== node);
}

/** `generic` when the type is only an argument of another one: `Promise<T>`, `T[]`. */
const typeRoleFacts = (node: ts.Node): number =>
  ts.isTypeReferenceNode(node.parent) && (ts.isTypeReferenceNode(node.parent.parent) || ts.isArrayTypeNode(node.parent.parent))
    ? fact('generic')
    : 0;

const calleeOf = (call: Exclude<ts.CallLikeExpression, ts.NewExpression>): ts.Expression => {
  if (ts.isTaggedTemplateExpression(call)) return call.tag;
  return ts.isJsxOpeningLikeElement(call) ? (call.tagName as ts.Expression) : (call as ts.CallExpression | ts.Decorator).expression;
};

/** The name, or the literal key, that an expression ends in. */
const lastName = (expression: ts.Expression): ts.Node => {
  const named = innermost(expression);
  if (ts.isPropertyAccessExpression(named)) return named.name;
  return ts.isElementAccessExpression(named) ? named.argumentExpression : named;
};

/** The expression inside parentheses, `!` and casts that do not change what is named. */
export const innermost = (node: ts.Expression): ts.Expression =>
  ts.isParenthesizedExpression(node) || ts.isNonNullExpression(node) ? innermost(node.expression) : node;

const argumentFacts = (args: readonly ts.Expression[] | undefined): number =>
  (args?.some(ts.isSpreadElement) ? fact('spread') : 0) | (args?.some(hasUntypedCallback) ? fact('callback') : 0);

/** A function whose parameters take their types from the context, at any depth of literals. */
const hasUntypedCallback = (node: ts.Node): boolean => {
  if (ts.isArrowFunction(node) || ts.isFunctionExpression(node) || ts.isMethodDeclaration(node))
    return node.parameters.some(({ type }) => !type);
  if (ts.isObjectLiteralExpression(node))
    return node.properties.some((property) => hasUntypedCallback(ts.isPropertyAssignment(property) ? property.initializer : property));
  return (
    (ts.isArrayLiteralExpression(node) && node.elements.some(hasUntypedCallback)) ||
    (ts.isParenthesizedExpression(node) && hasUntypedCallback(node.expression))
  );
};

const resultFacts = (expression: ts.Expression): number => {
  const { parent } = expression;
  if (ts.isAwaitExpression(parent)) return fact('awaited') | resultFacts(parent);
  if (ts.isParenthesizedExpression(parent) || ts.isNonNullExpression(parent)) return resultFacts(parent);
  if (ts.isExpressionStatement(parent) || ts.isVoidExpression(parent)) return 0;
  return fact('result-used') | (ts.isPropertyAccessExpression(parent) && parent.expression === expression ? fact('member-access') : 0);
};

const isAssignment = (kind: ts.SyntaxKind): boolean => kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;

/** True on the left of an assignment, at any depth of a pattern: `x.a = 1`, `({ a: x.a } = y)`, `for (x.a of xs)`. */
const isAssigned = (node: ts.Node): boolean => {
  const { parent } = node;
  if (ts.isBinaryExpression(parent)) return parent.left === node && isAssignment(parent.operatorToken.kind);
  if (ts.isForOfStatement(parent) || ts.isForInStatement(parent)) return parent.initializer === node;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node && isAssigned(parent.parent);
  if (ts.isShorthandPropertyAssignment(parent)) return isAssigned(parent.parent);
  return (
    (ts.isParenthesizedExpression(parent) ||
      ts.isArrayLiteralExpression(parent) ||
      ts.isSpreadElement(parent) ||
      ts.isSpreadAssignment(parent)) &&
    isAssigned(parent)
  );
};

/** In which role the value of an expression is used where it stands. */
function roleOf(use: ts.Expression): { readonly type: EdgeType; readonly facts: number; readonly args?: number } {
  let node: ts.Expression = use;
  while (ts.isParenthesizedExpression(node.parent) || ts.isNonNullExpression(node.parent)) node = node.parent;
  const { parent } = node;
  if (ts.isCallExpression(parent) && parent.expression === node)
    return { type: 'CALLS', facts: fact('called') | argumentFacts(parent.arguments) | resultFacts(parent), args: parent.arguments.length };
  if (ts.isNewExpression(parent) && parent.expression === node)
    return {
      type: 'INSTANTIATES',
      facts: fact('called') | argumentFacts(parent.arguments) | resultFacts(parent),
      args: parent.arguments?.length ?? 0,
    };
  if (ts.isTaggedTemplateExpression(parent) && parent.tag === node) return { type: 'CALLS', facts: fact('called') | fact('spread') };
  if (ts.isDecorator(parent)) return { type: 'DECORATES', facts: fact('called') | fact('spread') };
  if (ts.isJsxOpeningLikeElement(parent) && parent.tagName === node)
    return { type: 'CALLS', facts: fact('jsx') | fact('called') | fact('spread') };
  if (ts.isJsxClosingElement(parent)) return { type: 'REFERENCES', facts: fact('jsx') };
  if (isAssigned(node)) return { type: 'WRITES', facts: 0 };
  if (ts.isPrefixUnaryExpression(parent) || ts.isPostfixUnaryExpression(parent)) {
    const { operator } = parent;
    if (operator === ts.SyntaxKind.PlusPlusToken || operator === ts.SyntaxKind.MinusMinusToken)
      return { type: 'WRITES', facts: fact('result-used') };
  }
  if (ts.isDeleteExpression(parent)) return { type: 'WRITES', facts: 0 };
  if (ts.isPropertyAccessExpression(parent) && ts.isCallExpression(parent.parent) && parent.parent.expression === parent) {
    const { arguments: args } = parent.parent;
    const facts = fact('called') | fact('member-access') | resultFacts(parent.parent);
    if (parent.name.text === 'call') return { type: 'CALLS', facts: facts | argumentFacts(args), args: Math.max(0, args.length - 1) };
    if (parent.name.text === 'apply') return { type: 'CALLS', facts: facts | fact('spread') };
    if (parent.name.text === 'bind') return { type: 'READS', facts: fact('member-access') | fact('result-used') | fact('as-value') };
  }
  if ((ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent)) && parent.expression === node)
    return { type: 'READS', facts: fact('member-access') | fact('result-used') };
  return { type: 'READS', facts: resultFacts(node) | fact('as-value') };
}

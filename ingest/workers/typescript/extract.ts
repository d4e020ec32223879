import { ts } from 'ts-morph';
import type { Edge, EdgeType } from '../../../graph/model/edge.ts';
import type { NodeId } from '../../../graph/model/id.ts';
import type { GapReason } from '../../../graph/model/node.ts';
import { createEdgeCollector, fact } from './edges.ts';
import type { Resolver } from './resolver.ts';
import { stateFlows, stateInference } from './flow.ts';
import { isNeverRun } from './never-run.ts';

export interface ExtractContext {
  readonly file: ts.SourceFile;
  readonly moduleId: NodeId;
  /** Names of this file's non-local declarations, by their syntax node. */
  readonly named: ReadonlyMap<ts.Node, NodeId>;
  readonly resolver: Resolver;
  /** The module or package an import specifier stands for. */
  readonly imported: (specifier: ts.StringLiteralLike) => NodeId | undefined;
  /** States that something at a place could not be analysed; gives the id of the Gap. */
  readonly gap: (reason: GapReason, detail: string, at: ts.Node) => NodeId;
}

/** All edges that one file states: one walk over its syntax, asking the resolver at each name and each checked value. */
export function extractEdges(context: ExtractContext): readonly Edge[] {
  const { file, moduleId, named, resolver } = context;
  const out = createEdgeCollector(file);
  let owner = moduleId;
  let scopeFacts = 0;

  const add = (type: EdgeType, targets: readonly NodeId[], at: ts.Node, facts = 0, args?: number): void => {
    for (const to of targets) if (to !== owner) out.add({ from: owner, type, to, at, facts: facts | scopeFacts, ...(args === undefined ? {} : { args }) });
  };

  /** States every role in which the value of `use` (a name, or the access that ends in it) is used. */
  const stateUse = (name: ts.Node, use: ts.Expression, targets: readonly NodeId[], extra: number): void => {
    if (targets.length === 0) return;
    const { type, facts, args } = roleOf(use);
    add(type, targets, name, facts | extra, args);
  };

  const visitMember = (access: ts.PropertyAccessExpression | ts.ElementAccessExpression, name: ts.Node): void => {
    const targets = resolver.named(name);
    const extra =
      (ts.isElementAccessExpression(access) ? fact('computed-key') : 0) |
      (access.questionDotToken ? fact('optional-chain') : 0) |
      (access.expression.kind === ts.SyntaxKind.SuperKeyword ? fact('super') : 0);
    stateUse(name, access, targets, extra);
    stateAccess(access.expression, targets, name);
    if (targets.length === 0 && resolver.typeOf(access.expression).unknown) stateGap('any-receiver', (name as ts.Identifier | ts.StringLiteralLike).text, name);
  };

  const stateGap = (reason: GapReason, detail: string, at: ts.Node, via?: NodeId): void =>
    out.add({ from: owner, type: 'AFFECTED_BY_GAP', to: context.gap(reason, detail, at), at, ...(via === undefined ? {} : { via }) });

  /** `value[key]` with a key that is no literal: any member of the type may be meant. */
  const visitComputedAccess = (access: ts.ElementAccessExpression): void => {
    stateAccess(access.expression, [], access.argumentExpression);
    if (ts.isNumericLiteral(access.argumentExpression)) return;
    for (const through of resolver.typeOf(access.expression).head) if (through.includes('#')) stateGap('computed-access', through.slice(through.indexOf('#') + 1), access.argumentExpression, through);
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
    const destructuring = isAssignmentTarget(literal);
    for (const property of literal.properties) {
      const { name } = property;
      if (!name || ts.isComputedPropertyName(name) || ts.isPrivateIdentifier(name)) continue;
      const facts = (ts.isShorthandPropertyAssignment(property) ? fact('shorthand') : 0) | fact('object-literal');
      const targets = destructuring ? resolver.property(literal, name.text) : resolver.contextualProperty(literal, name.text);
      add(destructuring ? 'READS' : 'WRITES', targets, name, facts);
    }
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
      return;
    }
    const callee = ts.isCallExpression(call) ? innermost(call.expression) : undefined;
    const name = callee && (ts.isPropertyAccessExpression(callee) ? callee.name : callee);
    // The signature may belong to another declaration than the name: a call signature of a function type, a merged overload.
    const stated = name ? resolver.named(name) : [];
    add(
      'CALLS',
      declared.filter((id) => !stated.includes(id)),
      call,
      facts | fact('implicit'),
      args?.length ?? 0,
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
    if (ts.isQualifiedName(parent) && parent.right === node) return add('USES_TYPE', resolver.named(node), node, fact('type-only'));
    if (isTypePosition(node))
      return add(
        ts.isTypeQueryNode(parent) ? 'REFERENCES' : 'USES_TYPE',
        resolver.named(node),
        node,
        fact('type-only') | typeRoleFacts(node),
      );
    stateUse(node, node as ts.Expression, resolver.named(node), 0);
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
        if (ts.isStringLiteralLike(access.argumentExpression)) visitMember(access, access.argumentExpression);
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
      case ts.SyntaxKind.ImportType: {
        const type = node as ts.ImportTypeNode;
        if (type.qualifier)
          add(
            'USES_TYPE',
            resolver.named(ts.isIdentifier(type.qualifier) ? type.qualifier : type.qualifier.right),
            type,
            fact('type-only'),
          );
        break;
      }
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
      case ts.SyntaxKind.HeritageClause:
        visitHeritage(node as ts.HeritageClause);
        break;
      case ts.SyntaxKind.CallExpression: {
        const call = node as ts.CallExpression;
        const target = importCallTarget(call, context);
        if (target) add('IMPORTS', [target], call, fact('import'));
        else {
          visitCall(call);
          visitStringPath(call);
        }
        break;
      }
      case ts.SyntaxKind.NewExpression:
      case ts.SyntaxKind.TaggedTemplateExpression:
      case ts.SyntaxKind.Decorator:
      case ts.SyntaxKind.JsxOpeningElement:
      case ts.SyntaxKind.JsxSelfClosingElement:
        visitCall(node as ts.CallLikeExpression);
        break;
      default:
        break;
    }
    if (id !== undefined && isMember(node))
      add('OVERRIDES', resolver.overridden(node), (node as ts.NamedDeclaration).name ?? node, hasOverride(node) ? fact('overriding') : 0);
    if (id !== undefined) stateInference(node, id, resolver, out);
    stateFlows(node, owner, resolver, out);
    ts.forEachChild(node, visit);
    owner = outer;
    scopeFacts = outerFacts;
  };
  ts.forEachChild(file, visit);
  return out.edges();
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

/** True when a literal stands on the left of an assignment: `({ a } = x)`. */
const isAssignmentTarget = (node: ts.Node): boolean => {
  const { parent } = node;
  if (ts.isParenthesizedExpression(parent)) return isAssignmentTarget(parent);
  return ts.isBinaryExpression(parent) && parent.left === node && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken;
};

const isAssignment = (kind: ts.SyntaxKind): boolean => kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;

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
  if (ts.isCallExpression(parent.parent) && ts.isDecorator(parent.parent.parent) && parent.parent.expression === parent)
    return { type: 'DECORATES', facts: 0 };
  if (ts.isJsxOpeningLikeElement(parent) && parent.tagName === node)
    return { type: 'CALLS', facts: fact('jsx') | fact('called') | fact('spread') };
  if (ts.isJsxClosingElement(parent)) return { type: 'REFERENCES', facts: fact('jsx') };
  if (ts.isBinaryExpression(parent) && parent.left === node && isAssignment(parent.operatorToken.kind)) return { type: 'WRITES', facts: 0 };
  if (ts.isPrefixUnaryExpression(parent) || ts.isPostfixUnaryExpression(parent)) {
    const { operator } = parent;
    if (operator === ts.SyntaxKind.PlusPlusToken || operator === ts.SyntaxKind.MinusMinusToken)
      return { type: 'WRITES', facts: fact('result-used') };
  }
  if (ts.isDeleteExpression(parent)) return { type: 'WRITES', facts: 0 };
  if ((ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent)) && parent.expression === node)
    return { type: 'READS', facts: fact('member-access') | fact('result-used') };
  return { type: 'READS', facts: resultFacts(node) | fact('as-value') };
}

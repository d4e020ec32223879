import { ts } from 'ts-morph';
import type { NodeId } from '../../../graph/model/id.ts';
import { fact, type EdgeCollector } from './edges.ts';
import { initializerFunction } from './declarations.ts';
import { declaredBy, exportOf } from './naming.ts';
import { NO_OWNERS, type Resolver } from './resolver.ts';

/**
 * States the assignability sites at a node: places where a value of one declared type is checked against another
 * (arguments, assignments, returns, initializers, spreads, assertions). A change to a member of either type breaks here
 * although neither is named. The types are found by the checker; that they are checked against each other is syntax.
 */
export function stateFlows(node: ts.Node, owner: NodeId, resolver: Resolver, out: EdgeCollector): void {
  switch (node.kind) {
    case ts.SyntaxKind.CallExpression:
    case ts.SyntaxKind.NewExpression:
      for (const argument of (node as ts.CallExpression | ts.NewExpression).arguments ?? [])
        if (!ts.isSpreadElement(argument)) checked(argument, 0);
      return;
    case ts.SyntaxKind.VariableDeclaration:
    case ts.SyntaxKind.PropertyDeclaration:
    case ts.SyntaxKind.Parameter: {
      const { type, initializer } = node as ts.VariableDeclaration;
      if (type && initializer) checked(initializer, 0);
      return;
    }
    case ts.SyntaxKind.ReturnStatement:
    case ts.SyntaxKind.YieldExpression: {
      const { expression } = node as ts.ReturnStatement;
      if (expression) checked(expression, 0);
      return;
    }
    case ts.SyntaxKind.ArrowFunction: {
      const { body } = node as ts.ArrowFunction;
      if (!ts.isBlock(body)) checked(body, 0);
      return;
    }
    case ts.SyntaxKind.BinaryExpression: {
      const { operatorToken, right } = node as ts.BinaryExpression;
      if (operatorToken.kind === ts.SyntaxKind.EqualsToken) checked(right, 0);
      return;
    }
    case ts.SyntaxKind.PropertyAssignment:
      checked((node as ts.PropertyAssignment).initializer, 0);
      return;
    case ts.SyntaxKind.ShorthandPropertyAssignment:
      checked((node as ts.ShorthandPropertyAssignment).name, 0);
      return;
    case ts.SyntaxKind.ArrayLiteralExpression:
      for (const element of (node as ts.ArrayLiteralExpression).elements) if (!ts.isSpreadElement(element)) checked(element, 0);
      return;
    case ts.SyntaxKind.JsxExpression: {
      const { expression } = node as ts.JsxExpression;
      if (expression && ts.isJsxAttribute(node.parent)) checked(expression, fact('jsx'));
      return;
    }
    case ts.SyntaxKind.SpreadAssignment: {
      const { expression, parent } = node as ts.SpreadAssignment;
      const target = ts.isObjectLiteralExpression(parent) ? resolver.expected(parent) : undefined;
      if (target) state(expression, resolver.typeOf(expression).head, target.head, fact('spread'));
      return;
    }
    case ts.SyntaxKind.AsExpression:
    case ts.SyntaxKind.TypeAssertionExpression:
    case ts.SyntaxKind.SatisfiesExpression: {
      const { expression, type } = node as ts.AsExpression;
      if (ts.isConstTypeReference(type)) return;
      const target = resolver.typeOf(type);
      const source = resolver.typeOf(expression);
      const facts = ts.isSatisfiesExpression(node) ? 0 : fact('assertion');
      state(expression, source.head, target.head, facts);
      state(expression, source.args, target.args, facts | fact('generic'));
      return;
    }
    default:
      return;
  }

  function checked(expression: ts.Expression, facts: number): void {
    if (ts.isFunctionLike(expression)) return;
    // The type of a choice is reduced to one of its branches where they are alike: look at each.
    if (ts.isParenthesizedExpression(expression)) return checked(expression.expression, facts);
    if (ts.isConditionalExpression(expression)) {
      checked(expression.whenTrue, facts);
      return checked(expression.whenFalse, facts);
    }
    const target = resolver.expected(expression);
    if (!target) return;
    const literal = ts.isObjectLiteralExpression(expression) || ts.isArrayLiteralExpression(expression);
    // The values of a literal are looked at one by one; as a whole it says more only where it spreads others.
    const source = literal && !spreads(expression) ? NO_OWNERS : resolver.typeOf(expression);
    state(expression, literal ? [] : source.head, target.head, facts | (literal ? fact('object-literal') : 0));
    if (target.external && source.head.length > 0) {
      for (const member of resolver.expectedOutside(expression))
        out.add({
          from: owner,
          type: 'FLOWS_FROM',
          to: member,
          at: expression,
          facts: facts | fact('checked') | fact('implicit') | fact('external-type'),
          tier: 'flow',
        });
    }
    if (!literal) state(expression, source.args, target.args, facts | fact('generic'));
  }

  function state(at: ts.Node, sources: readonly NodeId[], targets: readonly NodeId[], facts: number): void {
    if (sources.length + targets.length === 0) return;
    const from = sources.filter((id) => !targets.includes(id));
    const to = targets.filter((id) => !sources.includes(id));
    const all = facts | fact('checked') | fact('implicit');
    for (const target of to) for (const source of from.length === 0 ? NOBODY : from) flow('FLOWS_TO', target, source, at, all);
    for (const source of from) for (const target of to.length === 0 ? NOBODY : to) flow('FLOWS_FROM', source, target, at, all);
  }

  function flow(type: 'FLOWS_TO' | 'FLOWS_FROM', to: NodeId, via: NodeId | undefined, at: ts.Node, facts: number): void {
    if (to !== owner) out.add({ from: owner, type, to, via, at, facts, tier: 'flow', confidence: 0.9 });
  }
}

/** In place of the other end of a flow whose type nobody of the repository declares. */
const NOBODY: readonly undefined[] = [undefined];

const spreads = (literal: ts.Expression): boolean =>
  ts.isObjectLiteralExpression(literal) && literal.properties.some(ts.isSpreadAssignment);

/**
 * States what the type of a declaration without annotation is inferred from: the names whose types make up its
 * initializer or the values it returns, locals followed.
 */
export function stateInference(node: ts.Node, owner: NodeId, resolver: Resolver, out: EdgeCollector): void {
  const seen = new Set<ts.Node>();
  const roots = inferenceRoots(node);
  for (const root of roots) infer(root, true);

  function infer(expression: ts.Node, whole: boolean): void {
    if (seen.has(expression)) return;
    seen.add(expression);
    const facts = fact('inferred') | (whole ? 0 : fact('generic'));
    const take = (at: ts.Node): void => {
      for (const to of resolver.named(at))
        if (to !== owner) out.add({ from: owner, type: 'INFERS_FROM', to, at, facts, tier: 'flow', confidence: 0.9 });
    };
    if (ts.isIdentifier(expression)) {
      const declaration = resolver.localDeclaration(expression);
      if (declaration && inside(declaration, node)) inferLocal(declaration, whole);
      else take(expression);
    } else if (ts.isPropertyAccessExpression(expression)) {
      take(expression.name);
    } else if (ts.isElementAccessExpression(expression)) {
      if (ts.isStringLiteralLike(expression.argumentExpression)) take(expression.argumentExpression);
      else infer(expression.expression, whole);
    } else if (ts.isCallExpression(expression)) {
      infer(expression.expression, whole);
      for (const argument of expression.arguments)
        if (!ts.isFunctionLike(argument)) infer(argument, false);
        else for (const inner of inferenceRoots(argument)) infer(inner, false);
    } else if (ts.isNewExpression(expression)) {
      infer(expression.expression, whole);
    } else if (
      ts.isAwaitExpression(expression) ||
      ts.isParenthesizedExpression(expression) ||
      ts.isNonNullExpression(expression) ||
      ts.isSpreadElement(expression)
    ) {
      infer(expression.expression, whole);
    } else if (ts.isAsExpression(expression) || ts.isSatisfiesExpression(expression) || ts.isTypeAssertionExpression(expression)) {
      if (ts.isConstTypeReference(expression.type) || ts.isSatisfiesExpression(expression)) infer(expression.expression, whole);
      else typeNames(expression.type, whole);
    } else if (ts.isConditionalExpression(expression)) {
      infer(expression.whenTrue, whole);
      infer(expression.whenFalse, whole);
    } else if (ts.isBinaryExpression(expression)) {
      const kind = expression.operatorToken.kind;
      if (
        kind === ts.SyntaxKind.BarBarToken ||
        kind === ts.SyntaxKind.QuestionQuestionToken ||
        kind === ts.SyntaxKind.AmpersandAmpersandToken
      )
        infer(expression.left, whole);
      if (
        kind >= ts.SyntaxKind.FirstAssignment ||
        kind === ts.SyntaxKind.BarBarToken ||
        kind === ts.SyntaxKind.QuestionQuestionToken ||
        kind === ts.SyntaxKind.AmpersandAmpersandToken
      )
        infer(expression.right, whole);
    } else if (ts.isObjectLiteralExpression(expression)) {
      for (const property of expression.properties) {
        if (ts.isPropertyAssignment(property)) infer(property.initializer, false);
        else if (ts.isShorthandPropertyAssignment(property)) infer(property.name, false);
        else if (ts.isSpreadAssignment(property)) infer(property.expression, false);
        else for (const inner of inferenceRoots(property)) infer(inner, false);
      }
    } else if (ts.isArrayLiteralExpression(expression)) {
      for (const element of expression.elements) infer(element, false);
    } else if (ts.isFunctionLike(expression)) {
      for (const parameter of expression.parameters) if (parameter.type) typeNames(parameter.type, false);
      if (expression.type) typeNames(expression.type, false);
      else for (const inner of inferenceRoots(expression)) infer(inner, false);
    } else if (ts.isTypeNode(expression)) {
      typeNames(expression, whole);
    }
  }

  function inferLocal(declaration: ts.Declaration, whole: boolean): void {
    if (ts.isVariableDeclaration(declaration) || ts.isParameter(declaration)) {
      if (declaration.type) typeNames(declaration.type, whole);
      else if (declaration.initializer) infer(declaration.initializer, whole);
    } else if (ts.isBindingElement(declaration)) {
      const name = declaration.propertyName ?? declaration.name;
      if (ts.isObjectBindingPattern(declaration.parent) && ts.isIdentifier(name))
        for (const to of resolver.property(declaration.parent, name.text))
          if (to !== owner)
            out.add({
              from: owner,
              type: 'INFERS_FROM',
              to,
              at: name,
              facts: fact('inferred') | fact('destructured'),
              tier: 'flow',
              confidence: 0.9,
            });
      let holder: ts.Node = declaration;
      while (ts.isBindingElement(holder) || ts.isObjectBindingPattern(holder) || ts.isArrayBindingPattern(holder)) holder = holder.parent;
      if (ts.isVariableDeclaration(holder) && holder.initializer) infer(holder.initializer, false);
    } else if (ts.isFunctionLike(declaration)) infer(declaration, whole);
  }

  function typeNames(type: ts.Node, whole: boolean): void {
    const visit = (child: ts.Node): void => {
      if (ts.isTypeReferenceNode(child)) {
        const name = ts.isIdentifier(child.typeName) ? child.typeName : child.typeName.right;
        for (const to of resolver.named(name))
          if (to !== owner)
            out.add({
              from: owner,
              type: 'INFERS_FROM',
              to,
              at: child,
              facts: fact('inferred') | (whole ? 0 : fact('generic')),
              tier: 'flow',
              confidence: 0.9,
            });
      }
      ts.forEachChild(child, visit);
    };
    visit(type);
  }
}

/** The expressions that give a declaration without annotation its type; empty when it is annotated. */
function inferenceRoots(node: ts.Node): readonly ts.Node[] {
  if (ts.isVariableDeclaration(node) || ts.isPropertyDeclaration(node)) return !node.type && node.initializer ? [node.initializer] : [];
  if (ts.isBindingElement(node)) return node.initializer ? [node.initializer] : [];
  const exported = exportOf(node);
  if (exported) {
    const fn = initializerFunction(node);
    return fn ? inferenceRoots(fn) : ts.isClassLike(declaredBy(node)) ? [] : [exported.value];
  }
  if (!ts.isFunctionLike(node) || node.type || !('body' in node) || !node.body) return [];
  if (!ts.isBlock(node.body)) return [node.body];
  const returned: ts.Node[] = [];
  const visit = (child: ts.Node): void => {
    if (ts.isFunctionLike(child) || ts.isClassLike(child)) return;
    if ((ts.isReturnStatement(child) || ts.isYieldExpression(child)) && child.expression) returned.push(child.expression);
    ts.forEachChild(child, visit);
  };
  ts.forEachChild(node.body, visit);
  return returned;
}

const inside = (node: ts.Node, ancestor: ts.Node): boolean =>
  node.getSourceFile() === ancestor.getSourceFile() && node.pos >= ancestor.pos && node.end <= ancestor.end && node !== ancestor;

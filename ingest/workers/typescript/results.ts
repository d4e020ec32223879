import { ts } from 'ts-morph';
import type { ResultUse, TypeName } from '../../keys.ts';
import type { ExpressionReader } from './expressions.ts';
import { unwrapped } from './expressions.ts';

/** Assignments and calls that a result is followed through. */
const FARTHEST = 5;
/** Members of a response that stand for what came back. */
const BODIES = new Set(['json', 'data', 'body', 'text', 'value', 'content']);

/**
 * What becomes of the result of a call: the types that it, or its body, is taken for, and the members read off it where
 * its type is not declared. Of a name that a pattern declares: what becomes of its value. Follows `await`, `.json()`, `.data`, `.then(…)`, local variables and returns, in one function.
 */
export function resultOf(call: ts.Expression | ts.Identifier, file: ts.SourceFile, reader: ExpressionReader): ResultUse | undefined {
  const as = new Map<string, TypeName & { readonly line?: number }>();
  const reads = new Map<string, { line: number; col: number; path: string }>();
  const take = (types: readonly TypeName[], at?: ts.Node): void => {
    const line = at && { line: file.getLineAndCharacterOfPosition(at.getStart(file)).line + 1 };
    for (const type of types)
      if (type.id !== undefined || type.members || type.args) as.set(JSON.stringify([type, line]), { ...type, ...line });
  };
  const note = (at: ts.Node, path: readonly string[]): void => {
    const { line, character } = file.getLineAndCharacterOfPosition(at.getStart(file));
    const text = path.join('.');
    if (path.length > 0 && !reads.has(text)) reads.set(text, { line: line + 1, col: character + 1, path: text });
  };

  const binding = (pattern: ts.BindingPattern, path: readonly string[], left: number): void => {
    if (!ts.isObjectBindingPattern(pattern)) return;
    for (const element of pattern.elements) {
      const key = element.propertyName ?? element.name;
      if (element.dotDotDotToken || !(ts.isIdentifier(key) || ts.isStringLiteralLike(key))) continue;
      const next = path.length === 0 && BODIES.has(key.text) ? path : [...path, key.text];
      if (next.length > 0) note(key, next);
      if (ts.isIdentifier(element.name)) usesOf(element.name, next, left - 1);
      else binding(element.name, next, left - 1);
    }
  };

  const usesOf = (name: ts.Identifier, path: readonly string[], left: number): void => {
    if (left <= 0) return;
    const scope = scopeOf(name);
    const visit = (node: ts.Node): void => {
      if (ts.isIdentifier(node) && node.text === name.text && node !== name && !isName(node)) follow(node, path, left - 1);
      ts.forEachChild(node, visit);
    };
    visit(scope);
  };

  const follow = (expression: ts.Expression, path: readonly string[], left: number): void => {
    if (left <= 0) return;
    const { parent } = expression;
    if (ts.isAwaitExpression(parent) || ts.isParenthesizedExpression(parent) || ts.isNonNullExpression(parent))
      return follow(parent, path, left);
    if (ts.isAsExpression(parent) || ts.isSatisfiesExpression(parent) || ts.isTypeAssertionExpression(parent)) {
      if (path.length === 0) take(reader.typeNames(parent.type), parent);
      return follow(parent, path, left);
    }
    if (ts.isPropertyAccessExpression(parent) && parent.expression === expression) return access(parent, parent.name.text, path, left);
    if (ts.isElementAccessExpression(parent) && parent.expression === expression) {
      const key = parent.argumentExpression;
      return ts.isStringLiteralLike(key) ? access(parent, key.text, path, left) : follow(parent, path, left);
    }
    if (ts.isVariableDeclaration(parent) && parent.initializer === expression) {
      if (path.length === 0) take(reader.typeNames(parent.type));
      return ts.isIdentifier(parent.name) ? usesOf(parent.name, path, left) : binding(parent.name, path, left);
    }
    if (ts.isReturnStatement(parent) || (ts.isArrowFunction(parent) && parent.body === expression)) {
      const fn = functionAround(parent);
      if (fn && path.length === 0) take(reader.typeNames(fn.type));
      // What a callback of `then` returns is what the chain goes on with.
      const chain = fn && ts.isCallExpression(fn.parent) && thenOf(fn.parent) ? fn.parent : undefined;
      return chain ? follow(chain, path, left - 1) : undefined;
    }
    if (ts.isCallExpression(parent) && parent.arguments.includes(expression) && path.length === 0) {
      const type = parent.typeArguments?.map((argument) => reader.typeNames(argument)).flat() ?? [];
      take(type);
      take(reader.expectedOf(expression), expression);
    }
    if (
      ts.isBinaryExpression(parent) &&
      parent.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
      parent.right === expression &&
      path.length === 0
    )
      take(reader.typesOf(parent.left));
    if (ts.isForOfStatement(parent) && parent.expression === expression && ts.isVariableDeclarationList(parent.initializer)) {
      const [declared] = parent.initializer.declarations;
      if (declared && ts.isIdentifier(declared.name)) usesOf(declared.name, path, left);
      else if (declared && !ts.isIdentifier(declared.name)) binding(declared.name, path, left);
    }
  };

  const access = (
    node: ts.PropertyAccessExpression | ts.ElementAccessExpression,
    name: string,
    path: readonly string[],
    left: number,
  ): void => {
    const called = ts.isCallExpression(node.parent) && node.parent.expression === node ? node.parent : undefined;
    if (
      called &&
      (name === 'then' ||
        name === 'map' ||
        name === 'forEach' ||
        name === 'filter' ||
        name === 'find' ||
        name === 'flatMap' ||
        name === 'pipe')
    ) {
      for (const argument of called.arguments) {
        const callback = unwrapped(argument);
        if (!ts.isArrowFunction(callback) && !ts.isFunctionExpression(callback)) continue;
        const [first] = callback.parameters;
        if (!first) continue;
        if (path.length === 0) take(reader.typeNames(first.type));
        if (ts.isIdentifier(first.name)) usesOf(first.name, path, left - 1);
        else binding(first.name, path, left - 1);
      }
      if (name !== 'then' && name !== 'pipe') return follow(called, path, left - 1);
      return follow(called, path, left - 1);
    }
    if (called && (name === 'catch' || name === 'finally' || name === 'toPromise')) return follow(called, path, left);
    if (BODIES.has(name) && path.length === 0) {
      const type = called?.typeArguments?.[0];
      if (type) take(reader.typeNames(type));
      return follow(called ?? node, path, left - 1);
    }
    if (called) return;
    note(node, [...path, name]);
    follow(node, [...path, name], left - 1);
  };

  if (ts.isIdentifier(call) && ts.isBindingElement(call.parent)) usesOf(call, [], FARTHEST);
  else {
    take(reader.typesOf(call));
    follow(call, [], FARTHEST);
  }
  const found: ResultUse = {
    ...(as.size > 0 ? { as: [...as.values()] } : {}),
    ...(reads.size > 0 ? { reads: [...reads.values()] } : {}),
  };
  return found.as || found.reads ? found : undefined;
}

const thenOf = (call: ts.CallExpression): boolean => ts.isPropertyAccessExpression(call.expression) && call.expression.name.text === 'then';

/** The block in which a local name is seen. */
function scopeOf(name: ts.Node): ts.Node {
  let at = name.parent;
  while (!ts.isBlock(at) && !ts.isSourceFile(at) && !ts.isFunctionLike(at) && !ts.isCaseClause(at)) at = at.parent;
  return at;
}

function functionAround(node: ts.Node): ts.SignatureDeclaration | undefined {
  let at: ts.Node | undefined = node;
  while (at && !ts.isFunctionLike(at)) at = at.parent as ts.Node | undefined;
  return at;
}

/** True where an identifier names a member or a key and not the variable. */
function isName(node: ts.Identifier): boolean {
  const { parent } = node;
  return (
    (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
    (ts.isPropertyAssignment(parent) && parent.name === node) ||
    (ts.isBindingElement(parent) && parent.propertyName === node) ||
    (ts.isVariableDeclaration(parent) && parent.name === node) ||
    ts.isPropertySignature(parent)
  );
}

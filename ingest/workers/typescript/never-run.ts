import { ts } from 'ts-morph';

/** Assertions about a function that do not call it. */
const EXISTENCE_MATCHERS = new Set(['toBeDefined', 'toBeTruthy', 'toBeTypeOf', 'toBeInstanceOf', 'toBe', 'toEqual']);

/**
 * True for a local function that nothing calls, renders or hands on: its body belongs to the declaration around it but
 * is not run with it. Typical of tests of types, which declare a component and assert only that it is defined.
 */
export function isNeverRun(node: ts.Node): boolean {
  const name = localFunctionName(node);
  if (!name) return false;
  let answer = known.get(node);
  if (answer === undefined) {
    known.set(node, false); // functions that only call each other: assume that they run
    known.set(node, (answer = !isUsed(node, name)));
  }
  return answer;
}

const known = new WeakMap<ts.Node, boolean>();

/** Uses inside functions that are never run themselves do not count. */
function isUsed(node: ts.Node, name: ts.Identifier): boolean {
  let scope: ts.Node = node.parent;
  while (!ts.isBlock(scope) && !ts.isSourceFile(scope)) scope = scope.parent;
  if (ts.isSourceFile(scope)) return true;
  let used = false;
  const visit = (child: ts.Node): void => {
    if (used || (child !== node && isNeverRun(child))) return;
    if (ts.isIdentifier(child) && child !== name && child.text === name.text && !isExistenceAssertion(child)) used = true;
    else ts.forEachChild(child, visit);
  };
  visit(scope);
  return used;
}

function localFunctionName(node: ts.Node): ts.Identifier | undefined {
  if (ts.isFunctionDeclaration(node)) return node.parent.kind === ts.SyntaxKind.Block ? node.name : undefined;
  if (!ts.isArrowFunction(node) && !ts.isFunctionExpression(node)) return undefined;
  const { parent } = node;
  if (!ts.isVariableDeclaration(parent) || !ts.isIdentifier(parent.name)) return undefined;
  return parent.parent.parent.parent.kind === ts.SyntaxKind.Block ? parent.name : undefined;
}

/** `expect(name).toBeDefined()` and the like. */
function isExistenceAssertion(name: ts.Identifier): boolean {
  const call = name.parent;
  if (!ts.isCallExpression(call) || !ts.isIdentifier(call.expression) || call.expression.text !== 'expect') return false;
  let matcher = call.parent;
  while (ts.isPropertyAccessExpression(matcher) && ts.isPropertyAccessExpression(matcher.parent)) matcher = matcher.parent;
  return ts.isPropertyAccessExpression(matcher) && EXISTENCE_MATCHERS.has(matcher.name.text);
}

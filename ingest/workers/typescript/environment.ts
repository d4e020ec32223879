import { ts } from 'ts-morph';
import type { NodeId } from '../../../graph/model/id.ts';
import type { EnvironmentKey } from '../../keys.ts';
import { unwrapped, variablesIn, type ExpressionReader } from './expressions.ts';
import { placeOf } from './naming.ts';
import type { Resolver } from './resolver.ts';

interface Site {
  readonly file: ts.SourceFile;
  readonly owner: NodeId;
  readonly reader: ExpressionReader;
  readonly resolver: Resolver;
}

const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** What is read of, and put into, the environment where `node` is it: `process.env`, `env` of a parameter of its type. */
export function environmentKeys(node: ts.Expression, { file, owner, reader, resolver }: Site): readonly EnvironmentKey[] {
  const { parent } = node;
  const state = (where: ts.Node, name: string, use: Use): readonly EnvironmentKey[] =>
    VARIABLE.test(name) ? [{ key: 'environment', from: owner, ...placeOf(where, file), name, ...use }] : [];
  if (ts.isPropertyAccessExpression(parent) && parent.expression === node) return state(parent.name, parent.name.text, useOf(parent));
  if (ts.isElementAccessExpression(parent) && parent.expression === node) {
    const key = unwrapped(parent.argumentExpression);
    if (ts.isStringLiteralLike(key)) return state(key, key.text, useOf(parent));
    const name = reader.read(key);
    const use = useOf(parent);
    return name.is === 'parameter' && !use.sets
      ? [{ key: 'environment', from: name.of, ...placeOf(key, file), parameter: name.index, ...use }]
      : [];
  }
  const declaration = ts.isVariableDeclaration(parent) && parent.initializer === node ? parent.name : undefined;
  if (declaration && ts.isObjectBindingPattern(declaration))
    return declaration.elements.flatMap((element) => {
      const key = element.propertyName ?? element.name;
      if (!ts.isIdentifier(key) || element.dotDotDotToken) return [];
      const isOptional = element.initializer !== undefined || (ts.isIdentifier(element.name) && isAskedFor(element.name));
      return state(key, key.text, isOptional ? { fallback: true } : {});
    });
  // `z.object({ PORT: … }).parse(process.env)`, `cleanEnv(process.env, { PORT: port() })`.
  if (ts.isCallExpression(parent) && parent.arguments.includes(node))
    return schemaEntries(parent, resolver, file).flatMap(([name, where]) => state(where, name, {}));
  return [];
}

/**
 * Variables that code gives to what it starts or builds: `spawn('next', { env: { PHASE: 'build' } })`,
 * `define: { 'process.env.BUILD_ID': … }`.
 */
export function givenVariables(
  { name, initializer }: ts.PropertyAssignment,
  { file, owner }: Pick<Site, 'file' | 'owner'>,
): readonly EnvironmentKey[] {
  const given = (where: ts.Node, variable: string): EnvironmentKey => ({
    key: 'environment',
    from: owner,
    ...placeOf(where, file),
    name: variable,
    sets: true,
  });
  const defined = ts.isStringLiteralLike(name) ? DEFINED.exec(name.text)?.[1] : undefined;
  if (defined !== undefined) return [given(name, defined)];
  const value = unwrapped(initializer);
  if (!ts.isIdentifier(name) || name.text !== 'env' || !ts.isObjectLiteralExpression(value)) return [];
  return value.properties.flatMap((property) => {
    if (!ts.isPropertyAssignment(property) || !(ts.isIdentifier(property.name) || ts.isStringLiteralLike(property.name))) return [];
    const variable = property.name.text;
    // `env: { TOKEN: process.env.TOKEN }` hands it on.
    return SCREAMING.test(variable) && !variablesIn(property.initializer).includes(variable) ? [given(property.name, variable)] : [];
  });
}

const DEFINED = /^(?:process|import\.meta)\.env\.([A-Za-z_]\w*)$/;
const SCREAMING = /^[A-Z][A-Z0-9_]*$/;

type Use = Pick<EnvironmentKey, 'fallback' | 'sets'>;

/** `env('API_URL') ?? …`: the call names what may be a variable, and code holds without a result. */
export const hasFallback = (call: ts.CallExpression): boolean =>
  call.arguments[0] !== undefined &&
  ts.isStringLiteralLike(call.arguments[0]) &&
  SCREAMING.test(call.arguments[0].text) &&
  useOf(call).fallback === true;

/** The variables that `interface ProcessEnv` says there are. */
export function declaredVariables(node: ts.InterfaceDeclaration, { file, owner }: Pick<Site, 'file' | 'owner'>): readonly EnvironmentKey[] {
  if (node.name.text !== 'ProcessEnv' && node.name.text !== 'ImportMetaEnv') return [];
  return node.members.flatMap((member): readonly EnvironmentKey[] =>
    ts.isPropertySignature(member) &&
    (ts.isIdentifier(member.name) || ts.isStringLiteralLike(member.name)) &&
    VARIABLE.test(member.name.text)
      ? [{ key: 'environment', from: owner, ...placeOf(member.name, file), name: member.name.text, sets: true }]
      : [],
  );
}

/** Whether the variable is given a value, and if not whether code holds without one. */
function useOf(access: ts.Expression): Use {
  const use = outermost(access);
  const { parent } = use;
  if (ts.isDeleteExpression(parent)) return { sets: true };
  if (ts.isBinaryExpression(parent) && parent.left === use) {
    const { kind } = parent.operatorToken;
    if (kind === ts.SyntaxKind.EqualsToken) return { sets: true };
    if (FALLING_BACK.has(kind)) return { fallback: true };
  }
  // `process.env.HOSTS?.split(',')`
  const isOptional = ts.isPropertyAccessExpression(parent) && parent.expression === use && parent.questionDotToken !== undefined;
  if (isOptional || isCondition(use)) return { fallback: true };
  // `const key = given ?? process.env.KEY`
  let value = use;
  while (ts.isBinaryExpression(value.parent) && value.parent.right === value && FALLING_BACK.has(value.parent.operatorToken.kind))
    value = outermost(value.parent);
  const holder = value.parent;
  const name = ts.isVariableDeclaration(holder) && ts.isIdentifier(holder.name) ? holder.name : undefined;
  return name && isAskedFor(name) ? { fallback: true } : {};
}

const FALLING_BACK: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.BarBarToken,
  ts.SyntaxKind.QuestionQuestionToken,
  ts.SyntaxKind.BarBarEqualsToken,
  ts.SyntaxKind.QuestionQuestionEqualsToken,
]);
const EQUALITY: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.EqualsEqualsToken,
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
]);

const IS_EQUAL: ReadonlySet<ts.SyntaxKind> = new Set([ts.SyntaxKind.EqualsEqualsToken, ts.SyntaxKind.EqualsEqualsEqualsToken]);

/** With what is around it that leaves missing what is missing: parentheses, assertions, `+`, `Number(…)`. */
function outermost(node: ts.Expression): ts.Expression {
  let at = node;
  while (ts.isExpression(at.parent) && (unwrapped(at.parent) === unwrapped(at) || isNumberOf(at.parent, at))) at = at.parent;
  return at;
}

const isNumberOf = (node: ts.Expression, of: ts.Expression): boolean =>
  ts.isPrefixUnaryExpression(node)
    ? node.operator === ts.SyntaxKind.PlusToken
    : ts.isCallExpression(node) &&
      node.arguments[0] === of &&
      /^(?:Number\.)?(?:Number|parseInt|parseFloat)$/.test(node.expression.getText());

/** Code asks whether there is a value, or which, and goes on where there is none. */
function isCondition(use: ts.Expression): boolean {
  let at = use;
  let isAsked = false;
  /** What the condition is where there is no value; undefined where that depends on something else. */
  let missing: boolean | undefined = false;
  for (;;) {
    const { parent } = at;
    if (ts.isBinaryExpression(parent)) {
      const { kind } = parent.operatorToken;
      const other = unwrapped(parent.left === at ? parent.right : parent.left);
      if (EQUALITY.has(kind) && isLiteral(other)) {
        missing = isNothing(other) === IS_EQUAL.has(kind);
        isAsked = true;
      } else if (kind === ts.SyntaxKind.AmpersandAmpersandToken) {
        // The right of `a && b` is a value that may be used, its left is asked for.
        isAsked ||= parent.left === at;
        missing = missing === false ? false : undefined;
      } else if (kind === ts.SyntaxKind.BarBarToken) missing = missing === true ? true : undefined;
      else break;
    } else if (isAsking(parent)) {
      isAsked = true;
      if (ts.isPrefixUnaryExpression(parent)) missing = missing === undefined ? undefined : !missing;
    } else if (!ts.isParenthesizedExpression(parent)) break;
    at = parent;
  }
  const { parent } = at;
  const goesOn = <T extends ts.Node>(yes: T, no: T | undefined, stops: (branch: T | undefined) => boolean): boolean =>
    !(missing !== false && stops(yes)) && !(missing !== true && stops(no));
  if (ts.isConditionalExpression(parent) && parent.condition === at)
    return goesOn(parent.whenTrue, parent.whenFalse, (branch) => branch !== undefined && isExit(branch));
  if (ts.isIfStatement(parent) && parent.expression === at) return goesOn(parent.thenStatement, parent.elseStatement, givesUp);
  return isAsked;
}

/** `!value`, `typeof value`, `Boolean(value)`, `isNaN(value)`. */
const isAsking = (node: ts.Node): node is ts.Expression =>
  (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken) ||
  ts.isTypeOfExpression(node) ||
  (ts.isCallExpression(node) && /^(?:Boolean|(?:Number\.)?isNaN)$/.test(node.expression.getText()));

/** `undefined`, `null`, `''`; `'undefined'` is what `typeof` says. */
const isNothing = (node: ts.Expression): boolean =>
  node.kind === ts.SyntaxKind.NullKeyword ||
  (ts.isIdentifier(node) && node.text === 'undefined') ||
  (ts.isStringLiteralLike(node) && (node.text === '' || node.text === 'undefined'));

/** A text or number as written, `undefined`, `null`, `true`. */
const isLiteral = (node: ts.Expression): boolean =>
  ts.isLiteralExpression(node) ||
  (ts.isIdentifier(node) && node.text === 'undefined') ||
  node.kind === ts.SyntaxKind.NullKeyword ||
  node.kind === ts.SyntaxKind.TrueKeyword ||
  node.kind === ts.SyntaxKind.FalseKeyword;

/** Throws, or ends the program: what was asked for has to be there. */
function givesUp(branch: ts.Statement | undefined): boolean {
  if (!branch) return false;
  const statements = ts.isBlock(branch) ? branch.statements : [branch];
  return statements.some(
    (statement) => ts.isThrowStatement(statement) || (ts.isExpressionStatement(statement) && isExit(statement.expression)),
  );
}

const EXIT = /^(?:exit|abort|fail|invariant|panic|never|bail|die)$/i;

function isExit(expression: ts.Expression): boolean {
  const node = unwrapped(expression);
  if (!ts.isCallExpression(node)) return false;
  const callee = node.expression;
  return EXIT.test(ts.isPropertyAccessExpression(callee) ? callee.name.text : ts.isIdentifier(callee) ? callee.text : '');
}

/** Whether one of the conditions that the variable is used in is about it. */
function isAskedFor(name: ts.Identifier): boolean {
  let scope: ts.Node = name;
  while (!ts.isSourceFile(scope) && !ts.isBlock(scope)) scope = scope.parent;
  let found = false;
  const visit = (node: ts.Node): void => {
    if (found) return;
    if (ts.isIdentifier(node) && node !== name && node.text === name.text && isUse(node)) {
      const use = outermost(node);
      const left = ts.isBinaryExpression(use.parent) && use.parent.left === use && FALLING_BACK.has(use.parent.operatorToken.kind);
      found = left || isCondition(use);
    }
    ts.forEachChild(node, visit);
  };
  visit(scope);
  return found;
}

const isUse = (node: ts.Identifier): boolean =>
  !(ts.isPropertyAccessExpression(node.parent) && node.parent.name === node) && !ts.isPropertyAssignment(node.parent);

const schemaEntries = (call: ts.CallExpression, resolver: Resolver, file: ts.SourceFile): readonly (readonly [string, ts.Node])[] => {
  const literal = call.arguments.map(unwrapped).find(ts.isObjectLiteralExpression) ?? schemaLiteral(call.expression, resolver, file);
  return (literal?.properties ?? []).flatMap((property): (readonly [string, ts.Node])[] =>
    property.name && (ts.isIdentifier(property.name) || ts.isStringLiteralLike(property.name)) ? [[property.name.text, property.name]] : [],
  );
};

/** The literal that `schema` of `schema.parse(process.env)` was made from. */
function schemaLiteral(callee: ts.Expression, resolver: Resolver, file: ts.SourceFile): ts.ObjectLiteralExpression | undefined {
  let at = unwrapped(callee);
  for (let steps = 0; steps < 10; steps++) {
    if (ts.isPropertyAccessExpression(at)) at = unwrapped(at.expression);
    else if (ts.isCallExpression(at)) {
      const literal = at.arguments.map(unwrapped).find(ts.isObjectLiteralExpression);
      if (literal) return literal;
      at = unwrapped(at.expression);
    } else if (ts.isIdentifier(at)) {
      const declaration = resolver.localDeclaration(at);
      if (!declaration || declaration.getSourceFile() !== file || !ts.isVariableDeclaration(declaration) || !declaration.initializer)
        return undefined;
      at = unwrapped(declaration.initializer);
    } else return undefined;
  }
  return undefined;
}

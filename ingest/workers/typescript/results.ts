import { ts } from 'ts-morph';
import type { AssertedType, ResultUse, TypeName } from '../../keys.ts';
import type { ExpressionReader } from './expressions.ts';
import { unwrapped } from './expressions.ts';
import { placeOf } from './naming.ts';

/** Assignments and calls that a result is followed through. */
const FARTHEST = 9;
/** Members of a response that stand for what came back. */
const BODIES: ReadonlySet<string> = new Set(['json', 'data', 'body', 'text', 'value', 'content']);
/** The same of the result of a query. */
export const ROWS: ReadonlySet<string> = new Set(['rows', 'recordset']);

/** Methods of prepared statements that give rows. */
const FETCHES: ReadonlySet<string> = new Set(['get', 'all', 'iterate']);

/**
 * What becomes of the result of a call: the types that it, or its body, is taken for, and the members read off it where
 * its type is not declared. Of a name that a pattern declares: what becomes of its value.
 * `isBody`: it is what was sent already, nothing around that. Follows `await`, `.json()`, `.data`, `.then(…)`, local variables and returns, in one function.
 */
export function resultOf(
  call: ts.Expression | ts.Identifier,
  file: ts.SourceFile,
  reader: ExpressionReader,
  isBody = false,
  bodies = BODIES,
): ResultUse | undefined {
  const as = new Map<string, AssertedType>();
  const reads = new Map<string, { line: number; col: number; path: string; body?: true; equals?: readonly string[] }>();
  const escapes = new Map<string, NonNullable<ResultUse['escapes']>[number]>();
  let handedOn = false;
  let readsBody = isBody;
  const take = (types: readonly TypeName[], at?: ts.Node): void => {
    const line = at && { line: placeOf(at, file).line };
    for (const type of types)
      if (type.id !== undefined || type.members || type.args) as.set(JSON.stringify([type, line]), { ...type, ...line });
  };
  const note = (at: ts.Node, path: readonly string[], body: boolean): void => {
    const text = path.join('.');
    const key = `${body ? 'body' : ''}:${text}`;
    if (path.length > 0 && !reads.has(key)) reads.set(key, { ...placeOf(at, file), path: text, ...(body ? { body: true as const } : {}) });
  };
  const compare = (path: readonly string[], body: boolean, texts: readonly string[]): void => {
    const key = `${body ? 'body' : ''}:${path.join('.')}`;
    const read = reads.get(key);
    if (read && texts.length > 0) reads.set(key, { ...read, equals: [...new Set([...(read.equals ?? []), ...texts])] });
  };
  const escape = (at: ts.Node, path: readonly string[], body: boolean, to: 'outside' | 'inside'): void => {
    const text = path.join('.');
    const key = `${body ? 'body' : ''}:${text}:${to}`;
    if (!escapes.has(key)) escapes.set(key, { ...placeOf(at, file), path: text, to, ...(body ? { body: true as const } : {}) });
  };

  const binding = (pattern: ts.BindingPattern, path: readonly string[], body: boolean, left: number): void => {
    if (!ts.isObjectBindingPattern(pattern)) return;
    for (const element of pattern.elements) {
      const key = element.propertyName ?? element.name;
      if (element.dotDotDotToken || !(ts.isIdentifier(key) || ts.isStringLiteralLike(key))) continue;
      const unwraps = !body && path.length === 0 && bodies.has(key.text);
      readsBody ||= unwraps;
      const next = unwraps ? path : [...path, key.text];
      if (next.length > 0) note(key, next, body);
      if (ts.isIdentifier(element.name)) usesOf(element.name, next, body || unwraps, left - 1);
      else binding(element.name, next, body || unwraps, left - 1);
    }
  };

  const usesOf = (name: ts.Identifier, path: readonly string[], body: boolean, left: number): void => {
    if (left <= 0) return;
    const scope = scopeOf(name);
    for (const node of reader.identifiers(name.text))
      if (node !== name && node.pos >= scope.pos && node.end <= scope.end && !isName(node)) follow(node, path, body, left - 1);
  };

  const follow = (expression: ts.Expression, path: readonly string[], body: boolean, left: number): void => {
    if (left <= 0) return;
    const { parent } = expression;
    if (ts.isAwaitExpression(parent) || ts.isParenthesizedExpression(parent) || ts.isNonNullExpression(parent))
      return follow(parent, path, body, left);
    if (ts.isAsExpression(parent) || ts.isSatisfiesExpression(parent) || ts.isTypeAssertionExpression(parent)) {
      if (path.length === 0) take(reader.typeNames(parent.type), parent);
      return follow(parent, path, body, left);
    }
    if (ts.isPropertyAccessExpression(parent) && parent.expression === expression)
      return access(parent, parent.name.text, path, body, left);
    if (ts.isElementAccessExpression(parent) && parent.expression === expression) {
      const key = unwrapped(parent.argumentExpression);
      if (ts.isStringLiteralLike(key)) return access(parent, key.text, path, body, left);
      if (!isPosition(key)) escape(parent, path, body, 'outside');
      return follow(parent, path, body, left);
    }
    if (ts.isElementAccessExpression(parent)) return undefined; // `LABELS[shipment.state]`: it is read already
    if (ts.isBinaryExpression(parent) && isComparison(parent.operatorToken.kind))
      return compare(path, body, literalsOf(parent.left === expression ? parent.right : parent.left));
    if (ts.isSwitchStatement(parent) && parent.expression === expression)
      return compare(
        path,
        body,
        parent.caseBlock.clauses.flatMap((clause) => (ts.isCaseClause(clause) ? literalsOf(clause.expression) : [])),
      );
    if (ts.isVariableDeclaration(parent) && parent.initializer === expression) {
      if (path.length === 0) take(reader.typeNames(parent.type), parent);
      return ts.isIdentifier(parent.name) ? usesOf(parent.name, path, body, left) : binding(parent.name, path, body, left);
    }
    if (ts.isReturnStatement(parent) || (ts.isArrowFunction(parent) && parent.body === expression)) {
      const fn = functionAround(parent);
      if (fn && path.length === 0) take(reader.typeNames(fn.type));
      // What a callback of `then` returns is what the chain goes on with.
      const chain = fn && ts.isCallExpression(fn.parent) && thenOf(fn.parent) ? fn.parent : undefined;
      if (chain) return follow(chain, path, body, left - 1);
      const given = fn?.parent;
      if (given && ts.isCallExpression(given) && ts.isPropertyAccessExpression(given.expression)) {
        const name = given.expression.name.text;
        // `ids.map((id) => fetch(…))`: a list of it.
        if (name === 'map' || name === 'flatMap') return follow(given, path, body, left - 1);
        if (JUDGING.has(name)) return undefined;
      }
      if (path.length === 0) handedOn = true;
      escape(parent, path, body, 'inside');
      return undefined;
    }
    if ((ts.isCallExpression(parent) || ts.isNewExpression(parent)) && parent.arguments?.includes(expression)) {
      const called = calledAs(parent.expression);
      if (ts.isCallExpression(parent) && GATHERING.test(called)) return follow(parent, path, body, left - 1);
      if (ts.isCallExpression(parent) && called === 'expect') return expected(parent, path, body);
      if (/^assert(\.\w*[eE]qual)?$/.test(called)) compare(path, body, parent.arguments.flatMap(literalsOf));
      else if (called.endsWith('.includes') && ts.isPropertyAccessExpression(parent.expression))
        compare(path, body, literalsOf(parent.expression.expression));
      else if (!LOOKING.test(called)) {
        const callee = reader.read(parent.expression);
        const isOutside =
          callee.is === 'external' || (callee.is === 'member' && callee.of.is === 'call' && callee.of.callee.is === 'external');
        escape(parent, path, body, isOutside ? 'outside' : 'inside');
      }
      if (path.length === 0) {
        take((parent.typeArguments ?? []).flatMap((argument) => reader.typeNames(argument)));
        take(reader.expectedOf(expression), expression);
        handedOn = true;
      }
    }
    if (ts.isSpreadAssignment(parent) || ts.isPropertyAssignment(parent) || ts.isShorthandPropertyAssignment(parent)) {
      if (path.length === 0) handedOn = true;
      escape(parent, path, body, 'inside');
    }
    if (
      ts.isBinaryExpression(parent) &&
      parent.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
      parent.right === expression &&
      path.length === 0
    ) {
      take(reader.typesOf(parent.left));
      handedOn = true;
    }
    if (ts.isBinaryExpression(parent) && ASSIGNING.has(parent.operatorToken.kind) && parent.right === expression)
      escape(parent, path, body, 'inside');
    if (ts.isForOfStatement(parent) && parent.expression === expression && ts.isVariableDeclarationList(parent.initializer)) {
      const [declared] = parent.initializer.declarations;
      if (declared && ts.isIdentifier(declared.name)) usesOf(declared.name, path, body, left);
      else if (declared && !ts.isIdentifier(declared.name)) binding(declared.name, path, body, left);
    }
  };

  const access = (
    node: ts.PropertyAccessExpression | ts.ElementAccessExpression,
    name: string,
    path: readonly string[],
    body: boolean,
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
        name === 'some' ||
        name === 'every' ||
        name === 'findIndex' ||
        name === 'flatMap' ||
        name === 'pipe')
    ) {
      for (const argument of called.arguments) {
        const callback = unwrapped(argument);
        if (!ts.isArrowFunction(callback) && !ts.isFunctionExpression(callback)) {
          if (ts.isIdentifier(callback) || ts.isPropertyAccessExpression(callback)) escape(called, path, body, 'inside');
          continue;
        }
        const [first] = callback.parameters;
        if (!first) continue;
        if (path.length === 0) take(reader.typeNames(first.type));
        if (ts.isIdentifier(first.name)) usesOf(first.name, path, body, left - 1);
        else binding(first.name, path, body, left - 1);
      }
      // What a callback makes of the items is another list; what it hands back of them is followed from there.
      if ((name === 'map' || name === 'flatMap') && called.arguments[0] && ts.isArrowFunction(unwrapped(called.arguments[0])))
        return undefined;
      return follow(called, path, body, left - 1);
    }
    // Methods that give the same items.
    if (called && SAME_ITEMS.has(name)) return follow(called, path, body, left - 1);
    // `request(app).get('/users').set(…).expect(200)`
    if (called && !body && path.length === 0 && CHAINED.has(name)) {
      const [first] = called.arguments;
      if (name === 'expect' && first && ts.isNumericLiteral(first)) {
        note(first, ['status'], false);
        compare(['status'], false, [first.text]);
      }
      return follow(called, path, body, left);
    }
    if (called && (name === 'catch' || name === 'finally' || name === 'toPromise')) return follow(called, path, body, left);
    if (!body && bodies.has(name) && path.length === 0) {
      const type = called?.typeArguments?.[0];
      if (type) take(reader.typeNames(type));
      readsBody = true;
      return follow(called ?? node, path, true, left - 1);
    }
    // `database.prepare(sql).get(id) as User`
    if (called && bodies === ROWS && path.length === 0 && FETCHES.has(name)) return follow(called, path, body, left - 1);
    if (called) return;
    note(node, [...path, name], body);
    follow(node, [...path, name], body, left - 1);
  };

  /** `expect(response.status).toBe(200)`, `expect(body).toEqual({ … })`. */
  const expected = (call: ts.CallExpression, path: readonly string[], body: boolean): void => {
    for (let at: ts.Node = call.parent; ts.isPropertyAccessExpression(at); at = at.parent) {
      if (!ts.isCallExpression(at.parent)) continue;
      const [wanted] = at.parent.arguments;
      const literal = wanted && unwrapped(wanted);
      if (wanted) compare(path, body, literalsOf(wanted));
      if (literal && ts.isObjectLiteralExpression(literal))
        for (const { name } of literal.properties)
          if (name && (ts.isIdentifier(name) || ts.isStringLiteralLike(name))) note(name, [...path, name.text], body);
      if (wanted && ts.isStringLiteralLike(wanted) && at.name.text === 'toHaveProperty') note(wanted, [...path, wanted.text], body);
      return;
    }
  };

  if (ts.isIdentifier(call) && ts.isBindingElement(call.parent)) usesOf(call, [], isBody, FARTHEST);
  else {
    take(reader.typesOf(call));
    follow(call, [], isBody, FARTHEST);
  }
  const found: ResultUse = {
    ...(as.size > 0 ? { as: [...as.values()] } : {}),
    ...(reads.size > 0 ? { reads: [...reads.values()] } : {}),
    ...(handedOn ? { handedOn: true } : {}),
    ...(escapes.size > 0 ? { escapes: [...escapes.values()] } : {}),
    ...(readsBody && !isBody ? { body: true as const } : {}),
  };
  return found.as || found.reads || found.handedOn || found.escapes || found.body ? found : undefined;
}

const SAME_ITEMS = new Set(['at', 'slice', 'toSorted', 'sort', 'toReversed', 'reverse', 'findLast', 'pop', 'shift', 'values']);
/** Methods of lists that only look at what their callback returns. */
const JUDGING = new Set(['filter', 'find', 'findIndex', 'some', 'every', 'forEach', 'sort', 'toSorted']);
/** Steps of a request that is sent when it is awaited; each is the request again. */
const CHAINED = new Set(['expect', 'set', 'send', 'query', 'auth', 'type', 'accept', 'timeout', 'retry', 'field', 'attach']);
/** Calls whose result is what they are given. */
const GATHERING = /^(Promise\.(all|allSettled|any|race|resolve)|structuredClone|Array\.from|Object\.freeze)$/;
/** Calls that tell nothing of what they are given. */
const LOOKING = /^(Boolean|Array\.isArray|assert(\.\w+)?|invariant)$/;
const ASSIGNING: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.EqualsToken,
  ts.SyntaxKind.QuestionQuestionEqualsToken,
  ts.SyntaxKind.BarBarEqualsToken,
]);

const isComparison = (kind: ts.SyntaxKind): boolean =>
  kind === ts.SyntaxKind.EqualsEqualsEqualsToken ||
  kind === ts.SyntaxKind.ExclamationEqualsEqualsToken ||
  kind === ts.SyntaxKind.EqualsEqualsToken ||
  kind === ts.SyntaxKind.ExclamationEqualsToken;

/** A position in a list rather than the name of a member. */
const isPosition = (key: ts.Expression): boolean =>
  ts.isNumericLiteral(key) ||
  ts.isPrefixUnaryExpression(key) ||
  ts.isBinaryExpression(key) ||
  (ts.isIdentifier(key) && /^([ijkn]|idx|\w*[iI]ndex|at|position|last)$/.test(key.text));

/** The texts and numbers that an expression is: a literal, or a list of them. */
function literalsOf(expression: ts.Expression): readonly string[] {
  const node = unwrapped(expression);
  if (ts.isStringLiteralLike(node) || ts.isNumericLiteral(node)) return [node.text];
  if (ts.isIdentifier(node)) {
    // A constant of the same file.
    const { statements } = node.getSourceFile();
    for (const statement of statements)
      for (const { name, initializer } of ts.isVariableStatement(statement) ? statement.declarationList.declarations : [])
        if (initializer && ts.isIdentifier(name) && name.text === node.text && !ts.isIdentifier(unwrapped(initializer)))
          return literalsOf(initializer);
    return [];
  }
  return ts.isArrayLiteralExpression(node) ? node.elements.flatMap(literalsOf) : [];
}

/** `expect`, `JSON.stringify`. */
const calledAs = (callee: ts.Expression): string => {
  if (ts.isIdentifier(callee)) return callee.text;
  if (!ts.isPropertyAccessExpression(callee)) return '';
  return `${ts.isIdentifier(callee.expression) ? callee.expression.text : ''}.${callee.name.text}`;
};

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

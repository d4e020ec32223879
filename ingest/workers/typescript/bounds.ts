import { ts } from 'ts-morph';
import type { NodeId } from '../../../graph/model/id.ts';
import type { BoundKey } from '../../keys.ts';
import { unwrapped, type ExpressionReader } from './expressions.ts';
import { placeOf } from './naming.ts';

const COMPARING: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.LessThanToken,
  ts.SyntaxKind.LessThanEqualsToken,
  ts.SyntaxKind.GreaterThanToken,
  ts.SyntaxKind.GreaterThanEqualsToken,
]);
/** Methods by which a value is cut to a limit. */
const CUTTING = new Set(['slice', 'substring', 'substr']);

/** Numbers that values are held against: `title.length > MAX_TITLE`, `Math.min(limit, 500)`, `title.slice(0, 200)`. */
export function boundKeys(
  node: ts.BinaryExpression | ts.CallExpression,
  file: ts.SourceFile,
  from: NodeId,
  reader: ExpressionReader,
  numbers: ReadonlyMap<string, string>,
): readonly BoundKey[] {
  const bound = (value: ts.Expression, limit: ts.Expression): readonly BoundKey[] => {
    const name = nameOf(unwrapped(value));
    if (name === undefined) return [];
    const by = numberOf(limit, numbers) ?? reader.read(limit);
    if (by.is !== 'literal' && by.is !== 'declared') return [];
    return [{ key: 'bound', from, ...placeOf(node, file), name, by }];
  };
  if (ts.isBinaryExpression(node)) {
    if (!COMPARING.has(node.operatorToken.kind)) return [];
    return isNumber(node.left) ? bound(node.right, node.left) : bound(node.left, node.right);
  }
  const { expression, arguments: args } = node;
  if (!ts.isPropertyAccessExpression(expression)) return [];
  const isMinimum = expression.name.text === 'min' && ts.isIdentifier(expression.expression) && expression.expression.text === 'Math';
  const [first, second] = args;
  if (isMinimum && first && second) return isNumber(first) ? bound(second, first) : bound(first, second);
  return CUTTING.has(expression.name.text) && second ? bound(expression.expression, second) : [];
}

/** The constants of a file that hold a number, with the number as written; of several of one name the first. */
export function numbersOf(file: ts.SourceFile): ReadonlyMap<string, string> {
  const numbers = new Map<string, string>();
  for (const statement of file.statements)
    for (const { name, initializer } of ts.isVariableStatement(statement) ? statement.declarationList.declarations : []) {
      const value = initializer && unwrapped(initializer);
      if (value && ts.isNumericLiteral(value) && ts.isIdentifier(name) && !numbers.has(name.text)) numbers.set(name.text, value.text);
    }
  return numbers;
}

/** A number as written, or the constant of the same file that holds it. */
function numberOf(
  expression: ts.Expression,
  numbers: ReadonlyMap<string, string>,
): { readonly is: 'literal'; readonly text: string } | undefined {
  const node = unwrapped(expression);
  const text = ts.isNumericLiteral(node) ? node.text : ts.isIdentifier(node) ? numbers.get(node.text) : undefined;
  return text === undefined ? undefined : { is: 'literal', text };
}

/** `200`, `MAX_TITLE`, `LIMITS.title`. */
const isNumber = (expression: ts.Expression): boolean => {
  const node = unwrapped(expression);
  if (ts.isNumericLiteral(node)) return true;
  const name = ts.isIdentifier(node) ? node.text : ts.isPropertyAccessExpression(node) ? node.expression.getText() : '';
  return /^[A-Z][A-Z0-9_]*$/.test(name);
};

/** The last name of a value, `title` of `form.title.length`. */
function nameOf(node: ts.Expression): string | undefined {
  if (ts.isIdentifier(node)) return node.text;
  if (!ts.isPropertyAccessExpression(node)) return undefined;
  return node.name.text === 'length' ? nameOf(unwrapped(node.expression)) : node.name.text;
}

import { ts } from 'ts-morph';
import type { NodeId } from '../../../graph/model/id.ts';
import type { BranchKey } from '../../keys.ts';
import { unwrapped, type ExpressionReader } from './expressions.ts';
import { placeOf } from './naming.ts';

/** Names of what says what a message is. */
const TELLING = /topic|subject|channel|queue|routing|event|pattern|stream|type|name|kind|command|cmd/i;

/** What `case` clauses and `if` statements say of the message that they are about. */
export function branchKeys(
  node: ts.IfStatement | ts.CaseClause,
  file: ts.SourceFile,
  from: NodeId,
  reader: ExpressionReader,
): readonly BranchKey[] {
  if (ts.isIfStatement(node)) return comparisons(node.expression).flatMap(([left, right]) => branch(left, right, node.thenStatement));
  const { parent: block } = node;
  // Clauses that fall through share what the next one does.
  let last = block.clauses.indexOf(node);
  while (last < block.clauses.length - 1 && block.clauses[last]!.statements.length === 0) last++;
  return branch(block.parent.expression, node.expression, block.clauses[last]!, node);

  function branch(compared: ts.Expression, to: ts.Expression, body: ts.Node, start: ts.Node = body): readonly BranchKey[] {
    const name = nameOf(unwrapped(compared));
    if (name === undefined || !TELLING.test(name)) return [];
    const equals = reader.read(to);
    if (equals.is !== 'text' && equals.is !== 'declared') return [];
    const endLine = file.getLineAndCharacterOfPosition(body.end).line + 1;
    return [{ key: 'branch', from, ...placeOf(start, file), endLine, equals }];
  }
}

/** The pairs that have to be equal, or one of which has. */
function comparisons(condition: ts.Expression): readonly (readonly [ts.Expression, ts.Expression])[] {
  const node = unwrapped(condition);
  if (!ts.isBinaryExpression(node)) return [];
  const { left, right, operatorToken } = node;
  if (operatorToken.kind === ts.SyntaxKind.BarBarToken || operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken)
    return [...comparisons(left), ...comparisons(right)];
  if (operatorToken.kind !== ts.SyntaxKind.EqualsEqualsEqualsToken && operatorToken.kind !== ts.SyntaxKind.EqualsEqualsToken) return [];
  return ts.isStringLiteralLike(unwrapped(left)) ? [[right, left]] : [[left, right]];
}

const nameOf = (node: ts.Expression): string | undefined =>
  ts.isIdentifier(node) ? node.text : ts.isPropertyAccessExpression(node) ? node.name.text : undefined;

import { ts } from 'ts-morph';
import type { NodeId } from '../../../graph/model/id.ts';
import type { HeaderKey } from '../../keys.ts';
import { unwrapped } from './expressions.ts';
import { placeOf } from './naming.ts';

/**
 * Headers that code puts on requests which are made elsewhere: `config.headers.Authorization = …`,
 * `client.defaults.headers.common['X-Api-Key'] = …`, `request.headers.set('Authorization', …)`.
 */
export function headerKeys(node: ts.BinaryExpression | ts.CallExpression, file: ts.SourceFile, from: NodeId): readonly HeaderKey[] {
  const name = ts.isBinaryExpression(node) ? assigned(node) : set(node);
  if (name === undefined) return [];
  return [{ key: 'header', from, ...placeOf(node, file), name }];
}

function assigned({ left, operatorToken }: ts.BinaryExpression): string | undefined {
  if (operatorToken.kind !== ts.SyntaxKind.EqualsToken) return undefined;
  const to = unwrapped(left);
  if (ts.isPropertyAccessExpression(to)) return isHeaders(to.expression) ? to.name.text : undefined;
  if (!ts.isElementAccessExpression(to) || !isHeaders(to.expression)) return undefined;
  return ts.isStringLiteralLike(to.argumentExpression) ? to.argumentExpression.text : undefined;
}

function set({ expression, arguments: [name] }: ts.CallExpression): string | undefined {
  if (!ts.isPropertyAccessExpression(expression) || expression.name.text !== 'set' || !isHeaders(expression.expression)) return undefined;
  return name && ts.isStringLiteralLike(name) ? name.text : undefined;
}

/** `config.headers`, `client.defaults.headers.common`. */
function isHeaders(expression: ts.Expression): boolean {
  const node = unwrapped(expression);
  if (!ts.isPropertyAccessExpression(node)) return false;
  return node.name.text === 'headers' || (/^(common|get|post|put|patch|delete)$/.test(node.name.text) && isHeaders(node.expression));
}

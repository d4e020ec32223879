import { ts } from 'ts-morph';
import { parseId, type NodeId } from '../../../graph/model/id.ts';
import { isDeclaration, type Node } from '../../../graph/model/node.ts';
import type { DeclaresKey, LinkKey } from '../../keys.ts';

/** The declarations of a file by dotted path: what is seen outside, and what is not. */
export function declaredKey(module: NodeId, nodes: readonly Node[]): DeclaresKey {
  const exported: Named[] = [];
  const internal: Named[] = [];
  const visible = new Set<string>();
  for (const node of nodes) {
    if (!isDeclaration(node)) continue;
    const name = parseId(node.id)?.descriptor ?? node.name;
    const [root = name] = name.split('.');
    if (node.props.exported) visible.add(root);
    (visible.has(root) ? exported : internal).push({ name, lines: [node.span?.line ?? 1, node.span?.endLine ?? 1] });
  }
  const isTest = nodes.some(({ kind }) => kind === 'TestFile');
  return {
    key: 'declares',
    module,
    exported: exported.map(({ name }) => name),
    internal: internal.map(({ name }) => name),
    ...(isTest ? { test: true } : {}),
    lines: [...exported, ...internal].map(({ lines }) => lines),
  };
}

interface Named {
  readonly name: string;
  readonly lines: readonly [number, number];
}

const CRITERION = /\[[\w.-]+\/[A-Z]+-[\w.-]+\]/;

/** Test cases whose title names a criterion: `[imageUpload/AC-1] stores a picture`. */
export const testKeys = (nodes: readonly Node[]): readonly LinkKey[] =>
  nodes.flatMap((node): LinkKey[] =>
    node.kind === 'TestCase' && CRITERION.test(node.props.title)
      ? [{ key: 'test', id: node.id, title: node.props.title, line: node.span?.line ?? 1, col: node.span?.col ?? 1 }]
      : [],
  );

const TAG = /(?<![\w`])@(verifies|satisfies)\s+(?:spec:)?([\w.-]+\/[\w.-]+)/g;

/** `@verifies imageUpload/AC-1` in comments, of the declaration that the comment stands at or in. */
export function verifiesKeys(file: ts.SourceFile, module: NodeId, named: ReadonlyMap<ts.Node, NodeId>): readonly LinkKey[] {
  const { text } = file;
  if (!text.includes('@verifies') && !text.includes('@satisfies')) return [];
  return Array.from(text.matchAll(TAG)).flatMap(({ index, 1: tag, 2: ref }): LinkKey[] => {
    const { line, character } = file.getLineAndCharacterOfPosition(index);
    if (isInText(file, index)) return [];
    const from = declarationAt(index, named) ?? module;
    return [{ key: 'verifies', from, tag: tag as 'verifies' | 'satisfies', ref: ref!, line: line + 1, col: character + 1 }];
  });
}

/** Whether an offset lies within a string, a template or the text of an element: texts about tags are no tags. */
function isInText(file: ts.SourceFile, offset: number): boolean {
  let at: ts.Node = file;
  for (;;) {
    const inner: ts.Node | undefined = ts.forEachChild(at, (child) => (child.pos <= offset && offset < child.end ? child : undefined));
    if (!inner) return (ts.isLiteralExpression(at) || ts.isTemplateLiteralToken(at) || ts.isJsxText(at)) && offset >= at.getStart(file);
    at = inner;
  }
}

/** The innermost declaration around an offset; comments before a declaration belong to it. */
function declarationAt(offset: number, named: ReadonlyMap<ts.Node, NodeId>): NodeId | undefined {
  let best: { readonly id: NodeId; readonly length: number } | undefined;
  for (const [node, id] of named) {
    const around = ts.isVariableDeclaration(node) ? node.parent.parent : node;
    if (offset < around.pos || offset >= around.end) continue;
    const length = around.end - around.pos;
    if (!best || length < best.length) best = { id, length };
  }
  return best?.id;
}

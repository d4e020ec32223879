import { describe, expect, it } from 'vitest';
import type { Node } from '../../../../graph/model/node.ts';
import { claimsOf, mergeClaims } from '../../../../graph/store/claims.ts';

const module = (props: object, line?: number): Node =>
  ({
    id: 'shop//code:a.ts',
    kind: 'Module',
    name: 'a.ts',
    repo: 'shop',
    ...(line ? { span: { line, col: 1, endLine: line, endCol: 1 } } : {}),
    props,
  }) as Node;

describe('claims of several units', () => {
  it('add up, the first unit by id before the others', () => {
    const merged = mergeClaims([
      { unit: 'shop//b:x', node: module({ language: 'b', doc: 'from b' }, 2) },
      { unit: 'shop//a:x', node: module({ language: 'a' }, 1) },
    ]);
    expect(merged).toEqual(module({ language: 'a', doc: 'from b' }, 1));
  });

  it('take sources before linkers, whatever their names', () => {
    const merged = mergeClaims([
      { unit: 'shop//link/history:', node: module({ language: 'ts', changes: 3 }) },
      { unit: 'shop//typescript:a.ts', node: module({ language: 'typescript' }, 1) },
    ]);
    expect(merged).toEqual(module({ language: 'typescript', changes: 3 }, 1));
  });
});

describe('claims of one unit', () => {
  it('are one for each node, the first mention before the others', () => {
    const other: Node = { ...module({}), id: 'shop//code:b.ts' };
    const claims = claimsOf('shop//typescript:a.ts', [module({ language: 'a' }), other, module({ language: 'b', doc: 'again' })]);
    expect([...claims]).toEqual([
      ['shop//code:a.ts', module({ language: 'a', doc: 'again' })],
      ['shop//code:b.ts', other],
    ]);
  });
});

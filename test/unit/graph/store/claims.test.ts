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

describe('claims of different standing', () => {
  const at = (file: string, standing?: 'migration' | 'mention'): Node => ({
    ...{ id: 'shop//table:orders', kind: 'Table', name: 'orders', repo: 'shop', file, span: { line: 1, col: 1, endLine: 9, endCol: 1 } },
    ...(standing ? { standing } : {}),
    props: { doc: file },
  });
  const claim = (unit: string, node: Node) => ({ unit: `shop//${unit}`, node });

  it('are led by the definition of today, then by a migration, whoever states them', () => {
    const claims = [
      claim('a:a.sql', at('a.sql', 'mention')),
      claim('b:b.sql', at('b.sql', 'migration')),
      claim('link/entities:', at('order.ts')),
    ];
    expect(mergeClaims(claims)).toEqual(at('order.ts'));
    expect(mergeClaims(claims.toReversed())).toEqual(at('order.ts'));
    expect(mergeClaims(claims.slice(0, 2))).toEqual(at('b.sql'));
  });

  it('of one standing are led by the first path of a worker', () => {
    expect(mergeClaims([claim('sql:b.sql', at('b.sql', 'migration')), claim('sql:a.sql', at('a.sql', 'migration'))])).toEqual(at('a.sql'));
  });

  it('keep their standing within a unit, and none once they are merged', () => {
    const [stated] = claimsOf('shop//sql:a.sql', [at('a.sql', 'mention'), at('a.sql', 'migration')]).values();
    expect(stated).toEqual(at('a.sql', 'migration'));
    expect(mergeClaims([claim('sql:a.sql', stated!)])).toEqual(at('a.sql'));
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

import { getOperationAST, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { checkOperation, sizeOf } from '../../../../src/api/limits.ts';
import { loadSchema } from '../../../../src/api/schema.ts';

const schema = loadSchema();

function measure(query: string, variables: Record<string, unknown> = {}) {
  const document = parse(query);
  return sizeOf(schema, document, getOperationAST(document)!, variables);
}

describe('the size of an operation', () => {
  it.each([
    ['one object', '{ stats { generation diagnostics } }', { depth: 2, aliases: 0, cost: 1 }],
    ['a list without page size', '{ stats { nodes { count } } }', { depth: 3, aliases: 0, cost: 11 }],
    ['a page', '{ entities(first: 3) { nodes { id } } }', { depth: 3, aliases: 0, cost: 6 }],
    ['a page of the default size', '{ entities { nodes { id } } }', { depth: 3, aliases: 0, cost: 100 }],
    [
      'pages in pages',
      '{ entities(first: 3) { nodes { outgoing(first: 4) { edges { type } } } } }',
      { depth: 5, aliases: 0, cost: 3 * (1 + 1 + 4 * 2) },
    ],
    ['a computed answer', '{ impact(change: {target: "x"}) { verdict } }', { depth: 2, aliases: 0, cost: 51 }],
    ['a renamed field', '{ a: stats { b: generation } }', { depth: 2, aliases: 2, cost: 1 }],
    ['an inline fragment', '{ ... { ... on Query { stats { generation } } } }', { depth: 2, aliases: 0, cost: 1 }],
    [
      'what one of several types has',
      '{ thread(id: "x") { gate { ... on ClarifyGate { round questions { options { value } } } } } }',
      { depth: 5, aliases: 0, cost: 2 + 10 * (1 + 10) },
    ],
    ['work that takes seconds', 'mutation { draftSpec(request: "x") { id } }', { depth: 2, aliases: 0, cost: 3_001 }],
    ['introspection', '{ __schema { types { name } } __typename }', { depth: 0, aliases: 0, cost: 0 }],
    ['a page size that asks for nothing', '{ entities(first: -1000) { nodes { id } } }', { depth: 3, aliases: 0, cost: 2 }],
  ])('counts %s', (_, query, size) => {
    expect(measure(query)).toEqual(size);
  });

  it('counts variables at their value', () => {
    expect(measure('query ($n: Int!) { entities(first: $n) { nodes { id } } }', { n: 100 }).cost).toBe(200);
  });

  it('counts a fragment wherever it is spread, measuring it once', () => {
    const doubling = Array.from({ length: 60 }, (_, at) => `fragment f${at} on Query { ...f${at + 1} ...f${at + 1} }`).join(' ');
    const { cost, depth } = measure(`{ ...f0 } ${doubling} fragment f60 on Query { stats { generation } }`);
    expect(cost).toBe(2 ** 60);
    expect(depth).toBe(2);
  });

  it('counts only the operation that will run', () => {
    const document = parse('query small { stats { generation } } query large { entities(first: 200) { nodes { id } } }');
    expect(sizeOf(schema, document, getOperationAST(document, 'small')!, {}).cost).toBe(1);
  });
});

describe('an operation', () => {
  const check = (query: string, variables: Record<string, unknown> = {}) => {
    const document = parse(query);
    checkOperation(schema, document, getOperationAST(document)!, variables);
  };

  it('passes when it is small', () => {
    expect(() => check('{ stats { generation } }')).not.toThrow();
  });

  it('is refused with the limit it exceeds', () => {
    expect(() => check('{ entities(first: 200) { nodes { outgoing(first: 200) { edges { type } } } } }')).toThrow(
      expect.objectContaining({ code: 'LIMIT_EXCEEDED', details: { limit: 'cost', allowed: 10_000, found: 200 * (2 + 200 * 2) } }),
    );
  });

  it('is refused when null stands for an argument that has none', () => {
    expect(() => check('query ($n: Int) { entities(first: $n) { nodes { id } } }', { n: null })).toThrow(
      expect.objectContaining({ code: 'BAD_INPUT' }),
    );
  });

  it('is left to execution when its variables do not fit', () => {
    expect(() => check('query ($n: Int!) { entities(first: $n) { nodes { id } } }', { n: 'many' })).not.toThrow();
  });
});

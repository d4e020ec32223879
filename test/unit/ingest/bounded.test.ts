import { describe, expect, it } from 'vitest';
import { bounded } from '../../../ingest/bounded.ts';
import { edge, functionNode, unitOf } from '../../contract/facts.ts';

const cart = functionNode('src/cart.ts', 'addToCart');

describe('a delta', () => {
  it('stays as it is where names are short', () => {
    const delta = unitOf('src/cart.ts', { nodes: [cart], edges: [edge(cart.id, `${cart.id}${'x'.repeat(900)}`)] });
    expect(bounded(delta)).toBe(delta);
  });

  it.each([
    ['x', 3000],
    ['語', 1200],
    ['🙂', 900],
    ['a\0', 2],
    ['\ud800', 1],
  ])('loses what is called %s %i times, with its edges, and says where it stands', (letter, times) => {
    const long = functionNode('src/cart.ts', letter.repeat(times));
    const { nodes, edges, diagnostics } = bounded(
      unitOf('src/cart.ts', {
        nodes: [cart, long],
        edges: [edge(cart.id, cart.id), edge(cart.id, long.id), edge(cart.id, cart.id, { via: long.id })],
      }),
    );
    expect(nodes).toEqual([cart]);
    expect(edges).toEqual([edge(cart.id, cart.id)]);
    expect(diagnostics).toMatchObject([{ code: 'unusable-name', file: 'src/cart.ts', span: long.span }]);
    expect(diagnostics[0]!.message.length).toBeLessThan(400);
  });

  it('keeps the first of thousands of diagnostics, and says how many there are', () => {
    const many = Array.from({ length: 5000 }, (_, at) => ({ code: 'c', severity: 'info' as const, message: `line ${at}` }));
    const { diagnostics } = bounded(unitOf('src/cart.ts', { diagnostics: many }));
    expect(diagnostics).toHaveLength(200);
    expect(diagnostics.at(-1)?.message).toBe('4801 more diagnostics of this file are left out; the next is: line 199');
  });

  it('keeps the beginning of a long title and of a long message', () => {
    const diagnostic = { code: 'c', severity: 'info' as const, message: `no ${'y'.repeat(5_000_000)}` };
    const { nodes, diagnostics } = bounded(
      unitOf('src/cart.ts', { nodes: [{ ...cart, name: `${'z'.repeat(299)}🙂${'z'.repeat(9000)}` }], diagnostics: [diagnostic] }),
    );
    expect(nodes[0]!.name).toBe(`${'z'.repeat(299)}…`);
    expect(diagnostics[0]!.message).toHaveLength(1001);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { onPage, pageLine } from '../../../../src/mcp/page.ts';

describe('pages', () => {
  it('give every item once, whatever their size', () => {
    fc.assert(
      fc.property(fc.nat(60), fc.integer({ min: 1, max: 100 }), (total, limit) => {
        const items = Array.from({ length: total }, (_, n) => n);
        const seen: number[] = [];
        for (let cursor: string | undefined; ;) {
          const order = { limit, cursor };
          const page = onPage(items, order);
          seen.push(...page);
          cursor = /next: cursor "(?<next>\d+)"/.exec(pageLine(total, page.length, order))?.groups?.['next'];
          if (cursor === undefined) break;
        }
        expect(seen).toEqual(items);
      }),
    );
  });

  it('say how many there are, where they do not show all', () => {
    expect(pageLine(3, 3, { limit: 10 })).toBe('');
    expect(pageLine(0, 0, { limit: 10 })).toBe('');
    expect(pageLine(12, 5, { limit: 5 })).toBe('1–5 of 12; next: cursor "5"');
    expect(pageLine(12, 2, { limit: 5, cursor: '10' })).toBe('11–12 of 12; that is all');
    expect(pageLine(12, 0, { limit: 5, cursor: '40' })).toBe('Nothing after 40: there are 12 in all.');
  });

  it.each(['', '-1', '1.5', '1e3', 'next', '12345678', ' 5'])('refuse the cursor %j', (cursor) => {
    expect(() => onPage([1], { limit: 5, cursor })).toThrow(expect.objectContaining({ code: 'BAD_INPUT' }));
  });
});

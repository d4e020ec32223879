import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compare } from '../../../../../graph/model/edge.ts';
import { sortKey } from '../../../../../graph/store/neo4j/rows.ts';

const codePoints = (text: string): number[] => Array.from(text, (point) => point.codePointAt(0)!);
/** Order of UTF-8, which is that of Neo4j's indexes. */
const compareUtf8 = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

const text = fc
  .array(fc.constantFrom('a', 'Z', '#', 'é', '用', '\uD7FF', '\uE000', '\uFFFD', '\uFF21', '💥', '\u{10FFFF}'))
  .map((parts) => parts.join(''));

describe('sortKey', () => {
  it('leaves ordinary text alone', () => {
    expect(sortKey('shop//code:src/größe.ts#用户')).toBe('shop//code:src/größe.ts#用户');
  });

  it('orders by code unit and by code point as its text orders by code unit', () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        const expected = compare(a, b);
        expect(compare(sortKey(a), sortKey(b))).toBe(expected);
        expect(Math.sign(compareUtf8(sortKey(a), sortKey(b)))).toBe(expected);
      }),
    );
  });

  it('needs no code point beyond the first plane', () => {
    fc.assert(
      fc.property(text, (a) => {
        expect(codePoints(sortKey(a)).filter((point) => point > 0xffff)).toEqual([]);
      }),
    );
  });
});

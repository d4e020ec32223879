import { describe, expect, it } from 'vitest';
import { amountsOf } from '../../../../../src/agent/constraints/words/quantities.ts';

describe('amountsOf', () => {
  const first = (text: string) => {
    const [amount] = amountsOf(text);
    return amount && [amount.dimension, amount.value, amount.bound];
  };

  it.each([
    ['at most 3 MB', ['size', 3e6, 'most']],
    ['up to 45,000 kB', ['size', 45e6, 'most']],
    ['no later than a quarter of an hour', ['time', 900, 'most']],
    ['for at least half a year', ['time', 6 * 2_592_000, 'least']],
    ['longer than 1.2 m', ['length', 1.2, 'least']],
    ['a contrast of 4.5:1 or better', ['ratio', 4.5, 'least']],
    ['not more than twenty-five children', ['count', 25, 'most']],
    ['-48 degrees', ['temperature', -48, 'exact']],
    ['two people a second', ['rate', 2, 'exact']],
    ['rebuilt once a minute', ['time', 60, 'exact']],
    ['99.9 % of each month', ['share', 0.999, 'exact']],
  ])('reads %s', (text, expected) => {
    const read = first(text);
    expect(read?.[0]).toBe(expected[0]);
    expect(read?.[1]).toBeCloseTo(Number(expected[1]), 9);
    expect(read?.[2]).toBe(expected[2]);
  });

  it.each(['answers with status 422', 'speaks TLS 1.2', 'see RFC 7231', 'at 09:02 this morning', 'no number at all'])(
    'takes no amount from: %s',
    (text) => {
      expect(amountsOf(text)).toEqual([]);
    },
  );
});

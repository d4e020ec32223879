import fc from 'fast-check';
import { expect, test } from 'vitest';
import { firstOf } from '../../../../graph/query/first-of.ts';

test('the first of some numbers are the start of all of them, sorted', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { maxLength: 200 }), fc.nat({ max: 220 }), (numbers, count) => {
      const descending = (a: number, b: number): number => b - a;
      expect([...firstOf(Int32Array.from(numbers), count, descending)]).toEqual(numbers.toSorted(descending).slice(0, count));
    }),
  );
});

test('numbers stay as they were', () => {
  const numbers = Int32Array.of(3, 1, 2);
  expect([...firstOf(numbers, Infinity, (a, b) => a - b)]).toEqual([1, 2, 3]);
  expect([...numbers]).toEqual([3, 1, 2]);
});

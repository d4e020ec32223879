import { expect, test } from 'vitest';
import { fits } from '../src/quotas.ts';

test.each([
  [{ usedBytes: 0, limitBytes: 10 }, 10, true],
  [{ usedBytes: 1, limitBytes: 10 }, 10, false],
])('%o fits %i bytes: %s', (quota, bytes, expected) => {
  expect(fits(quota, bytes)).toBe(expected);
});

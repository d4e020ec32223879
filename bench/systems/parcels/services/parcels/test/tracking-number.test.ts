import { expect, it } from 'vitest';
import { checkDigit, generateTrackingNumber } from '../src/domain/tracking-number';

it('ends in the check digit of its body', () => {
  const number = generateTrackingNumber(() => 0.5);
  expect(number).toMatch(/^PX[2-9A-Z]{9}\d$/);
  expect(Number(number.slice(-1))).toBe(checkDigit(number.slice(2, 11)));
});

import { describe, expect, test } from 'vitest';
import { constraintsOf } from '../../../../../src/agent/parse/constraints.ts';

const read = (text: string): string[] =>
  constraintsOf(text).map(({ dimension, operator, value, unit, base }) =>
    [dimension, operator, Array.isArray(value) ? value.join('|') : value, unit, base === undefined ? undefined : `(${base})`]
      .filter((part) => part !== undefined)
      .join(' '),
  );

describe('limits', () => {
  test.each([
    ['Files are at most 5 MB.', 'size <= 5 MB (5000000)'],
    ['up to 20MiB each', 'size <= 20 MiB (20971520)'],
    ['The list opens within 2 seconds', 'time <= 2 seconds (2)'],
    ['It must answer in under 300ms', 'time < 300 ms (0.3)'],
    ['Logs are kept for at least three years', 'time >= 3 years (94608000)'],
    ['no more than 1,000 rows', 'count <= 1000 rows'],
    ['max. 3 photos', 'count <= 3 photos'],
    ['5 attempts or fewer', 'count <= 5 attempts'],
    ['available 99.9% of the time', 'percentage = 99.9 %'],
    ['100 requests per minute', 'rate = 100 requests per minute'],
    ['a refund over €250 needs approval', 'money > 250 €'],
    ['titles of 80 characters at most', 'length <= 80 characters'],
    ['Only PNG, JPG or WebP', 'format in PNG|JPEG|WEBP'],
  ])('%s', (text, constraint) => {
    expect(read(text)).toEqual([constraint]);
  });

  test('numbers that limit nothing are none', () => {
    for (const text of [
      'See ticket 4711.',
      'Version 2.3.1 is out',
      'on 2026-03-04 at 10:30',
      'a user uploads an image',
      'one of the rooms',
      '#12',
    ])
      expect(read(text), text).toEqual([]);
  });

  test('quotes are verbatim, also of a part of the text', () => {
    const text = '🙂 Photos: at most 5 MB, PNG or JPEG.';
    for (const { start, end, quote } of constraintsOf(text, 3)) expect(text.slice(start, end)).toBe(quote);
    expect(constraintsOf(text, 3).map(({ quote }) => quote)).toEqual(['at most 5 MB', 'PNG or JPEG']);
  });
});

import { describe, expect, test } from 'vitest';
import { clauseOf } from '../../../../../src/agent/parse/clause.ts';

describe('the main clause', () => {
  test.each([
    ['The gate must open.', 'thing', 'modal'],
    ['A folded bike goes under the seat.', 'thing', 'present'],
    ['The rider changes the plan in the app.', 'thing', 'present'],
    ['We had three complaints.', 'we', 'past'],
    ['index the text of the manuals', 'none', 'bare'],
    ['If the bike is gone, the app tells the rider.', 'thing', 'present'],
    ['One button, off by default, remembered per bike.', 'none', 'none'],
  ])('%s', (text, subject, verb) => {
    expect(clauseOf(text)).toMatchObject({ subject, verb });
  });

  test('a hostile sentence takes no time', () => {
    for (const text of ['if '.repeat(400), ', '.repeat(900), 'a: '.repeat(500), '']) {
      const start = performance.now();
      clauseOf(text);
      expect(performance.now() - start).toBeLessThan(500);
    }
  });
});

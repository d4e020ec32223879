import { describe, expect, test } from 'vitest';
import { plain, unfounded } from '../../../../../src/agent/citations/content-words.ts';

describe('what of a sentence is not in its quotes', () => {
  test.each([
    ['When a reader lends a book, the LoanService shall store the loan.', 'Readers lend books; we store loans', []],
    ['The LoanService shall let a reader renew their loans.', 'As a reader, I want to renew my loans', []],
    ['The LoanService shall accept files up to 5MB.', 'files up to 5 MB', []],
    ['The LoanService shall lend 1,000 books.', 'lend 1000 books', []],
    ['The LoanService shall not lend maps.', "We don't lend maps", []],
  ])('%s', (sentence, quote, missing) => {
    expect(unfounded(sentence, [quote], ['LoanService'])).toEqual(missing);
  });

  test.each([
    ['another figure', 'The LoanService shall keep loans for 60 days.', 'keep loans for 30 days'],
    ['another unit', 'The LoanService shall keep loans for 30 months.', 'keep loans for 30 days'],
    ['a figure of something else', 'The LoanService shall lend 3 books within 5 days.', 'lend 5 books within 3 days'],
    ['another word', 'The LoanService shall reject loans of maps.', 'loans of maps'],
    ['only', 'The LoanService shall let only readers lend.', 'readers lend'],
    ['a denial', 'The LoanService shall not lend maps.', 'lend maps'],
    ['a denial left out', 'The LoanService shall lend maps.', 'never lend maps'],
    ['another system', 'The FineService shall lend maps.', 'lend maps'],
  ])('%s', (_, sentence, quote) => {
    expect(unfounded(sentence, [quote], ['LoanService'])).not.toEqual([]);
  });

  test('exports of trackers write breaks and quotation marks with a backslash', () => {
    expect(unfounded('The LoanService shall lend "maps" and books.', ['lend \\"maps\\"\\nand books'], ['LoanService'])).toEqual([]);
    expect(plain('- **Lend** “maps”\\nand books.')).toBe('- lend maps and books');
  });
});

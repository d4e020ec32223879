import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { unfounded } from '../../../../../src/agent/citations/content-words.ts';
import { deedOf, responsesOf, sentenceOf } from '../../../../../src/agent/draft/response.ts';
import { parseSentence } from '../../../../../src/specs/meaning/sentence.ts';

const said = (text: string, trigger?: string, dimension?: string): readonly string[] =>
  responsesOf(text, trigger === undefined ? {} : { trigger }, dimension).map((response) => sentenceOf(response, 'LoanService'));

describe('what people say, as a demand on a system', () => {
  test.each([
    // Stories.
    ['As a reader, I want to renew my loans so that I pay no fine.', 'The LoanService shall let a reader renew their loans.'],
    ['As an HR clerk I want to be told when a book is late', 'When a book is late, the LoanService shall ensure that an HR clerk is told.'],
    ['As a librarian, I want a list of late books', 'The LoanService shall provide a librarian with a list of late books.'],
    // Obligations.
    ['The system must send a reminder.', 'The LoanService shall send a reminder.'],
    ['We must not lend reference books', 'The LoanService shall not lend reference books.'],
    ['Readers can renew a loan twice', 'The LoanService shall let readers renew a loan twice.'],
    ['Only librarians may waive a fine', 'The LoanService shall let only librarians waive a fine.'],
    ['Readers must confirm their address', 'The LoanService shall require readers to confirm their address.'],
    ['Readers cannot lend a book that is reserved', 'The LoanService shall not let readers lend a book that is reserved.'],
    ['The loan period must be less than 60 days.', 'The LoanService shall ensure that the loan period is less than 60 days.'],
    ['Fines should not exceed 10 EUR', 'The LoanService shall ensure that fines do not exceed 10 EUR.'],
    // Commands and statements.
    ['Show the due date', 'The LoanService shall show the due date.'],
    ["Don't lend more than 5 books", 'The LoanService shall not lend more than 5 books.'],
    ['Sends a receipt by mail.', 'The LoanService shall send a receipt by mail.'],
    ['Displays a preview before lending', 'The LoanService shall display a preview before lending.'],
    ['Loans expire after 30 days.', 'The LoanService shall ensure that loans expire after 30 days.'],
    // Conditions stand first.
    ['If the book is reserved, show a message', 'If the book is reserved, then the LoanService shall show a message.'],
    ['The reader gets a mail when the book is there', 'When the book is there, the LoanService shall ensure that the reader gets a mail.'],
    ['After 3 reminders the account must be locked', 'After 3 reminders, the LoanService shall ensure that the account is locked.'],
    ['Refuse the loan unless the fine is paid', 'Unless the fine is paid, the LoanService shall refuse the loan.'],
    // Wishes.
    ['We need reservations by phone', 'The LoanService shall provide reservations by phone.'],
    ['It would be great if readers could extend a loan', 'The LoanService shall let readers extend a loan.'],
    ['Could we please get a dark mode?', 'The LoanService shall make it possible to get a dark mode.'],
    ['Readers keep asking for a way to renew by phone', 'The LoanService shall let readers renew by phone.'],
    ['Librarians ask every week how many books are late', 'The LoanService shall tell librarians how many books are late.'],
    ["It'd be great if the desk had a printer", 'The LoanService shall ensure that the desk has a printer.'],
    ['It would also be nice to have a list of late books', 'The LoanService shall provide a list of late books.'],
    ['A weekly mail would be enough', 'The LoanService shall provide a weekly mail.'],
    ['Please raise the limit for loans from 5 to 10', 'The LoanService shall raise the limit for loans from 5 to 10.'],
    ['Loans up to 30 days succeed', 'The LoanService shall ensure that loans up to 30 days succeed.'],
    ['Books nobody reads should be moved after 90 days', 'The LoanService shall ensure that books nobody reads are moved after 90 days.'],
    ['List of returned books of the last week', 'The LoanService shall provide a list of returned books of the last week.'],
    ['Valid for 24 hours', 'The LoanService shall keep it valid for 24 hours.'],
    [
      'As a reader, I want my loans to be deleted when I close my account',
      'When a reader closes their account, the LoanService shall ensure that their loans are deleted.',
    ],
    ['no fines for children, please', 'The LoanService shall allow no fines for children.'],
  ])('%s', (text, sentence) => {
    expect(said(text)).toEqual([sentence]);
  });

  test('a fragment is about what the story has people do', () => {
    const story = 'As a reader, I want to upload a photo of my card so that I need no paper.';
    expect(deedOf(story)).toBe('a reader uploads a photo of their card');
    expect(said('max 5 MB', deedOf(story), 'size')).toEqual([
      'When a reader uploads a photo of their card, the LoanService shall accept max 5 MB.',
    ]);
    expect(said('max 5 MB', undefined, 'size')).toEqual(['The LoanService shall accept max 5 MB.']);
    expect(deedOf('As a reader, I want a dark mode')).toBeUndefined();
    expect(deedOf('Readers lend books')).toBeUndefined();
  });

  test('each demand says one thing, under the conditions of all', () => {
    expect(said('When a book is returned, the system must store it and return its shelf.')).toEqual([
      'When a book is returned, the LoanService shall store it.',
      'When a book is returned, the LoanService shall return its shelf.',
    ]);
    expect(said('The reader should get a mail when the loan ends and all holds should be released.')).toEqual([
      'When the loan ends, the LoanService shall let the reader get a mail.',
      'When the loan ends, the LoanService shall ensure that all holds are released.',
    ]);
    expect(said('Show the title and the author')).toEqual(['The LoanService shall show the title and the author.']);
    // What is denied is not taken apart.
    expect(said('The system must not store the card and send it.')).toHaveLength(1);
  });

  test('talk stays as it was said', () => {
    expect(said('10 days is nothing for "War and Peace", make it 40')).toEqual([
      `The LoanService shall satisfy "10 days is nothing for 'War and Peace', make it 40".`,
    ]);
    expect(said('why not lend e-books? 🙂')[0]).toContain('satisfy "');
  });

  test('whatever is said: one sentence at least, and no word, figure or denial that was not said', () => {
    const words = fc.constantFrom(
      ...[
        'readers',
        'must',
        'not',
        'lend',
        'a',
        'book',
        'if',
        'the',
        'fine',
        'is',
        'paid',
        ',',
        'and',
        'we',
        'want',
        'to',
        '5',
        'MB',
        'when',
        'only',
        'I',
        'no',
        'never',
      ],
      ...[
        'shall',
        'be',
        'shown',
        ':',
        '"',
        '(',
        'As',
        'unless',
        'please',
        'within',
        '30',
        'days',
        'should',
        'my',
        'it',
        '—',
        '\n',
        '`x`',
        '$&',
        '*',
      ],
    );
    fc.assert(
      fc.property(fc.array(words, { minLength: 1, maxLength: 25 }), (parts) => {
        const text = parts.join(' ');
        const responses = responsesOf(text);
        expect(responses.length).toBeGreaterThan(0);
        for (const response of responses) {
          const missing = unfounded(sentenceOf(response, 'LoanService'), [text], ['LoanService']).filter(
            (one) => !one.startsWith('a negation'),
          );
          expect(missing, `${text} => ${sentenceOf(response, 'LoanService')}`).toEqual([]);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('what is made of usual sentences is in a pattern of EARS', () => {
    for (const text of ['Readers can lend books', 'Show a list', 'If late, send a mail', 'Fines must be paid', 'max 3 loans']) {
      const [sentence = ''] = said(text);
      expect(parseSentence(sentence)).toMatchObject({ system: 'LoanService', modal: 'shall', more: 0 });
    }
  });
});

import { describe, expect, test } from 'vitest';
import { boundaryValues, limitsOf } from '../../../../../src/agent/hand-off/limits.ts';
import { parseSentence } from '../../../../../src/specs/meaning/sentence.ts';

const limits = (text: string) => limitsOf(parseSentence(text));

describe('the limits of a criterion', () => {
  test.each([
    ['The file shall be at most 5 MB.', { role: 'accepts', unit: 'bytes', field: 'fileSizeInBytes', max: 5_000_000, edge: 5_000_000 }],
    ['File size must be less than 5MB.', { role: 'accepts', max: 4_999_999, edge: 5_000_000 }],
    ['If the file is larger than 5 MB, the service shall reject the upload.', { role: 'accepts', max: 5_000_000 }],
    [
      'If the password has fewer than 12 characters, the service shall reject it.',
      { role: 'accepts', unit: 'characters', min: 12, field: 'password' },
    ],
    ['A report shall have at most 20 recipients.', { role: 'accepts', unit: 'count', subject: 'recipient', max: 20 }],
    ['While a report has more than 1000 rows, the service shall attach a PDF.', { role: 'triggers', min: 1001, edge: 1000 }],
    ['If more than 3 attempts fail, the service shall lock the account.', { role: 'triggers', min: 4 }],
    ['When an order is paid, the service shall send a mail within 1 minute.', { role: 'deadline', unit: 'milliseconds', max: 60_000 }],
    ['The link shall expire after 30 minutes.', { role: 'accepts', unit: 'milliseconds', max: 1_800_000 }],
    ['If a caller sends more than 10 requests per minute, the API shall reject the request.', { role: 'accepts', unit: 'rate', max: 10 }],
  ])('%s', (text, expected) => {
    expect(limits(text)).toEqual([expect.objectContaining(expected)]);
  });

  test('between two numbers are two, of one field', () => {
    expect(limits('A rating shall be between 1 and 5.')).toMatchObject([
      { field: 'rating', min: 1 },
      { field: 'rating', max: 5 },
    ]);
    expect(limits('The text shall have between 10 and 500 characters.')).toMatchObject([
      { unit: 'characters', min: 10 },
      { unit: 'characters', max: 500 },
    ]);
  });

  test('are none where nothing is bounded', () => {
    expect(limits('The service shall create 3 thumbnails.')).toEqual([]);
    expect(limits('The service shall answer with status 413.')).toEqual([]);
    expect(limits('')).toEqual([]);
  });
});

test('values at a bound are just below, at and just above what is written', () => {
  const rows = (text: string) =>
    limits(text)
      .flatMap(boundaryValues)
      .map(({ value, isWithin }) => [value, isWithin]);
  expect(rows('The file shall be at most 5 MB.')).toEqual([
    [4_999_999, true],
    [5_000_000, true],
    [5_000_001, false],
  ]);
  expect(rows('File size must be less than 5MB.')).toEqual([
    [4_999_999, true],
    [5_000_000, false],
    [5_000_001, false],
  ]);
  expect(rows('A basket shall have at least 0 lines.')).toEqual([
    [0, true],
    [1, true],
  ]);
});

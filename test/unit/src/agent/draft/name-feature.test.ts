import { expect, test } from 'vitest';
import { nameFeature } from '../../../../../src/agent/draft/name-feature.ts';
import { parseRequest } from '../../../../../src/agent/steps/parse.ts';

test.each([
  ['I want an image upload feature', 'imageUpload'],
  ['image upload', 'imageUpload'],
  ['As a librarian, I want to export all loans as CSV so that I can count them.', 'exportLoans'],
  ['As a reader, I want a list of late books', 'listLateBooks'],
  ['We need password reset by email.', 'passwordReset'],
  ['Readers should be able to delete their account', 'deleteAccount'],
  ['# Reserve a book\n\nAs a reader, I want to reserve a book.\n\n- at most 3', 'reserveBook'],
  ['Le café doit être servi', 'leCafeDoitEtre'],
])('%s', (text, name) => {
  expect(nameFeature(parseRequest(text), text)).toBe(name);
});

test.each(['???', '12', '図書館', 'a', '🙂 …', '__proto__'])('%s has a name that a spec may have, the same each time', (text) => {
  const name = nameFeature(parseRequest(text), text);
  expect(name).toMatch(/^[A-Za-z][A-Za-z0-9_-]{1,63}$/);
  expect(nameFeature(parseRequest(text), text)).toBe(name);
});

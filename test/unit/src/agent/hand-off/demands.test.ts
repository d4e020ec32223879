import { describe, expect, test } from 'vitest';
import { demandsOf } from '../../../../../src/agent/hand-off/demands.ts';
import { readSpec } from '../../../../../src/specs/read-spec.ts';

function demands(feature: string, story: string, ...criteria: readonly unknown[]) {
  const text = JSON.stringify({ feature, specVersion: '1.0', owner: 'pm', description: story, acceptance: criteria });
  const { spec } = readSpec(text, 'specs/a.spec.yaml');
  return demandsOf(spec!);
}
const one = (text: unknown, story = 'As a user, I want to upload a picture.') => demands('pictures', story, text)[0]!;

describe('what a criterion refuses', () => {
  test.each([
    ['If the file is larger than 5 MB, the service shall reject it.', 413],
    ['If the file is not a PNG, the service shall reject it.', 415],
    ['If the user is not signed in, the service shall reject the upload.', 401],
    ['Requires authenticated user session.', 401],
    ['If the caller lacks the role of a moderator, the service shall refuse the change.', 403],
    ['If the order does not exist, the service shall return an error.', 404],
    ['If the name is already in use, the service shall reject it.', 409],
    ['If the link has expired, the service shall reject it.', 410],
    ['If a caller sends more than 10 requests per minute, the service shall reject them.', 429],
    ['If malware is found, the service shall reject the file.', 422],
    ['If the cart is empty, the service shall answer with status 418.', 418],
  ])('%s', (text, status) => {
    expect(one(text).refusal).toBe(status);
  });

  test.each([
    'When a user uploads a picture, the service shall store it.',
    'If a delivery fails 5 times, the service shall disable the subscription.',
    'If sending fails, the service shall retry within 10 seconds.',
    'When an order is closed, the service shall log `reject all`.',
  ])('is nothing: %s', (text) => {
    expect(one(text).refusal).toBeUndefined();
  });

  test('of a format is the request where nothing is sent', () => {
    expect(one('The service shall support CSV and XLSX.', 'As a clerk, I want to export orders.').refusal).toBe(422);
    expect(one('The service shall support CSV and XLSX.').refusal).toBe(415);
  });
});

test('responses are told apart, things are not', () => {
  expect(one('When a user pays, the service shall store the order and notify the shop.').responses).toEqual([
    'store the order',
    'notify the shop',
  ]);
  expect(one('The service shall accept PNG and JPG files.').responses).toEqual(['accept PNG and JPG files']);
});

test('formats are those that are taken, or those that are refused', () => {
  expect(one('Supports PNG, JPG formats.').formats).toEqual({ types: ['image/png', 'image/jpeg'], areRefused: false });
  expect(one('If the file is not a PDF, the service shall reject it.').formats).toEqual({ types: ['application/pdf'], areRefused: false });
  expect(one('If the file is a ZIP, the service shall reject it.').formats).toEqual({ types: ['application/zip'], areRefused: true });
});

test('what people see is apart from what the server does', () => {
  expect(one('Displays a preview before uploading.').where).toBe('client');
  expect(one('While an upload runs, the web client shall keep the button disabled.').where).toBe('client');
  expect(one('The service shall store the picture.').where).toBe('server');
});

test('what is written in parts is read from them; what will not be built is left out', () => {
  const [first, ...others] = demands(
    'pictures',
    'A story.',
    { id: 'AC-1', text: 'Says something else.', ears: { if: 'the file is larger than 5 MB', system: 'service', shall: 'reject the file' } },
    { id: 'AC-2', text: 'The service shall print it.', priority: 'wont' },
  );
  expect(first).toMatchObject({ refusal: 413, limits: [{ max: 5_000_000 }] });
  expect(others).toEqual([]);
});

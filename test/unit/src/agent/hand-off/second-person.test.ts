import { expect, test } from 'vitest';
import { asToldToUser, thirdPerson } from '../../../../../src/agent/hand-off/second-person.ts';
import { isPlural, plural, singular } from '../../../../../src/agent/hand-off/plural.ts';

test.each([
  ['a user uploads a picture', 'you upload a picture'],
  ['the user is not signed in', 'you are not signed in'],
  ['a customer has no address', 'you have no address'],
  ['I can personalize my account', 'you can personalize your account'],
  ['an order is paid', 'an order is paid'],
])('%s is told as: %s', (text, told) => {
  expect(asToldToUser(text)).toBe(told);
});

test.each([
  ['store the picture', 'the service', false, 'stores the picture'],
  ['notify the author', 'the service', false, 'notifies the author'],
  ['be encrypted', 'the file', false, 'is encrypted'],
  ['be encrypted', 'all files', true, 'are not encrypted'],
  ['reveal the address', 'the service', true, 'does not reveal the address'],
  ['store the picture and publish an event', 'the service', false, 'stores the picture and publishes an event'],
])('shall %s', (response, subject, isNegated, said) => {
  expect(thirdPerson(response, subject, isNegated)).toBe(said);
});

test.each([
  ['picture', 'pictures'],
  ['company', 'companies'],
  ['address', 'addresses'],
  ['person', 'people'],
  ['status', 'statuses'],
  ['analysis', 'analyses'],
])('%s, %s', (one, many) => {
  expect(plural(one)).toBe(many);
  expect(plural(many)).toBe(many);
  expect(singular(many)).toBe(one);
  expect([isPlural(one), isPlural(many)]).toEqual([false, true]);
});

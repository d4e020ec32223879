import { describe, expect, test } from 'vitest';
import { pathStyleOf, routeOf, type PathStyle } from '../../../../../src/agent/hand-off/rest-style.ts';

const USUAL: PathStyle = { prefix: '', segments: 'kebab', arePlural: true, ids: 'plain' };
const route = (verb: string, object: string, isOfOne: boolean, style: PathStyle = USUAL): string => {
  const { method, path } = routeOf({ verb, object: object.split(' '), isOfOne, text: '', criteria: [] }, style);
  return `${method} ${path}`;
};

describe('the route of an intent', () => {
  test.each([
    ['upload', 'profile picture', true, 'POST /profile-pictures'],
    ['list', 'comment', false, 'GET /comments'],
    ['view', 'comment', true, 'GET /comments/{id}'],
    ['edit', 'company', true, 'PATCH /companies/{id}'],
    ['delete', 'webhook', true, 'DELETE /webhooks/{id}'],
    ['export', 'order', false, 'POST /order-exports'],
    ['reset', 'password', false, 'POST /password-resets'],
    ['approve', 'expense', true, 'POST /expenses/{id}/approvals'],
    ['moderate', 'comment', false, 'POST /comment-moderations'],
    ['hide', 'comment', true, 'POST /comments/{id}/hide'],
  ])('%s %s', (verb, object, isOfOne, expected) => {
    expect(route(verb, object, isOfOne)).toBe(expected);
  });

  test('is written as the others are', () => {
    const style = pathStyleOf(['/api/v1/orderLines', '/api/v1/orderLines/{orderLineId}', '/api/v1/customers/{customerId}']);
    expect(style).toEqual({ prefix: '/api/v1', segments: 'camel', arePlural: true, ids: 'named' });
    expect(route('delete', 'gift card', true, style)).toBe('DELETE /api/v1/giftCards/{giftCardId}');
    expect(route('delete', 'gift card', true, pathStyleOf(['/gift_card/{id}', '/order_line/{id}']))).toBe('DELETE /gift_card/{id}');
    expect(pathStyleOf([])).toEqual(USUAL);
  });
});

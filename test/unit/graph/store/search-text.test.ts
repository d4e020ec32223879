import { describe, expect, it } from 'vitest';
import { wordsOf } from '../../../../graph/model/terms.ts';
import { matchExpression, searchTextOf } from '../../../../graph/store/search-text.ts';
import { functionNode } from '../../../contract/facts.ts';

describe('wordsOf', () => {
  it.each([
    ['getUserById', ['getuserbyid', 'get', 'user', 'by', 'id']],
    ['HTTPServer2', ['httpserver2', 'http', 'server', '2']],
    ['snake_case_name', ['snake', 'case', 'name']],
    ['src/user-service.ts', ['src', 'user', 'service', 'ts']],
    ['größeÄndern', ['größeändern', 'größe', 'ändern']],
    ['X', ['x']],
    ['"); -- *', []],
  ])('splits %j', (text, words) => {
    expect(wordsOf(text)).toEqual(words);
  });
});

describe('matchExpression', () => {
  it('quotes each word once', () => {
    expect(matchExpression('user OR user*')).toBe('"user"');
    expect(matchExpression(' "*" ')).toBeUndefined();
  });

  it('asks for words that say nothing only where there are no others', () => {
    expect(matchExpression('the price of NOT')).toBe('"price"');
    expect(matchExpression('is not')).toBe('"is" OR "not"');
  });
});

it('searches the beginning of what is endless', () => {
  const text = searchTextOf(functionNode('src/cart.ts', 'Cart', { doc: `Fills it. ${'x'.repeat(5_000_000)}` }));
  expect(text).toMatch(/ fills it x+$/);
  expect(text.length).toBeLessThan(50_000);
  expect(matchExpression('y'.repeat(5_000_000))).toMatch(/^"y+"$/);
});

it('searches a declaration by name, place and doc comment', () => {
  const node = functionNode('src/cart.ts', 'Cart.addItem', { doc: 'Fills it.' });
  const [name, path] = ['additem add item', 'src cart ts cart additem add item'];
  // A name counts most, and a path more than a comment.
  expect(searchTextOf(node)).toBe([name, name, name, name, name, name, path, path, 'fills it'].join(' '));
});

import { describe, expect, it } from 'vitest';
import { wordsOf } from '../../../../graph/model/terms.ts';
import { searchTextOf, termsAskedFor, wordsAskedFor } from '../../../../graph/store/search-text.ts';
import { functionNode } from '../../../contract/facts.ts';

describe('wordsOf', () => {
  it.each([
    ['getUserById', ['getuserbyid', 'get', 'user', 'by', 'id']],
    ['HTTPServer2', ['httpserver2', 'http', 'server', '2']],
    ['snake_case_name', ['snake', 'case', 'name']],
    ['src/user-service.ts', ['src', 'user', 'service', 'ts']],
    ['größeÄndern', ['großeandern', 'große', 'andern']],
    ['cafe\u0301Élan', ['cafeelan', 'cafe', 'elan']],
    ['한국어 がぎ й', ['한국어', 'がぎ', 'и']],
    ['X', ['x']],
    ['"); -- *', []],
  ])('splits %j', (text, words) => {
    expect(wordsOf(text)).toEqual(words);
  });
});

describe('what is looked for', () => {
  it('is each word once', () => {
    expect(wordsAskedFor('user OR user*')).toEqual(['user']);
    expect(wordsAskedFor(' "*" ')).toEqual([]);
    expect(termsAskedFor('Flattening, to flatten; getFlat')).toEqual(['flatten', 'getflat', 'get', 'flat']);
  });

  it('is words that say nothing only where there are no others', () => {
    expect(wordsAskedFor('the price of NOT')).toEqual(['price']);
    expect(wordsAskedFor('is not')).toEqual(['is', 'not']);
    expect(termsAskedFor('is not')).toEqual([]);
  });

  it.each([wordsAskedFor, termsAskedFor])('is no more than an engine takes: %o', (asked) => {
    expect(asked(Array.from({ length: 2000 }, (_, at) => `w${at}`).join(' '))).toHaveLength(900);
  });
});

it('searches the beginning of what is endless', () => {
  const text = searchTextOf(functionNode('src/cart.ts', 'Cart', { doc: `Fills it. ${'x'.repeat(5_000_000)}` }));
  expect(text).toMatch(/ fills it x+$/);
  expect(text.length).toBeLessThan(50_000);
  expect(wordsAskedFor('y'.repeat(5_000_000))).toEqual(['y'.repeat(20_000)]);
});

it('searches a declaration by name, place and doc comment', () => {
  const node = functionNode('src/cart.ts', 'Cart.addItem', { doc: 'Fills it.' });
  const [name, path] = ['additem add item', 'src cart ts cart additem add item'];
  // A name counts most, and a path more than a comment.
  expect(searchTextOf(node)).toBe([name, name, name, name, name, name, path, path, 'fills it'].join(' '));
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { declarationId, makeId, moduleId, parseId, SCHEMES, simpleName } from '../../../../graph/model/id.ts';

const text = fc.string({ unit: 'binary', maxLength: 12 });
const repo = fc.oneof(
  fc.constantFrom('shop', '@shop/web', 'c#', 'my repo', 'a:b'),
  text.filter(
    (name) => name !== '' && !name.includes('//') && !name.endsWith('/') && !SCHEMES.some((scheme) => name.startsWith(`${scheme}:`)),
  ),
);
const path = fc.oneof(fc.constantFrom('src/cart.ts', 'a b/ü.ts', 'x//code:y'), text);
const descriptor = fc.oneof(fc.constantFrom('Cart.add', 'Cart.#total', '["http://host:80"]', 'fetches http://x//code:y'), text);
const scheme = fc.constantFrom(...SCHEMES);

describe('ids', () => {
  test('parsing gives back what made the id', () => {
    const parts = fc.record({ repo, scheme, path, descriptor }, { requiredKeys: ['scheme', 'path'] });
    fc.assert(
      fc.property(parts, (given) => {
        expect({ ...parseId(makeId(given)) }).toEqual({ ...given });
      }),
      { numRuns: 2000 },
    );
  });

  test('different parts make different ids', () => {
    const parts = fc.record({ repo, scheme, path, descriptor });
    fc.assert(
      fc.property(parts, parts, (a, b) => {
        fc.pre(JSON.stringify(a) !== JSON.stringify(b));
        expect(makeId(a)).not.toBe(makeId(b));
      }),
    );
  });

  test('short forms are the same ids', () => {
    fc.assert(
      fc.property(repo, path, descriptor, (repo, path, descriptor) => {
        expect(moduleId(repo, path)).toBe(makeId({ repo, scheme: 'code', path }));
        expect(declarationId(repo, path, descriptor)).toBe(makeId({ repo, scheme: 'code', path, descriptor }));
      }),
    );
  });

  test.each(['upload', 'UploadService.upload', 'src/cart.ts', 'src/cart.ts#Cart', ''])('%j has no scheme', (name) => {
    expect(parseId(name)).toBeUndefined();
  });

  test.each([
    ['upload', 'upload'],
    ['Cart.add', 'add'],
    ['Cart.#total', '#total'],
    ['Cart.[Symbol.iterator]', '[Symbol.iterator]'],
    ['[a.b]', '[a.b]'],
  ])('the simple name of %s is %s', (dotted, simple) => {
    expect(simpleName(dotted)).toBe(simple);
  });

  test('keeps a path apart from its descriptor whatever is in it', () => {
    const id = declarationId('shop', 'src/c#/100%23.ts', 'Cart.add');
    expect(id).toBe('shop//code:src/c%23/100%2523.ts#Cart.add');
    expect(parseId(id)).toEqual({ repo: 'shop', scheme: 'code', path: 'src/c#/100%23.ts', descriptor: 'Cart.add' });
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { camel, createNames, featureWords, kebab, nameWords, pascal, tellingWords } from '../../../../../src/agent/hand-off/names.ts';
import { commented, literal, titled } from '../../../../../src/agent/hand-off/quoting.ts';

const anything = fc.string({ unit: 'binary', maxLength: 200 });

describe('a text of people', () => {
  test('is the same text as a literal, whatever is in it', () => {
    fc.assert(
      fc.property(anything, (text) => {
        // oxlint-disable-next-line typescript/no-implied-eval, typescript/no-unsafe-call, no-new-func
        expect(new Function(`return ${literal(text)};`)()).toBe(text);
        expect(literal(text)).not.toMatch(/[\n\r\u2028\u2029\u202e]/);
      }),
    );
  });

  test('ends no comment, and stays on its line', () => {
    fc.assert(
      fc.property(anything, (text) => {
        expect(commented(`${text}*/${text}`)).not.toMatch(/\*\/|[\n\r\u2028]/);
      }),
    );
    expect(titled('a\n# b')).toBe('a # b');
    expect(titled('x'.repeat(1000))).toHaveLength(401);
  });
});

describe('a name', () => {
  test('is an identifier, or part of a path, whatever it is made of', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const words = featureWords(text);
        expect(kebab(words)).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
        expect(pascal(words)).toMatch(/^[A-Z][A-Za-z0-9]*$/);
        expect(camel(tellingWords(`${text} a`))).toMatch(/^[a-z][A-Za-z0-9]*$/i);
      }),
    );
  });

  test('keeps what tells and no keyword', () => {
    expect(tellingWords('the user is not signed in')).toEqual(['user', 'not', 'signed', 'in']);
    expect(camel(nameWords('delete'))).toBe('deleteIt');
    expect(camel(nameWords('5 MB'))).toBe('n5Mb');
    expect(featureWords('画像')).toEqual(['feature', expect.stringMatching(/^[0-9a-f]{8}$/)]);
    expect(featureWords('画像')).not.toEqual(featureWords('動画'));
  });

  test('is given once', () => {
    const names = createNames();
    expect([names('store', 'AC-1'), names('Store', 'AC-2'), names('store', 'AC-2'), names('store', 'AC-2')]).toEqual([
      'store',
      'StoreAc2',
      'storeAc22',
      'storeAc23',
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { bm25, comparable, weightOf, type Collection } from '../../../../graph/store/bm25.ts';

/** A hundred letters of ten words in the mean. */
const LETTERS: Collection = { texts: 100, words: 1000 };

describe('weightOf', () => {
  it('is greater for rarer words, and next to nothing for those that most texts have', () => {
    expect(weightOf(LETTERS, 1)).toBeCloseTo(Math.log(99.5 / 1.5), 12);
    expect(weightOf(LETTERS, 10)).toBeLessThan(weightOf(LETTERS, 1));
    expect([50, 51, 100].map((holding) => weightOf(LETTERS, holding))).toEqual([1e-6, 1e-6, 1e-6]);
  });
});

describe('bm25', () => {
  const weights = new Map([
    ['parcel', 3],
    ['late', 2],
  ]);

  it('gives a word its weight once in a text of the usual length', () => {
    expect(bm25(weights, 'the parcel of my aunt came to us by train', LETTERS)).toBeCloseTo(3, 12);
    expect(bm25(weights, 'the late parcel of my aunt came to us today', LETTERS)).toBeCloseTo(5, 12);
  });

  it('gives more for more of it, and less in a longer text', () => {
    const scores = ['parcel parcel', 'parcel aunt', `parcel ${'aunt '.repeat(30).trim()}`].map((text) => bm25(weights, text, LETTERS));
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
    expect(new Set(scores).size).toBe(3);
    expect(bm25(weights, 'parcel '.repeat(500).trim(), LETTERS)).toBeLessThan(2.2 * 3);
  });

  it('gives nothing for other words, and parts of words', () => {
    expect(bm25(weights, 'parcels lately', LETTERS)).toBe(0);
    expect(bm25(weights, '', LETTERS)).toBe(0);
    expect(bm25(new Map(), 'parcel', LETTERS)).toBe(0);
  });
});

it('compares nine digits after the point', () => {
  expect(comparable(0.1 + 0.2)).toBe(comparable(0.3));
  expect(comparable(2.2e-6)).not.toBe(comparable(2.1e-6));
});

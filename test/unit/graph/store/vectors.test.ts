import { describe, expect, it } from 'vitest';
import { nearestIn, packVector, vectorTable } from '../../../../graph/store/vectors.ts';

/** Vectors of length 1, each its own. */
function vectorOf(seed: number, dimensions: number): Float32Array {
  const values = Array.from({ length: dimensions }, (_, at) => Math.sin(seed * 31 + at * 7));
  const length = Math.hypot(...values);
  return Float32Array.from(values, (value) => value / length);
}

describe('nearestIn', () => {
  it.each([1, 2, 4, 7, 384])('orders by cosine with %j dimensions', (dimensions) => {
    const stored = Array.from({ length: 50 }, (_, key) => packVector(vectorOf(key, dimensions)));
    const table = vectorTable(stored.map((bytes, key) => ({ key, repo: 'shop', bytes })));
    const question = vectorOf(20.01, dimensions);
    const cosines = stored.map((bytes, key) => ({ key, score: bytes.reduce((sum, part, at) => sum + (part / 127) * question[at]!, 0) }));
    const expected = cosines.toSorted((a, b) => b.score - a.score).slice(0, 3);

    const found = nearestIn(table, question, { limit: 3 });
    expect(found).toHaveLength(3);
    found.forEach(({ score }, at) => expect(score).toBeCloseTo(expected[at]!.score, 10));
    if (dimensions > 2) expect(found.map(({ key }) => key)).toEqual(expected.map(({ key }) => key));
  });

  it('keeps to a repository, and finds nothing for a vector of another model', () => {
    const rows = ['shop', 'pub', 'shop'].map((repo, key) => ({ key, repo, bytes: packVector(vectorOf(key, 5)) }));
    const table = vectorTable(rows);
    expect(
      nearestIn(table, vectorOf(1, 5), { limit: 9, repo: 'shop' })
        .map(({ key }) => key)
        .sort(),
    ).toEqual([0, 2]);
    expect(nearestIn(table, vectorOf(1, 4), { limit: 9 })).toEqual([]);
  });
});

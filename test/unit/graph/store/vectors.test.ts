import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packVector, unpackVector } from '../../../../graph/model/vector.ts';
import { nearestIn, vectorTable } from '../../../../graph/store/vectors.ts';

const DIMENSIONS = 6;
const part = fc.integer({ min: -127, max: 127 });
const bytes = fc.array(part, { minLength: DIMENSIONS, maxLength: DIMENSIONS }).map((parts) => Int8Array.from(parts));
const rows = fc.array(fc.record({ bytes, repo: fc.constantFrom('shop', 'pub') }), { maxLength: 60 });
/** Whole numbers, so that sums are exact and ties are ties. */
const question = fc
  .array(fc.integer({ min: -3, max: 3 }), { minLength: DIMENSIONS, maxLength: DIMENSIONS })
  .map((parts) => Float32Array.from(parts));

const unit = fc
  .array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 3, maxLength: 40 })
  .filter((parts) => Math.hypot(...parts) > 0.01)
  .map((parts) => Float32Array.from(parts, (each) => each / Math.hypot(...parts)));

describe('a packed vector', () => {
  it('has a byte a number, right to a 254th', () => {
    fc.assert(
      fc.property(unit, (vector) => {
        const packed = packVector(vector);
        expect(packed).toHaveLength(vector.length);
        unpackVector(packed).forEach((each, at) => expect(Math.abs(each - vector[at]!)).toBeLessThanOrEqual(1 / 254 + 1e-6));
      }),
    );
  });

  it('is packed the same when it is packed again', () => {
    fc.assert(
      fc.property(bytes, (packed) => {
        expect(packVector(unpackVector(packed))).toEqual(packed);
      }),
    );
  });

  it('keeps the ends of the range apart', () => {
    expect([...packVector(Float32Array.of(1, -1, 0, 1e-9))]).toEqual([127, -127, 0, 0]);
    expect(packVector(new Float32Array())).toHaveLength(0);
  });
});

describe('the nearest', () => {
  it('are those of comparing with all, sorted, and all that are as near as the last of them', () => {
    fc.assert(
      fc.property(
        rows,
        question,
        fc.integer({ min: 0, max: 12 }),
        fc.constantFrom(undefined, 'shop', 'other'),
        fc.option(fc.integer({ min: -10, max: 10 }), { nil: undefined }),
        (some, vector, limit, repo, above) => {
          const table = vectorTable(some.map((row, key) => ({ ...row, key })));
          const naive = some
            .map(({ bytes: each, repo: owner }, key) => ({
              key,
              owner,
              score: each.reduce((sum, one, at) => sum + one * vector[at]!, 0) / 127,
            }))
            .filter(({ owner, score }) => (repo === undefined || owner === repo) && (above === undefined || score > above / 127))
            .sort((a, b) => b.score - a.score)
            .filter(({ score }, _, all) => limit > 0 && score >= (all[limit - 1]?.score ?? -Infinity))
            .map(({ key, score }) => ({ key, score }));
          const options = { limit, ...(repo !== undefined && { repo }), ...(above !== undefined && { above: above / 127 }) };
          expect(nearestIn(table, vector, options)).toEqual(naive);
        },
      ),
    );
  });

  it('have a cosine that is right to a hundredth', () => {
    fc.assert(
      fc.property(unit, (vector) => {
        const table = vectorTable([{ key: 'itself', repo: 'shop', bytes: packVector(vector) }]);
        expect(nearestIn(table, vector, { limit: 1 })[0]!.score).toBeCloseTo(1, 1);
      }),
    );
  });

  it('are none in an empty table, for no limit, and for a vector of another model', () => {
    const table = vectorTable([{ key: 1, repo: 'shop', bytes: Int8Array.of(127, 0) }]);
    expect(nearestIn(vectorTable<number>([]), Float32Array.of(1, 0), { limit: 3 })).toEqual([]);
    expect(nearestIn(table, Float32Array.of(1, 0, 0), { limit: 3 })).toEqual([]);
    for (const limit of [0, -1]) expect(nearestIn(table, Float32Array.of(1, 0), { limit })).toEqual([]);
  });
});

describe('a table of vectors', () => {
  it('leaves out those of other dimensions than the first, with their keys', () => {
    const table = vectorTable([
      { key: 'a', repo: 'shop', bytes: Int8Array.of(1, 2) },
      { key: 'short', repo: 'shop', bytes: Int8Array.of(1) },
      { key: 'b', repo: 'pub', bytes: Int8Array.of(3, 4) },
      { key: 'long', repo: 'pub', bytes: Int8Array.of(1, 2, 3) },
    ]);
    expect(table).toEqual({ dimensions: 2, keys: ['a', 'b'], repos: ['shop', 'pub'], vectors: Int8Array.of(1, 2, 3, 4, 0, 0, 0, 0) });
  });

  it('reads signed numbers out of the bytes that a database gives, from the middle of a buffer, too', () => {
    const buffer = new Uint8Array([9, 9, 255, 127, 9]);
    const { vectors } = vectorTable([{ key: 1, repo: 'shop', bytes: buffer.subarray(2, 4) }]);
    expect([...vectors.subarray(0, 2)]).toEqual([-1, 127]);
  });
});

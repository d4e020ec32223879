import { STEPS } from '../model/vector.ts';

/** Vectors that are compared together. */
const AT_ONCE = 4;

/** Vectors of one set of chunks, one behind the other, to be compared with all; filled up with zeros to a multiple of `AT_ONCE`. */
export interface VectorTable<Key> {
  readonly dimensions: number;
  readonly keys: readonly Key[];
  readonly repos: readonly string[];
  readonly vectors: Int8Array;
}

/** Vectors of other dimensions than the first, which no model should have made, are left out. */
export function vectorTable<Key>(
  rows: readonly { readonly key: Key; readonly repo: string; readonly bytes: Uint8Array | Int8Array }[],
): VectorTable<Key> {
  const dimensions = rows[0]?.bytes.byteLength ?? 0;
  const alike = rows.filter(({ bytes }) => bytes.byteLength === dimensions);
  const vectors = new Int8Array(Math.ceil(alike.length / AT_ONCE) * AT_ONCE * dimensions);
  alike.forEach(({ bytes }, row) => vectors.set(new Int8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength), row * dimensions));
  return { dimensions, keys: alike.map(({ key }) => key), repos: alike.map(({ repo }) => repo), vectors };
}

/**
 * Keys of the nearest, of those with a cosine of more than `above`: best first, with all that are as near as the last of them, so that
 * the order of the table decides nothing.
 */
export function nearestIn<Key>(
  { dimensions, keys, repos, vectors }: VectorTable<Key>,
  vector: Float32Array,
  { limit, repo, above = -Infinity }: { readonly limit: number; readonly repo?: string; readonly above?: number },
): readonly { readonly key: Key; readonly score: number }[] {
  if (vector.length !== dimensions || limit < 1) return [];
  const found: { key: Key; score: number }[] = [];
  let least = -Infinity;
  let most = 2 * limit;
  const sums = new Float64Array(AT_ONCE);
  for (let row = 0; row < keys.length; row++) {
    if (row % AT_ONCE === 0) multiply(vector, vectors, row, sums);
    const score = sums[row % AT_ONCE]! / STEPS;
    if (score <= above || score < least || (repo !== undefined && repos[row] !== repo)) continue;
    found.push({ key: keys[row]!, score });
    if (found.length < most) continue;
    least = keepBest(found, limit);
    most = 2 * found.length;
  }
  keepBest(found, limit);
  return found;
}

/** Four products: each number of the vector is read once for all, and the processor need not wait for one addition before the next. */
function multiply(vector: Float32Array, vectors: Int8Array, row: number, sums: Float64Array): void {
  const length = vector.length;
  const first = row * length;
  const [second, third, fourth] = [first + length, first + 2 * length, first + 3 * length];
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let at = 0; at < length; at++) {
    const value = vector[at]!;
    a += value * vectors[first + at]!;
    b += value * vectors[second + at]!;
    c += value * vectors[third + at]!;
    d += value * vectors[fourth + at]!;
  }
  sums.set([a, b, c, d]);
}

/** Drops what is below the best; tells the least that is left. */
function keepBest(found: { readonly score: number }[], limit: number): number {
  found.sort((a, b) => b.score - a.score);
  const least = found[limit - 1]?.score ?? -Infinity;
  while (found.length > limit && found.at(-1)!.score < least) found.pop();
  return least;
}

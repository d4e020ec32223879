import { STEPS } from '../model/vector.ts';

/** Vectors of one set of chunks, one behind the other, to be compared with all. */
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
  const vectors = new Int8Array(alike.length * dimensions);
  alike.forEach(({ bytes }, row) => vectors.set(new Int8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength), row * dimensions));
  return { dimensions, keys: alike.map(({ key }) => key), repos: alike.map(({ repo }) => repo), vectors };
}

/** Keys of the nearest, best first, equal ones in the order of the table. */
export function nearestIn<Key>(
  { dimensions, keys, repos, vectors }: VectorTable<Key>,
  vector: Float32Array,
  { limit, repo }: { readonly limit: number; readonly repo?: string },
): readonly { readonly key: Key; readonly score: number }[] {
  if (vector.length !== dimensions || limit < 1) return [];
  const found: { key: Key; score: number }[] = [];
  let least = -Infinity;
  for (let row = 0; row < keys.length; row++) {
    if (repo !== undefined && repos[row] !== repo) continue;
    const sum = product(vector, vectors, row * dimensions);
    if (sum <= least) continue;
    found.push({ key: keys[row]!, score: sum / STEPS });
    if (found.length < 2 * limit) continue;
    keepBest(found, limit);
    least = found[limit - 1]!.score * STEPS;
  }
  keepBest(found, limit);
  return found;
}

/** Four sums at once: the processor need not wait for one addition before the next. */
function product(vector: Float32Array, vectors: Int8Array, from: number): number {
  const [end, whole] = [vector.length, vector.length - (vector.length % 4)];
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let at = 0, other = from; at < whole; at += 4, other += 4) {
    a += vector[at]! * vectors[other]!;
    b += vector[at + 1]! * vectors[other + 1]!;
    c += vector[at + 2]! * vectors[other + 2]!;
    d += vector[at + 3]! * vectors[other + 3]!;
  }
  for (let at = whole; at < end; at++) a += vector[at]! * vectors[from + at]!;
  return a + b + c + d;
}

function keepBest(found: { readonly score: number }[], limit: number): void {
  found.sort((a, b) => b.score - a.score);
  found.length = Math.min(found.length, limit);
}

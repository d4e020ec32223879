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
    let sum = 0;
    for (let at = 0, from = row * dimensions; at < dimensions; at++) sum += vector[at]! * vectors[from + at]!;
    if (sum <= least) continue;
    found.push({ key: keys[row]!, score: sum / STEPS });
    if (found.length < 2 * limit) continue;
    keepBest(found, limit);
    least = found[limit - 1]!.score * STEPS;
  }
  keepBest(found, limit);
  return found;
}

function keepBest(found: { readonly score: number }[], limit: number): void {
  found.sort((a, b) => b.score - a.score);
  found.length = Math.min(found.length, limit);
}

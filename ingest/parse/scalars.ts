import type { Segment, TreePath } from './tree.ts';

/** Texts looked at in one value. */
const MOST = 50_000;

/** Every text in plain data, with where it stands. What aliases share is looked at once. */
export function scalarsOf(value: unknown): readonly (readonly [TreePath, string])[] {
  const found: (readonly [TreePath, string])[] = [];
  const seen = new Set<object>();
  const open: (readonly [TreePath, unknown])[] = [[[], value]];
  for (let next = open.pop(); next !== undefined && found.length < MOST; next = open.pop()) {
    const [path, at] = next;
    if (typeof at === 'string') found.push([path, at]);
    if (typeof at !== 'object' || at === null || seen.has(at)) continue;
    seen.add(at);
    const inner: readonly (readonly [Segment, unknown])[] = Array.isArray(at) ? [...at.entries()] : Object.entries(at);
    for (const [segment, child] of inner.toReversed()) open.push([[...path, segment], child]);
  }
  return found;
}

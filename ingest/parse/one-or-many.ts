import type { TreePath } from './tree.ts';

/** Where `value`, at a place of a tree, may be one thing or a list of them: each with its own place. */
export const eachAt = (value: unknown, at: TreePath): readonly (readonly [item: unknown, at: TreePath])[] =>
  Array.isArray(value) ? value.map((item: unknown, index) => [item, [...at, index]] as const) : [[value, at]];

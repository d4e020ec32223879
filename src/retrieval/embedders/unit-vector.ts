/** The direction of a vector, as a vector of length 1; undefined where it has none or is not made of numbers. */
export function unitVector(values: readonly unknown[]): Float32Array | undefined {
  let squares = 0;
  for (const value of values) {
    if (typeof value !== 'number') return undefined;
    squares += value * value;
  }
  const length = Math.sqrt(squares);
  if (!Number.isFinite(length) || length === 0) return undefined;
  return Float32Array.from(values as readonly number[], (value) => value / length);
}

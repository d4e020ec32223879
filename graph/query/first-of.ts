/**
 * The first `count` numbers in the order of `compareNumbers`, sorted. The rest is looked at once and not sorted: in
 * linear time when the first are found early, as in items by distance.
 */
export function firstOf(items: Int32Array, count: number, compareNumbers: (a: number, b: number) => number): Int32Array {
  if (items.length <= count) return items.slice().sort(compareNumbers);
  if (count === 0) return new Int32Array();
  // A heap whose root is the last of the first.
  const heap = items.slice(0, count);
  const sink = (start: number): void => {
    const item = heap[start]!;
    let at = start;
    for (let child = 2 * at + 1; child < count; child = 2 * at + 1) {
      if (child + 1 < count && compareNumbers(heap[child + 1]!, heap[child]!) > 0) child++;
      if (compareNumbers(heap[child]!, item) <= 0) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = item;
  };
  for (let at = (count >>> 1) - 1; at >= 0; at--) sink(at);
  for (let at = count; at < items.length; at++) {
    const item = items[at]!;
    if (compareNumbers(item, heap[0]!) >= 0) continue;
    heap[0] = item;
    sink(0);
  }
  return heap.sort(compareNumbers);
}

import type { Node } from '../model/node.ts';
import type { GraphReader, NodeFilter } from '../store/store.ts';

const PAGE = 10_000;

/** All nodes that a filter lets through, by id; at most `limit`. */
export async function findAll(reader: GraphReader, filter: NodeFilter, limit = Infinity): Promise<readonly Node[]> {
  const found: Node[] = [];
  for (;;) {
    const last = found.at(-1);
    const size = Math.min(PAGE, limit - found.length);
    const page = await reader.find(filter, { limit: size, ...(last ? { after: last.id } : {}) });
    found.push(...page);
    if (page.length < size || found.length >= limit) return found;
  }
}

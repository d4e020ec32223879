import type { GraphReader } from '../graph/store/store.ts';

const PAGE = 10_000;

/**
 * The graph as JSON lines: `{"node":…}` by id, then `{"edge":…}` by (from, type, to, via), then `{"diagnostic":…}` by
 * unit. Keys are sorted and generation numbers left out, so equal graphs give equal text from every store.
 */
export async function* dumpOf(reader: GraphReader): AsyncIterable<string> {
  for await (const nodes of reader.allNodes()) for (const node of nodes) yield line({ node });
  for await (const edges of reader.allEdges()) for (const edge of edges) yield line({ edge });
  for (let after = 0; ; after += PAGE) {
    const diagnostics = await reader.diagnostics({ limit: PAGE, ...(after === 0 ? {} : { after: String(after) }) });
    for (const diagnostic of diagnostics) yield line({ diagnostic });
    if (diagnostics.length < PAGE) return;
  }
}

const line = (value: unknown): string => JSON.stringify(sorted(value));

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([key, inner]) => [key, sorted(inner)]));
}

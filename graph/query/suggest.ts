import { compare } from '../model/edge.ts';
import { parseId, simpleName } from '../model/id.ts';
import { DECLARATION_KINDS, type Node } from '../model/node.ts';
import type { GraphReader } from '../store/store.ts';
import { editDistance } from './edit-distance.ts';
import { findAll } from './find-all.ts';

/** How many suggestions a person reads. */
const LISTED = 5;
/** How many declarations are looked at when full text finds none of a similar name. */
const SCANNED = 20_000;

/**
 * Nodes that may have been meant by a name nobody has: similar names first, then what full text finds. `pool` holds those
 * that are most likely, such as the declarations of the file that was named.
 */
export async function suggestionsFor(reader: GraphReader, wanted: string, pool: readonly Node[]): Promise<readonly Node[]> {
  const hits = (await reader.search(wanted, { limit: 50 }))
    .map(({ node }) => node)
    .filter(({ kind }) => kind !== 'Gap' && kind !== 'TestCase');
  const found = new Map(similar(wanted, pool).map((node) => [node.id, node]));
  for (const node of similar(wanted, hits)) found.set(node.id, node);
  if (found.size === 0)
    for (const node of similar(wanted, await findAll(reader, { kinds: DECLARATION_KINDS }, SCANNED))) found.set(node.id, node);
  for (const node of hits) found.set(node.id, node);
  return [...found.values()].slice(0, LISTED);
}

/** Nodes whose name is a few typing errors away, fewest first. */
function similar(wanted: string, nodes: readonly Node[]): readonly Node[] {
  const simple = simpleName(wanted).toLowerCase();
  const allowed = Math.max(1, Math.floor(simple.length / 3));
  return nodes
    .map((node) => ({
      node,
      errors: editDistance(simple, simpleName(parseId(node.id)?.descriptor ?? node.name).toLowerCase()),
      whole: editDistance(wanted, parseId(node.id)?.descriptor ?? node.name),
    }))
    .filter(({ errors }) => errors <= allowed)
    .sort((a, b) => a.errors - b.errors || a.whole - b.whole || compare(a.node.id, b.node.id))
    .map(({ node }) => node);
}

import { KIND_CODE } from '../../graph/model/node.ts';
import { nameOf } from '../../graph/query/answer.ts';
import type { DetectedChange } from '../../graph/query/change.ts';
import { dependentsOf } from '../../graph/query/edges-of.ts';
import type { Snapshot } from '../../graph/snapshot/csr.ts';

/**
 * The fields of documents that did not change themselves, but refer to schemas that did: the payload of an event that is
 * made of what another document describes. Each changes as its schema does.
 */
export function changedElsewhere(
  graph: Snapshot,
  shared: readonly DetectedChange[],
  changed: ReadonlySet<string>,
): readonly DetectedChange[] {
  const found: DetectedChange[] = [];
  for (const schema of shared) {
    const start = graph.indexOf(schema.id);
    if (start < 0) continue;
    const seen = new Set([start]);
    for (const node of seen)
      for (const next of dependentsOf(graph, node, 'MAPS_TO', 'REFINES')) if (graph.kind[next] === KIND_CODE.SchemaProperty) seen.add(next);
    for (const node of [...seen].slice(1)) {
      const { id, file, declaration } = nameOf(graph, node);
      if (file === undefined || changed.has(file)) continue;
      found.push({ id, file, declaration, change: schema.change, detail: `${schema.declaration}, which it is made of: ${schema.detail}` });
    }
  }
  return found;
}

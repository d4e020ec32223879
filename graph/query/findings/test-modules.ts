import { EDGE_CODE } from '../../model/edge.ts';
import type { Snapshot } from '../../snapshot/csr.ts';

/** Modules that are tests. */
export function testModules(graph: Snapshot): ReadonlySet<number> {
  const found = new Set<number>();
  graph.edgeType.forEach((type, edge) => {
    if (type === EDGE_CODE.TESTS) found.add(graph.edgeTo[edge]!);
  });
  return found;
}

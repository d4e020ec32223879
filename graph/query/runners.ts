import type { Snapshot } from '../snapshot/csr.ts';
import { runGraphOf } from './run-graph.ts';

/**
 * What was reached, nearest first. Columns are by position: the target is at 0. As large as the graph; only the first
 * `count` places mean anything.
 */
export interface Reach {
  readonly count: number;
  readonly node: Int32Array;
  /** Where a node is; 0 when it was not reached, and for the target. */
  readonly positionOf: Int32Array;
  readonly distance: Int32Array;
  /** The last edge of the way there. */
  readonly edge: Int32Array;
  /** The place before on that way. */
  readonly previous: Int32Array;
  readonly confidence: Float64Array;
  /** Index into `TIERS`. */
  readonly tier: Uint8Array;
  /** One of `STEPS`. */
  readonly step: Uint8Array;
}

/** How sure a step is, by `STEPS`: a caller runs what it calls nearly always, what it may dispatch to less often. */
const CERTAINTY = Float64Array.of(0.97, 0.97, 0.9, 0.9);

/** The target alone, in columns for the whole graph. */
export function startAt({ nodeCount }: Snapshot, target: number): Reach {
  const node = new Int32Array(nodeCount);
  node[0] = target;
  const confidence = new Float64Array(nodeCount);
  confidence[0] = 1;
  return {
    count: 1,
    node,
    positionOf: new Int32Array(nodeCount),
    distance: new Int32Array(nodeCount),
    edge: new Int32Array(nodeCount),
    previous: new Int32Array(nodeCount),
    confidence,
    tier: new Uint8Array(nodeCount),
    step: new Uint8Array(nodeCount),
  };
}

/** Everything that may run the changed code, by breadth: the fewest hops win. */
export function runnersOf(graph: Snapshot, target: number): Reach {
  const start = startAt(graph, target);
  const { node, positionOf, distance, edge, previous, confidence, tier, step } = start;
  const runs = runGraphOf(graph);
  let count = 1;
  for (let at = 0; at < count; at++) {
    const end = runs.offsets[node[at]! + 1]!;
    for (let i = runs.offsets[node[at]!]!; i < end; i++) {
      const by = runs.by[i]!;
      if (positionOf[by] !== 0 || by === target) continue;
      const how = runs.step[i]!;
      positionOf[by] = count;
      node[count] = by;
      distance[count] = distance[at]! + 1;
      edge[count] = runs.edge[i]!;
      previous[count] = at;
      confidence[count] = (confidence[at]! * CERTAINTY[how]! * runs.confidence[i]!) / 100;
      tier[count] = Math.max(tier[at]!, runs.tier[i]!);
      step[count] = how;
      count++;
    }
  }
  return { ...start, count };
}

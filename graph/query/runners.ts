import { EDGE_CODE } from '../model/edge.ts';
import { KIND_CODE } from '../model/node.ts';
import type { Snapshot } from '../snapshot/csr.ts';
import { confidenceOf, runGraphOf, STEP_SIZE, STEPS, stepOf, tierOf } from './run-graph.ts';

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
const CERTAINTY = Float64Array.of(0.97, 0.97, 0.9, 0.9, 0.95, 0.9);
/** Callers of a client that are followed beyond the wire. */
const BEYOND_WIRE = 1;

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

/** Steps that {@link runnersNear} takes. */
const NEAR = 1;

/** What runs some code within `most` calls, itself included; what only loads its module is left out. */
export function runnersNear(graph: Snapshot, start: number, most = NEAR): readonly { readonly node: number; readonly hops: number }[] {
  const { offsets, steps } = runGraphOf(graph);
  const found = [{ node: start, hops: 0 }];
  const seen = new Set([start]);
  for (let at = 0; at < found.length; at++) {
    const { node, hops } = found[at]!;
    // Who makes an application runs none of its handlers: that is for who calls their endpoints.
    if (hops === most || servesMany(graph, node)) continue;
    for (let i = offsets[node]! * STEP_SIZE; i < offsets[node + 1]! * STEP_SIZE; i += STEP_SIZE) {
      const by = steps[i]!;
      if (seen.has(by) || stepOf(steps[i + 2]!) === STEPS.loads) continue;
      seen.add(by);
      found.push({ node: by, hops: hops + 1 });
    }
  }
  return found;
}

/**
 * Whether the call that led to a handler stands in the part of it that answers this endpoint: a function may hold the
 * handlers of many, each written in place on its own lines.
 */
function isServedBy(graph: Snapshot, call: number, endpoint: number): boolean {
  if (graph.kind[endpoint] !== KIND_CODE.Endpoint || graph.endLine[endpoint]! <= graph.line[endpoint]!) return true;
  if (graph.edgeFileText(call) !== graph.fileText(endpoint)) return true;
  return graph.edgeLastLine[call]! >= graph.line[endpoint]! && graph.edgeLine[call]! <= graph.endLine[endpoint]!;
}

/** Holds the handlers of several endpoints, or is the module that ties them to their paths. */
function servesMany(graph: Snapshot, node: number): boolean {
  let served = 0;
  for (let edge = graph.outOffsets[node]!; edge < graph.outOffsets[node + 1]!; edge++)
    if (graph.edgeType[edge] === EDGE_CODE.HANDLES && graph.kind[graph.edgeTo[edge]!] === KIND_CODE.Endpoint) served++;
  return served > 1;
}

/** Everything that may run the changed code, by breadth: the fewest hops win. */
export function runnersOf(graph: Snapshot, target: number): Reach {
  const start = startAt(graph, target);
  const { node, positionOf, distance, edge, previous, confidence, tier, step } = start;
  const { offsets, steps } = runGraphOf(graph);
  const seen = new Uint8Array(graph.nodeCount);
  seen[target] = 1;
  /** By position: 0 before the wire, then 1 for who calls over it, 2 for its callers, and so on. */
  const beyond = new Uint8Array(graph.nodeCount);
  let count = 1;
  for (let at = 0; at < count; at++) {
    if (beyond[at]! > BEYOND_WIRE) continue;
    const end = offsets[node[at]! + 1]! * STEP_SIZE;
    for (let i = offsets[node[at]!]! * STEP_SIZE; i < end; i += STEP_SIZE) {
      const by = steps[i]!;
      if (seen[by] === 1) continue;
      const packed = steps[i + 2]!;
      const kindOfStep = stepOf(packed);
      // What a client answers itself is another matter; what only loads it, too.
      if (beyond[at]! > 0 && (kindOfStep === STEPS.serves || kindOfStep === STEPS.loads)) continue;
      if (kindOfStep === STEPS.serves && at > 0 && !isServedBy(graph, edge[at]!, by)) continue;
      seen[by] = 1;
      beyond[count] = beyond[at]! > 0 ? beyond[at]! + 1 : kindOfStep === STEPS.calls ? 1 : 0;
      positionOf[by] = count;
      node[count] = by;
      distance[count] = distance[at]! + 1;
      edge[count] = steps[i + 1]!;
      previous[count] = at;
      confidence[count] = (confidence[at]! * CERTAINTY[stepOf(packed)]! * confidenceOf(packed)) / 100;
      tier[count] = Math.max(tier[at]!, tierOf(packed));
      step[count] = kindOfStep;
      count++;
    }
  }
  return { ...start, count };
}

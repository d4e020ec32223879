import { EDGE_CODE, EDGE_TYPES, factMask } from '../model/edge.ts';
import { KIND_CODE } from '../model/node.ts';
import { NODE_FLAGS, type Snapshot } from '../snapshot/csr.ts';
import { EXECUTION_EDGES } from './matrix.ts';
import { memberOf } from './members.ts';

/** The ways in which running code gets to other code. `calledFor` = run by whoever constructs or finds its class;
 * `serves` = is the way to it over a network; `calls` = calls it over a network. */
export const STEPS = { runs: 0, loads: 1, dispatches: 2, calledFor: 3, serves: 4, calls: 5 } as const;

/**
 * Who may run what, laid out for walking: the steps from node n to what may run it next are `offsets[n]` up to
 * `offsets[n + 1] - 1`, each {@link STEP_SIZE} numbers of `steps`: who runs it, the edge that says so, and what
 * {@link packStep} made of the rest. Side by side, because a walk of a large graph costs what it misses in the caches.
 */
export interface RunGraph {
  readonly offsets: Int32Array;
  readonly steps: Int32Array;
}

export const STEP_SIZE = 3;

/** `step` is one of {@link STEPS}, `tier` an index into `TIERS`, `confidence` percent. */
export const packStep = (step: number, tier: number, confidence: number): number => (step << 16) | (tier << 8) | confidence;
export const stepOf = (packed: number): number => packed >>> 16;
export const tierOf = (packed: number): number => (packed >>> 8) & 0xff;
export const confidenceOf = (packed: number): number => packed & 0xff;

const RUN_BY = new Uint8Array(EDGE_TYPES.length);
for (const type of EXECUTION_EDGES) RUN_BY[EDGE_CODE[type]] = 1;
const NOT_RUN = factMask('type-only', 'import', 'not-run');
const TYPE_ONLY = factMask('type-only');
const { IMPORTS, OVERRIDES, FLOWS_FROM, CONTAINS, HANDLES, REALIZES, INVOKES } = EDGE_CODE;
const { Module, Class, Constructor, Property, Method } = KIND_CODE;

const cache = new WeakMap<Snapshot, RunGraph>();

/** Built by the first question to a snapshot, in some tens of milliseconds for a million edges. */
export function runGraphOf(graph: Snapshot): RunGraph {
  let runs = cache.get(graph);
  if (!runs) cache.set(graph, (runs = build(graph)));
  return runs;
}

type Visit = (of: number, by: number, edge: number, step: number) => void;

function build(graph: Snapshot): RunGraph {
  const offsets = new Int32Array(graph.nodeCount + 1);
  const dispatches = dispatchesOf(graph);
  eachStep(graph, dispatches, (of) => offsets[of + 1]!++);
  for (let node = 0; node < graph.nodeCount; node++) offsets[node + 1]! += offsets[node]!;
  const steps = new Int32Array(offsets[graph.nodeCount]! * STEP_SIZE);
  const next = offsets.slice();
  eachStep(graph, dispatches, (of, by, edge, step) => {
    const at = next[of]!++ * STEP_SIZE;
    steps[at] = by;
    steps[at + 1] = edge;
    steps[at + 2] = packStep(step, graph.edgeTier[edge]!, graph.edgeConfidence[edge]!);
  });
  return { offsets, steps };
}

/** Every step, those of one node in the order in which a walk is to take them. */
function eachStep(graph: Snapshot, dispatches: readonly Dispatch[], visit: Visit): void {
  const { nodeCount, edgeCount, edgeType, edgeFrom, edgeTo, edgeFactsAll, kind, parent, flags, inOffsets, inEdges } = graph;
  for (let edge = 0; edge < edgeCount; edge++) {
    const type = edgeType[edge]!;
    if (RUN_BY[type] === 1) {
      if ((edgeFactsAll[edge]! & NOT_RUN) === 0) visit(edgeTo[edge]!, edgeFrom[edge]!, edge, STEPS.runs);
    } else if (type === IMPORTS && kind[edgeTo[edge]!] === Module && (edgeFactsAll[edge]! & TYPE_ONLY) === 0) {
      visit(edgeTo[edge]!, edgeFrom[edge]!, edge, STEPS.loads);
    }
  }
  // Who calls the base member may run the one that redefines it.
  for (let edge = 0; edge < edgeCount; edge++)
    if (edgeType[edge] === OVERRIDES) visit(edgeFrom[edge]!, edgeTo[edge]!, edge, STEPS.dispatches);
  for (const { method, member, edge } of dispatches) visit(method, member, edge, STEPS.dispatches);
  // Over the wire: a handler is run by its endpoint, that by its operation, that by who calls it.
  for (let edge = 0; edge < edgeCount; edge++) {
    const type = edgeType[edge]!;
    // An operation is reached by its endpoints, which know the lines of their handlers.
    if (type === HANDLES && isRealized(graph, edgeTo[edge]!)) continue;
    if (type === HANDLES || type === REALIZES) visit(edgeFrom[edge]!, edgeTo[edge]!, edge, STEPS.serves);
    else if (type === INVOKES) visit(edgeTo[edge]!, edgeFrom[edge]!, edge, STEPS.calls);
  }
  // Constructing a class runs its field initializers; a framework that finds decorators calls what they stand on.
  for (let node = 0; node < nodeCount; node++) {
    const owner = parent[node]!;
    if (owner < 0 || kind[owner] !== Class) continue;
    const isCalled =
      (flags[node]! & NODE_FLAGS.decorated) !== 0 ||
      kind[node] === Constructor ||
      (kind[node] === Property && (flags[node]! & NODE_FLAGS.accessor) === 0);
    if (!isCalled) continue;
    for (let i = inOffsets[node]!; i < inOffsets[node + 1]!; i++)
      if (edgeType[inEdges[i]!] === CONTAINS) visit(node, owner, inEdges[i]!, STEPS.calledFor);
  }
}

const isRealized = ({ inOffsets, inEdges, edgeType }: Snapshot, node: number): boolean => {
  for (let i = inOffsets[node]!; i < inOffsets[node + 1]!; i++) if (edgeType[inEdges[i]!] === REALIZES) return true;
  return false;
};

interface Dispatch {
  readonly method: number;
  /** What a caller names that runs the method. */
  readonly member: number;
  /** Where a value of the class is taken for one of the member's type. */
  readonly edge: number;
}

function dispatchesOf(graph: Snapshot): readonly Dispatch[] {
  const { edgeCount, edgeType, edgeTo, edgeVia, outOffsets, kind, parent, name } = graph;
  const found: Dispatch[] = [];
  for (let edge = 0; edge < edgeCount; edge++) {
    if (edgeType[edge] !== FLOWS_FROM || edgeVia[edge]! < 0) continue;
    const owner = edgeTo[edge]!;
    if (kind[owner] !== Class) continue;
    for (let contained = outOffsets[owner]!; contained < outOffsets[owner + 1]!; contained++) {
      const method = edgeTo[contained]!;
      if (edgeType[contained] !== CONTAINS || kind[method] !== Method || parent[method] !== owner) continue;
      const member = memberOf(graph, edgeVia[edge]!, name[method]!);
      if (member >= 0) found.push({ method, member, edge });
    }
  }
  return found;
}

import { EDGE_CODE } from '../model/edge.ts';
import { KIND_CODE, type NodeKind } from '../model/node.ts';
import type { Snapshot } from '../snapshot/csr.ts';
import type { Effect } from './change.ts';
import { edgesInto } from './edges-of.ts';
import { runBy, verifyingTest, type VerifyingTest } from './verified.ts';

/** Code that is changed, breaks, or runs what is changed. */
export interface Touched {
  /** Edges from the target. */
  readonly trail: readonly number[];
  readonly confidence: number;
  /** It has to be edited: it does not merely run what is changed. */
  readonly isBroken: boolean;
}

/** A criterion that may no longer hold. */
export interface Demanding {
  readonly node: number;
  /** Edges from the target, the last one into or out of the criterion. */
  readonly trail: readonly number[];
  readonly confidence: number;
  readonly effect: Effect;
  readonly cause: keyof typeof DEMAND_CAUSES;
}

/** Why, for people. */
export const DEMAND_CAUSES = {
  'satisfied-by-changed': 'is fulfilled by the changed code',
  'satisfied-by-runner': 'is fulfilled by code that runs the changed code',
  'checked-by-runner': 'is checked by a test that runs the changed code',
  'specifies-owner': 'demands something of what it is part of',
} as const;

const DEMAND_KINDS: ReadonlySet<number> = new Set(
  (['AcceptanceCriterion', 'Nfr', 'Spec'] satisfies NodeKind[]).map((kind) => KIND_CODE[kind]),
);
export const isDemand = (graph: Snapshot, node: number): boolean => DEMAND_KINDS.has(graph.kind[node]!);

/** Confidence of a rule, multiplied with that of the edge and of the way. */
const SATISFIES = 0.9;
const CHECKED = 0.8;
const CHECKED_PERHAPS = 0.5;
const OF_OWNER = 0.6;

/** The criteria that a change of code concerns, each perhaps several times; `touched` says what happened to code, if anything did. */
export function* demandsOn(graph: Snapshot, target: number, touched: (node: number) => Touched | undefined): Iterable<Demanding> {
  const { satisfies, checks } = demandEdges(graph);
  for (const edge of satisfies) {
    const at = touched(graph.edgeFrom[edge]!);
    if (!at) continue;
    const isChanged = at.trail.length === 0 || at.isBroken;
    yield {
      node: graph.edgeTo[edge]!,
      trail: [...at.trail, edge],
      confidence: (at.confidence * SATISFIES * graph.edgeConfidence[edge]!) / 100,
      effect: isChanged ? 'behaves-differently' : 'review',
      cause: isChanged ? 'satisfied-by-changed' : 'satisfied-by-runner',
    };
  }
  for (const test of checks) {
    const at = touched(test.module);
    // Code that has to be edited can still do what is demanded.
    if (!at || at.isBroken) continue;
    const places = runBy(graph, test).filter(({ edge }) => edge === at.trail.at(-1) || touched(graph.edgeTo[edge]!));
    const isSure = places.some((place) => place.isSure);
    if (!isSure && !places.some(({ edge }) => edge === at.trail.at(-1))) continue;
    const certainty = isSure ? CHECKED : CHECKED_PERHAPS;
    yield {
      node: graph.edgeTo[test.verifies]!,
      trail: [...at.trail, ...test.fromModule, test.verifies],
      confidence: (at.confidence * certainty * graph.edgeConfidence[test.verifies]!) / 100,
      effect: 'review',
      cause: 'checked-by-runner',
    };
  }
  yield* onOwners(graph, target);
}

/** Demands on a class, of which a member changes. */
function* onOwners(graph: Snapshot, target: number): Iterable<Demanding> {
  const trail: number[] = [];
  for (let at = target; graph.kind[at] !== KIND_CODE.Module;) {
    const [contains] = edgesInto(graph, at, 'CONTAINS');
    if (contains === undefined) return;
    trail.push(contains);
    at = graph.edgeFrom[contains]!;
    for (const edge of edgesInto(graph, at, 'SPECIFIES'))
      if (isDemand(graph, graph.edgeFrom[edge]!))
        yield {
          node: graph.edgeFrom[edge]!,
          trail: [...trail, edge],
          confidence: (OF_OWNER * graph.edgeConfidence[edge]!) / 100,
          effect: 'review',
          cause: 'specifies-owner',
        };
  }
}

interface DemandEdges {
  readonly satisfies: readonly number[];
  readonly checks: readonly VerifyingTest[];
}

/** There are few of them in a graph, and much code: they are looked at from their side. */
const cache = new WeakMap<Snapshot, DemandEdges>();

function demandEdges(graph: Snapshot): DemandEdges {
  const held = cache.get(graph);
  if (held) return held;
  const satisfies: number[] = [];
  const checks: VerifyingTest[] = [];
  graph.edgeType.forEach((type, edge) => {
    if (type === EDGE_CODE.SATISFIES) satisfies.push(edge);
    else if (type === EDGE_CODE.VERIFIES && isDemand(graph, graph.edgeTo[edge]!)) {
      const test = verifyingTest(graph, edge);
      if (test) checks.push(test);
    }
  });
  const found = { satisfies, checks };
  cache.set(graph, found);
  return found;
}

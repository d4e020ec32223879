import { EDGE_CODE, factMask } from '../model/edge.ts';
import { KIND_CODE, type NodeKind } from '../model/node.ts';
import { NODE_FLAGS, type Snapshot } from '../snapshot/csr.ts';
import { carriedFrom, EXERCISED, GOVERNS, isCode, PASSED_ON, SPECIFIES, TALKS_ABOUT, type Carried } from './carry.ts';
import { CARRIES } from './carries.ts';
import { EFFECTS, type ChangeKind, type Effect } from './change.ts';
import { DEMAND_CAUSES, demandsOn, type Touched } from './demands.ts';
import { edgesInto } from './edges-of.ts';
import { PROPAGATION, SILENT_CHANGES, WORST_CASE, type Rule, type ViaCondition } from './matrix.ts';
import { memberOf } from './members.ts';
import { createRoles, TYPE_KINDS, type Anchor } from './roles.ts';
import { STEPS } from './run-graph.ts';
import { runnersOf, startAt, type Reach } from './runners.ts';

/**
 * All that a change does, each node once. Columns are by item: an answer may name most
 * of a graph, so that no object stands for a node before it is to be shown.
 */
export interface ImpactSet {
  /** In the order in which they were found. */
  readonly items: Int32Array;
  readonly node: Int32Array;
  /** Index into `EFFECTS`. */
  readonly rank: Uint8Array;
  readonly confidence: Float64Array;
  /** Index into `TIERS`. */
  readonly tier: Uint8Array;
  /** Number of edges from the target; 1 = direct. */
  readonly distance: Int32Array;
  /** The edge where the effect is seen. */
  readonly edge: Int32Array;
  /** Code that broke because the change crossed into its layer, in the order in which it was found. */
  readonly crossed: readonly number[];
  /** The item of a node; undefined when nothing happens to it. */
  itemOf(node: number): number | undefined;
  causeOf(item: number): Cause;
  /** Edges from the target outwards, the last one is `edge`. */
  trailOf(item: number): readonly number[];
}

/** Name of the rule that found an effect, and why it is one, for people. */
export interface Cause {
  readonly rule: string;
  readonly reason: string;
}

interface CompiledRule extends Rule {
  readonly edgeCodes: ReadonlySet<number>;
  readonly anyMask: number;
  readonly withoutMask: number;
  readonly kindCodes: ReadonlySet<number> | undefined;
  /** Index into {@link CAUSES}. */
  readonly cause: number;
}

/** How running code got to the changed code: for each of `STEPS`, directly and indirectly. */
const REACHED: readonly Cause[] = [
  { rule: 'runs', reason: 'runs the changed code' },
  { rule: 'runs', reason: 'runs code that does' },
  { rule: 'loads', reason: 'loads the changed module' },
  { rule: 'loads', reason: 'loads a module that runs it' },
  { rule: 'dispatch', reason: 'may dispatch to it' },
  { rule: 'dispatch', reason: 'may dispatch to code that runs it' },
  { rule: 'runs', reason: 'runs the changed code' },
  { rule: 'runs', reason: 'runs code that does' },
  { rule: 'serves', reason: 'is answered by the changed code' },
  { rule: 'serves', reason: 'is answered by code that runs it' },
  { rule: 'calls', reason: 'calls the changed code over the network' },
  { rule: 'calls', reason: 'calls code that runs it over the network' },
];
const HELD_MEMBER: Cause = { rule: 'held-member', reason: 'holds the owner in a member that must fit a base type' };
const REQUIRED_BY_BASE: Cause = { rule: 'required-by-base', reason: 'must have this member for its base type' };
const INFERRED: Cause = { rule: 'inferred', reason: 'takes its type from it' };
/** Criteria that changed code concerns. */
const DEMANDED: readonly Cause[] = Object.entries(DEMAND_CAUSES).map(([rule, reason]) => ({ rule, reason }));
/** What carries a change from one layer to the next. */
const CARRIED: readonly Cause[] = [
  TALKS_ABOUT,
  GOVERNS,
  SPECIFIES,
  EXERCISED,
  PASSED_ON,
  ...CARRIES.map(({ name, reason }) => ({ rule: name, reason })),
];
const CAUSES: readonly Cause[] = [
  ...REACHED,
  HELD_MEMBER,
  REQUIRED_BY_BASE,
  INFERRED,
  ...DEMANDED,
  ...CARRIED,
  ...PROPAGATION.map(({ name, reason }) => ({ rule: name, reason })),
];
/** Index into {@link CAUSES}, by rule. */
const CAUSE_OF: ReadonlyMap<string, number> = new Map([...DEMANDED, ...CARRIED].map((cause) => [cause.rule, CAUSES.indexOf(cause)]));
const RULES: readonly CompiledRule[] = PROPAGATION.map((rule, at) => ({
  ...rule,
  edgeCodes: new Set(rule.edges.map((type) => EDGE_CODE[type])),
  anyMask: factMask(...(rule.any ?? [])),
  withoutMask: factMask(...(rule.without ?? [])),
  kindCodes: rule.kinds && new Set(rule.kinds.map((kind) => KIND_CODE[kind])),
  cause: CAUSES.length - PROPAGATION.length + at,
}));
const DECLARED_TYPES = new Set(
  (['Class', 'Interface', 'TypeAlias', 'Enum', 'Property'] satisfies NodeKind[]).map((kind) => KIND_CODE[kind]),
);
const rankOf = (effect: Effect): number => EFFECTS.indexOf(effect);
const BREAKS = rankOf('breaks');
const BEHAVES_DIFFERENTLY = rankOf('behaves-differently');

/**
 * What a change does to everything else: one item for each node, its strongest effect. The rules are data, see
 * `matrix.ts`; this walks them. Deterministic; in milliseconds for graphs of a million edges, also where everything
 * depends on everything. Visits the neighbourhood of the target for what breaks, and everything that may run the changed
 * code for what behaves differently.
 */
export function impactOf(graph: Snapshot, target: number, change: ChangeKind): ImpactSet {
  const kinds = change === 'unspecified' ? WORST_CASE : [change];
  // Contracts, data and texts run nothing: what is built on them is reached by the rules that cross layers.
  const isSilent = kinds.every((kind) => SILENT_CHANGES.has(kind)) || !(runs(graph, target) || change === 'behaviour');
  const findings = createFindings(graph, target, isSilent ? startAt(graph, target) : runnersOf(graph, target));
  for (const kind of kinds) {
    breakage(graph, target, kind, START, findings.keep);
    for (const carried of carriedFrom(graph, target, kind)) {
      const way = wayAlong(graph, carried.trail);
      if (carried.effect !== undefined) findings.keep(seenAt(graph, carried));
      if (carried.change !== undefined && isCode(graph, carried.node))
        breakage(graph, carried.node, carried.change, { ...way, confidence: carried.confidence }, findings.keep);
    }
  }
  if (!isSilent) for (const seen of demandsOnServed(graph, findings)) findings.keep(seen);
  for (const { node, trail, confidence, effect, cause } of [...demandsOn(graph, target, findings.touched)])
    findings.keep({
      node,
      way: wayAlong(graph, trail.slice(0, -1)),
      edge: trail.at(-1)!,
      rank: rankOf(effect),
      confidence,
      cause: CAUSE_OF.get(cause)!,
    });
  return findings.done();
}

/** Criteria that demand something of an operation which answers differently. */
function* demandsOnServed(graph: Snapshot, findings: Findings): Iterable<Seen> {
  for (const { node, trail, confidence } of findings.served())
    for (const edge of edgesInto(graph, node, 'SPECIFIES')) {
      const from = graph.edgeFrom[edge]!;
      if (graph.kind[from] !== KIND_CODE.AcceptanceCriterion) continue;
      yield {
        node: from,
        way: wayAlong(graph, trail),
        edge,
        rank: rankOf('review'),
        confidence: (confidence * graph.edgeConfidence[edge]!) / 100,
        cause: CAUSE_OF.get(SPECIFIES.rule)!,
      };
    }
}

/** Code that is run. A member or type that changes breaks who uses it; nothing runs it by itself. */
const runs = (graph: Snapshot, node: number): boolean => isCode(graph, node) && !SHAPES.has(graph.kind[node]!);
const SHAPES: ReadonlySet<number> = new Set(
  (['Property', 'Interface', 'TypeAlias', 'Enum', 'EnumMember'] satisfies NodeKind[]).map((kind) => KIND_CODE[kind]),
);

/** No way at all: the target itself. */
const START: Start = { trail: [], tier: 0, confidence: 1 };

function seenAt(graph: Snapshot, { node, trail, confidence, effect, rule }: Carried): Seen {
  const way = wayAlong(graph, trail.slice(0, -1));
  return {
    node,
    way,
    edge: trail.at(-1)!,
    rank: rankOf(effect!),
    confidence,
    cause: CAUSE_OF.get(rule)!,
    crossed: true,
  };
}

/** The edges from the target to a place to look from; `tier` is that of the weakest. */
interface Way {
  readonly trail: readonly number[];
  readonly tier: number;
}

/** How a change got to the place that rules look from; `confidence` is 0–1. */
interface Start extends Way {
  readonly confidence: number;
}

/** An effect on a node, seen over an edge at the end of a way. */
interface Seen {
  readonly node: number;
  readonly way: Way;
  readonly edge: number;
  readonly rank: number;
  readonly confidence: number;
  readonly cause: number;
  /** The change came from another layer. */
  readonly crossed?: true;
}

interface Findings {
  /** Takes an effect down, unless the node is the target or part of it, or a stronger one is known. */
  keep(seen: Seen): void;
  /** What happened to code: undefined where nothing did, or it only loads what is changed. */
  touched(node: number): Touched | undefined;
  /** The operations that the changed code answers. */
  served(): readonly { readonly node: number; readonly trail: readonly number[]; readonly confidence: number }[];
  done(): ImpactSet;
}

/** Rank of a place where nothing happens: the target, and what is part of it. */
const NOTHING = EFFECTS.length;

/** What runs the changed code, overlaid with what is seen over other edges. Takes over the columns of `reach`. */
function createFindings(graph: Snapshot, target: number, reach: Reach): Findings {
  const { node, positionOf, distance, confidence, tier } = reach;
  const edge = reach.edge.slice(); // `reach` keeps its own, which lead to what lies behind
  const rank = new Uint8Array(graph.nodeCount).fill(NOTHING, 0, reach.count);
  const cause = new Uint8Array(graph.nodeCount);
  /** By item: the way to what is not there because of `reach`, plus 1. */
  const wayTo = new Int32Array(graph.nodeCount);
  const ways: Way[] = [];
  const isListed = new Uint8Array(graph.nodeCount);
  const isShape = SHAPES.has(graph.kind[target]!);
  const crossed = new Set<number>();
  const listed: number[] = [];
  const isPart = hiddenFrom(graph, target);

  for (let item = 1; item < reach.count; item++) {
    if (isPart(node[item]!)) continue;
    rank[item] = BEHAVES_DIFFERENTLY;
    cause[item] = 2 * reach.step[item]! + (distance[item] === 1 ? 0 : 1);
  }
  let count = reach.count;
  const itemOf = (of: number): number => {
    const known = positionOf[of]!;
    if (known !== 0) return known;
    node[count] = of;
    rank[count] = NOTHING;
    return (positionOf[of] = count++);
  };
  const isStronger = (seen: Seen, item: number): boolean => {
    if (rank[item] === NOTHING) return true;
    if (wayTo[item] === 0) return seen.rank <= BEHAVES_DIFFERENTLY;
    if (seen.rank !== rank[item]) return seen.rank < rank[item]!;
    if (seen.confidence !== confidence[item]) return seen.confidence > confidence[item]!;
    return seen.way.trail.length + 1 < distance[item]!;
  };
  return {
    keep(seen) {
      if (seen.node === target || isPart(seen.node)) return;
      const item = itemOf(seen.node);
      if (isListed[item] === 0) {
        isListed[item] = 1;
        listed.push(item);
      }
      if (!isStronger(seen, item)) return;
      rank[item] = seen.rank;
      confidence[item] = seen.confidence;
      // A chain is as sure as its weakest link.
      tier[item] = Math.max(seen.way.tier, graph.edgeTier[seen.edge]!);
      distance[item] = seen.way.trail.length + 1;
      edge[item] = seen.edge;
      cause[item] = seen.cause;
      if ((seen.crossed || isShape) && seen.rank === BREAKS && isTested(graph, seen.node)) crossed.add(item);
      if (ways.at(-1) !== seen.way) ways.push(seen.way);
      wayTo[item] = ways.length;
    },
    touched(of) {
      if (of === target) return isCode(graph, of) ? { trail: [], confidence: 1, isBroken: false } : undefined;
      const item = positionOf[of]!;
      if (item === 0 || !isCode(graph, of)) return undefined;
      if (wayTo[item] !== 0 && rank[item] === BREAKS)
        return { trail: [...ways[wayTo[item]! - 1]!.trail, edge[item]!], confidence: confidence[item]!, isBroken: true };
      if (item >= reach.count || !isRun(reach, item)) return undefined;
      return { trail: trailTo(reach, item), confidence: confidence[item]!, isBroken: false };
    },
    served() {
      const found = [];
      for (let item = 1; item < reach.count; item++)
        if (reach.step[item] === STEPS.serves && graph.kind[node[item]!] === KIND_CODE.Operation)
          found.push({ node: node[item]!, trail: trailTo(reach, item), confidence: confidence[item]! });
      return found;
    },
    done() {
      const items = new Int32Array(count);
      items.set(listed);
      let length = listed.length;
      for (let item = 1; item < reach.count; item++) if (isListed[item] === 0 && rank[item] !== NOTHING) items[length++] = item;
      return {
        items: items.subarray(0, length),
        node,
        rank,
        confidence,
        tier,
        distance,
        edge,
        crossed: [...crossed],
        itemOf(of) {
          const item = positionOf[of]!;
          return item === 0 || rank[item] === NOTHING ? undefined : item;
        },
        causeOf: (item) => CAUSES[cause[item]!]!,
        trailOf: (item) => (wayTo[item] === 0 ? trailTo(reach, item) : [...ways[wayTo[item]! - 1]!.trail, edge[item]!]),
      };
    },
  };
}

/** Whether it runs the changed code, and does not merely load the module it is in. */
function isRun({ step, previous }: Reach, position: number): boolean {
  for (let at = position; at !== 0; at = previous[at]!) if (step[at] === STEPS.loads) return false;
  return true;
}

function trailTo({ edge, previous }: Reach, position: number): readonly number[] {
  const trail: number[] = [];
  for (let at = position; at !== 0; at = previous[at]!) trail.push(edge[at]!);
  return trail.reverse();
}

/** What tests may call: code, and operations over the network. */
const isTested = (graph: Snapshot, node: number): boolean => isCode(graph, node) || graph.kind[node] === KIND_CODE.Operation;

/** Whether a node is no item of its own: a part of the target, or an endpoint that a contract describes. */
function hiddenFrom(graph: Snapshot, target: number): (node: number) => boolean {
  const isPart = partsOf(graph, target);
  const { kind, edgeType, outOffsets } = graph;
  return (node) => {
    if (kind[node] !== KIND_CODE.Endpoint) return isPart(node);
    return edgeType.subarray(outOffsets[node], outOffsets[node + 1]).includes(EDGE_CODE.REALIZES);
  };
}

/** Whether a node lies inside the target. Modules are not taken to suffer as a whole: what they contain counts. */
function partsOf({ kind, parent, outOffsets, edgeType }: Snapshot, target: number): (node: number) => boolean {
  const hasParts = edgeType.subarray(outOffsets[target], outOffsets[target + 1]).includes(EDGE_CODE.CONTAINS);
  if (!hasParts || kind[target] === KIND_CODE.Module) return () => false;
  return (node) => {
    for (let at = parent[node]!; at >= 0; at = parent[at]!) if (at === target) return true;
    return false;
  };
}

function breakage(graph: Snapshot, target: number, change: ChangeKind, start: Start, keepAny: Findings['keep']): void {
  const keep: Findings['keep'] =
    start === START
      ? keepAny
      : (seen) => {
          const way = { trail: [...start.trail, ...seen.way.trail], tier: Math.max(start.tier, seen.way.tier) };
          keepAny({ ...seen, way, confidence: seen.confidence * start.confidence, crossed: true });
        };
  const anchorsOf = createRoles(graph, target);
  const name = graph.name[target]!;
  const shifts = (graph.flags[target]! & NODE_FLAGS.optionalParameters) !== 0;

  const holds = (condition: ViaCondition, via: number, anchor: Anchor): boolean => {
    if (via < 0 || condition === 'absent') return via < 0 && condition === 'absent';
    const declared = DECLARED_TYPES.has(graph.kind[via]!);
    if (condition === 'undeclared') return !declared;
    if (condition === 'inherited') return graph.parent[via] !== anchor.node;
    const member = memberOf(graph, via, condition === 'has-counterpart' ? anchor.name! : name);
    if (condition === 'lacks-member') return declared && member < 0;
    if (member < 0 || member === target) return false;
    return condition !== 'requires-member' || (graph.flags[member]! & NODE_FLAGS.optional) === 0;
  };

  for (const rule of RULES) {
    if (!rule.changes.includes(change) || (rule.shifts && !shifts)) continue;
    if (rule.kindCodes && !rule.kindCodes.has(graph.kind[target]!)) continue;
    for (const anchor of anchorsOf(rule.role)) {
      const way = wayAlong(graph, anchor.trail);
      const decay = rule.role === 'inferred' ? 0.6 ** Math.max(0, anchor.trail.length - 1) : 1;
      for (let i = graph.inOffsets[anchor.node]!; i < graph.inOffsets[anchor.node + 1]!; i++) {
        const edge = graph.inEdges[i]!;
        if (!rule.edgeCodes.has(graph.edgeType[edge]!)) continue;
        if (rule.anyMask !== 0 && (graph.edgeFactsAny[edge]! & rule.anyMask) === 0) continue;
        if (rule.withoutMask !== 0 && (graph.edgeFactsAll[edge]! & rule.withoutMask) !== 0) continue;
        if (rule.via && !holds(rule.via, graph.edgeVia[edge]!, anchor)) continue;
        const from = graph.edgeFrom[edge]!;
        const around = graph.parent[from]!;
        const node = rule.onInterface && around >= 0 && graph.kind[around] === KIND_CODE.Interface ? around : from;
        const confidence = (rule.confidence * decay * graph.edgeConfidence[edge]!) / 100;
        keep({ node, way, edge, rank: rankOf(rule.effect), confidence, cause: rule.cause });
      }
    }
  }

  if (change === 'remove' || change === 'rename' || change === 'change-type' || change === 'add-required-parameter') {
    // A member whose type holds the owner must still fit the base member that it redefines.
    for (const anchor of anchorsOf('holder')) if (redefines(graph, anchor.node)) keep(breaksAt(graph, anchor, 0.3, HELD_MEMBER));
  }
  if (change === 'remove' || change === 'remove-member' || change === 'rename') requiredByBase(graph, target, keep);
  if (change === 'change-type') {
    for (const anchor of anchorsOf('inferred')) keep(breaksAt(graph, anchor, 0.5 * 0.6 ** (anchor.trail.length - 1), INFERRED));
  }
}

function wayAlong({ edgeTier }: Snapshot, trail: readonly number[]): Way {
  return { trail, tier: trail.reduce((worst, edge) => Math.max(worst, edgeTier[edge]!), 0) };
}

/** An anchor that breaks itself. */
function breaksAt(graph: Snapshot, { node, trail }: Anchor, confidence: number, cause: Cause): Seen {
  const way = wayAlong(graph, trail.slice(0, -1));
  return { node, way, edge: trail.at(-1)!, rank: BREAKS, confidence, cause: CAUSES.indexOf(cause) };
}

const redefines = (graph: Snapshot, member: number): boolean => {
  for (let edge = graph.outOffsets[member]!; edge < graph.outOffsets[member + 1]!; edge++)
    if (graph.edgeType[edge] === EDGE_CODE.OVERRIDES) return true;
  return false;
};

/** A class that loses a member which a base type or interface requires no longer fits it: the error is at the class. */
function requiredByBase(graph: Snapshot, target: number, keep: Findings['keep']): void {
  const owner = graph.parent[target]!;
  if (owner < 0 || !TYPE_KINDS.has(graph.kind[owner]!)) return;
  for (let edge = graph.outOffsets[target]!; edge < graph.outOffsets[target + 1]!; edge++) {
    if (graph.edgeType[edge] !== EDGE_CODE.OVERRIDES || (graph.flags[graph.edgeTo[edge]!]! & NODE_FLAGS.optional) !== 0) continue;
    const base = graph.parent[graph.edgeTo[edge]!]!;
    // A base class that is not abstract provides the member itself.
    const certain =
      base >= 0 && (graph.kind[base] === KIND_CODE.Interface || (graph.flags[graph.edgeTo[edge]!]! & NODE_FLAGS.abstract) !== 0);
    keep(breaksAt(graph, { node: owner, trail: [edge] }, certain ? 0.9 : 0.3, REQUIRED_BY_BASE));
  }
}

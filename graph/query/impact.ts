import { EDGE_CODE, factMask, type EdgeType } from '../model/edge.ts';
import { KIND_CODE, type NodeKind } from '../model/node.ts';
import { TIERS, type Tier } from '../model/provenance.ts';
import { NODE_FLAGS, type Snapshot } from '../snapshot/csr.ts';
import { EFFECTS, type ChangeKind, type Effect } from './change.ts';
import { EXECUTION_EDGES, PROPAGATION, SILENT_CHANGES, WORST_CASE, type Role, type Rule, type ViaCondition } from './matrix.ts';

/** What one node suffers, in numbers of a snapshot. */
export interface Impact {
  readonly node: number;
  readonly effect: Effect;
  readonly confidence: number;
  readonly tier: Tier;
  /** Number of edges from the target; 1 = direct. */
  readonly distance: number;
  /** The edge where the effect is seen. */
  readonly edge: number;
  /** Edges from the target outwards, the last one is `edge`; absent where {@link ImpactSet.trailOf} has to find them. */
  readonly trail?: readonly number[];
  readonly rule: string;
  readonly reason: string;
}

/** All that a change does, each node once. */
export interface ImpactSet {
  readonly impacts: readonly Impact[];
  /** Edges from the target to an impact of this set. */
  trailOf(impact: Impact): readonly number[];
}

/** A place to look from, and the edges that lead there from the target. */
interface Anchor {
  readonly node: number;
  readonly trail: readonly number[];
  /** Interned name that a `has-counterpart` condition asks for. */
  readonly name?: number;
}

interface CompiledRule extends Rule {
  readonly edgeCodes: ReadonlySet<number>;
  readonly anyMask: number;
  readonly withoutMask: number;
  readonly kindCodes: ReadonlySet<number> | undefined;
}

const codes = (types: readonly EdgeType[]): ReadonlySet<number> => new Set(types.map((type) => EDGE_CODE[type]));
const RULES: readonly CompiledRule[] = PROPAGATION.map((rule) => ({
  ...rule,
  edgeCodes: codes(rule.edges),
  anyMask: factMask(...(rule.any ?? [])),
  withoutMask: factMask(...(rule.without ?? [])),
  kindCodes: rule.kinds && new Set(rule.kinds.map((kind) => KIND_CODE[kind])),
}));
const EXECUTION = codes(EXECUTION_EDGES);
const DECLARED_TYPES = new Set(
  (['Class', 'Interface', 'TypeAlias', 'Enum', 'Property'] satisfies NodeKind[]).map((kind) => KIND_CODE[kind]),
);
const TYPE_KINDS = new Set((['Class', 'Interface', 'TypeAlias', 'Enum'] satisfies NodeKind[]).map((kind) => KIND_CODE[kind]));
const NOT_RUN = factMask('type-only', 'import', 'not-run');
const TYPE_ONLY = factMask('type-only');
/** Inference is followed while the product of its confidences stays above this. */
const WEAKEST_INFERENCE = 0.3;
/** How far from running the changed code a caller may be and still be listed, as confidence. */
const HOP_CONFIDENCE = 0.97;
const DISPATCH_CONFIDENCE = 0.9;

/**
 * What a change does to everything else: one item for each node, its strongest effect. The rules are data, see
 * `matrix.ts`; this walks them. Deterministic; in milliseconds for graphs of a million edges. Visits the neighbourhood
 * of the target for what breaks, and everything that may run the changed code for what behaves differently.
 */
export function impactOf(graph: Snapshot, target: number, change: ChangeKind): ImpactSet {
  const found = new Map<number, Impact>();
  const keep = (impact: Impact): void => {
    if (impact.node === target || isInside(graph, impact.node, target)) return;
    const known = found.get(impact.node);
    if (!known || stronger(impact, known)) found.set(impact.node, impact);
  };
  const kinds = change === 'unspecified' ? WORST_CASE : [change];
  for (const kind of kinds) breakage(graph, target, kind, keep);
  if (kinds.every((kind) => SILENT_CHANGES.has(kind))) return { impacts: [...found.values()], trailOf: ({ trail }) => trail ?? [] };

  const reach = runners(graph, target);
  for (const node of reach.nodes) {
    const effect: Effect = 'behaves-differently';
    const known = found.get(node);
    if ((known && EFFECTS.indexOf(known.effect) <= EFFECTS.indexOf(effect)) || isInside(graph, node, target)) continue;
    const distance = reach.distance[node]!;
    const [rule, reason] = REACHED[reach.step[node]!]!;
    found.set(node, {
      node,
      effect,
      confidence: reach.confidence[node]!,
      tier: TIERS[reach.tier[node]!]!,
      distance,
      edge: reach.edge[node]!,
      rule,
      reason: distance === 1 ? reason.direct : reason.indirect,
    });
  }
  return { impacts: [...found.values()], trailOf: ({ trail, node }) => trail ?? reach.trailOf(node) };
}

const stronger = (a: Impact, b: Impact): boolean => {
  const [ra, rb] = [EFFECTS.indexOf(a.effect), EFFECTS.indexOf(b.effect)];
  if (ra !== rb) return ra < rb;
  if (a.confidence !== b.confidence) return a.confidence > b.confidence;
  return a.distance < b.distance;
};

function isInside(graph: Snapshot, node: number, ancestor: number): boolean {
  for (let at = graph.parent[node]!; at >= 0; at = graph.parent[at]!) if (at === ancestor) return graph.kind[ancestor] !== KIND_CODE.Module;
  return false;
}

function breakage(graph: Snapshot, target: number, change: ChangeKind, keep: (impact: Impact) => void): void {
  const roles = createRoles(graph, target);
  const { members } = roles;
  const name = graph.name[target]!;
  const shifts = (graph.flags[target]! & NODE_FLAGS.optionalParameters) !== 0;

  const holds = (condition: ViaCondition, via: number, anchor: Anchor): boolean => {
    if (via < 0 || condition === 'absent') return via < 0 && condition === 'absent';
    const declared = DECLARED_TYPES.has(graph.kind[via]!);
    if (condition === 'undeclared') return !declared;
    if (condition === 'inherited') return graph.parent[via] !== anchor.node;
    const member = members.find(via, condition === 'has-counterpart' ? anchor.name! : name);
    if (condition === 'lacks-member') return declared && member < 0;
    if (member < 0 || member === target) return false;
    return condition !== 'requires-member' || (graph.flags[member]! & NODE_FLAGS.optional) === 0;
  };

  for (const rule of RULES) {
    if (!rule.changes.includes(change) || (rule.shifts && !shifts)) continue;
    if (rule.kindCodes && !rule.kindCodes.has(graph.kind[target]!)) continue;
    for (const anchor of roles.of(rule.role)) {
      for (let i = graph.inOffsets[anchor.node]!; i < graph.inOffsets[anchor.node + 1]!; i++) {
        const edge = graph.inEdges[i]!;
        if (!rule.edgeCodes.has(graph.edgeType[edge]!)) continue;
        if (rule.anyMask !== 0 && (graph.edgeFactsAny[edge]! & rule.anyMask) === 0) continue;
        if (rule.withoutMask !== 0 && (graph.edgeFactsAll[edge]! & rule.withoutMask) !== 0) continue;
        if (rule.via && !holds(rule.via, graph.edgeVia[edge]!, anchor)) continue;
        const from = graph.edgeFrom[edge]!;
        const around = graph.parent[from]!;
        const node = rule.onInterface && around >= 0 && graph.kind[around] === KIND_CODE.Interface ? around : from;
        const trail = [...anchor.trail, edge];
        const depth = anchor.trail.length;
        const decay = rule.role === 'inferred' ? 0.6 ** Math.max(0, depth - 1) : 1;
        keep(
          along(graph, trail, {
            node,
            effect: rule.effect,
            confidence: (rule.confidence * decay * graph.edgeConfidence[edge]!) / 100,
            rule: rule.name,
            reason: rule.reason,
          }),
        );
      }
    }
  }

  if (change === 'remove' || change === 'rename' || change === 'change-type' || change === 'add-required-parameter') {
    // A member whose type holds the owner must still fit the base member that it redefines.
    for (const { node, trail } of roles.of('holder'))
      if (redefines(graph, node))
        keep(
          along(graph, trail, {
            node,
            effect: 'breaks',
            confidence: 0.3,
            rule: 'held-member',
            reason: 'holds the owner in a member that must fit a base type',
          }),
        );
  }
  if (change === 'remove' || change === 'remove-member' || change === 'rename') requiredByBase(graph, target, keep);
  if (change === 'change-type') {
    for (const { node, trail } of roles.of('inferred'))
      keep(
        along(graph, trail, {
          node,
          effect: 'breaks',
          confidence: 0.5 * 0.6 ** (trail.length - 1),
          rule: 'inferred',
          reason: 'takes its type from it',
        }),
      );
  }
}

const redefines = (graph: Snapshot, member: number): boolean => {
  for (let edge = graph.outOffsets[member]!; edge < graph.outOffsets[member + 1]!; edge++)
    if (graph.edgeType[edge] === EDGE_CODE.OVERRIDES) return true;
  return false;
};

/** A class that loses a member which a base type or interface requires no longer fits it: the error is at the class. */
function requiredByBase(graph: Snapshot, target: number, keep: (impact: Impact) => void): void {
  const owner = graph.parent[target]!;
  if (owner < 0 || !TYPE_KINDS.has(graph.kind[owner]!)) return;
  for (let edge = graph.outOffsets[target]!; edge < graph.outOffsets[target + 1]!; edge++) {
    if (graph.edgeType[edge] !== EDGE_CODE.OVERRIDES || (graph.flags[graph.edgeTo[edge]!]! & NODE_FLAGS.optional) !== 0) continue;
    const base = graph.parent[graph.edgeTo[edge]!]!;
    // A base class that is not abstract provides the member itself.
    const certain =
      base >= 0 && (graph.kind[base] === KIND_CODE.Interface || (graph.flags[graph.edgeTo[edge]!]! & NODE_FLAGS.abstract) !== 0);
    keep(
      along(graph, [edge], {
        node: owner,
        effect: 'breaks',
        confidence: certain ? 0.9 : 0.3,
        rule: 'required-by-base',
        reason: 'must have this member for its base type',
      }),
    );
  }
}

/** The three ways in which running code gets to the changed code, as the number that {@link Reach.step} holds. */
const REACHED = [
  ['runs', { direct: 'runs the changed code', indirect: 'runs code that does' }],
  ['loads', { direct: 'loads the changed module', indirect: 'loads a module that runs it' }],
  ['dispatch', { direct: 'may dispatch to it', indirect: 'may dispatch to code that runs it' }],
] as const;
const [RUNS, LOADS, DISPATCHES] = [0, 1, 2];

/** Columns by node number; nodes that were not reached hold nothing of meaning. */
interface Reach {
  /** In order of distance. */
  readonly nodes: readonly number[];
  readonly distance: Int32Array;
  readonly edge: Int32Array;
  readonly confidence: Float64Array;
  readonly tier: Uint8Array;
  readonly step: Uint8Array;
  trailOf(node: number): readonly number[];
}

/** Everything that may run the changed code, by breadth: the fewest hops win. */
function runners(graph: Snapshot, target: number): Reach {
  const {
    nodeCount,
    inOffsets,
    inEdges,
    outOffsets,
    edgeType,
    edgeFrom,
    edgeTo,
    edgeVia,
    edgeFactsAll,
    edgeConfidence,
    edgeTier,
    kind,
    parent,
    flags,
    name,
  } = graph;
  const members = createMembers(graph);
  const distance = new Int32Array(nodeCount).fill(-1);
  const previous = new Int32Array(nodeCount);
  const edgeTaken = new Int32Array(nodeCount);
  const confidence = new Float64Array(nodeCount);
  const tier = new Uint8Array(nodeCount);
  const step = new Uint8Array(nodeCount);
  const queue = [target];
  distance[target] = 0;
  confidence[target] = 1;
  const reach = (from: number, node: number, edge: number, how: number, certainty: number): void => {
    if (distance[node] !== -1) return;
    distance[node] = distance[from]! + 1;
    previous[node] = from;
    edgeTaken[node] = edge;
    confidence[node] = (confidence[from]! * certainty * edgeConfidence[edge]!) / 100;
    tier[node] = Math.max(tier[from]!, edgeTier[edge]!);
    step[node] = how;
    queue.push(node);
  };
  for (let head = 0; head < queue.length; head++) {
    const at = queue[head]!;
    const isModule = kind[at] === KIND_CODE.Module;
    for (let i = inOffsets[at]!; i < inOffsets[at + 1]!; i++) {
      const edge = inEdges[i]!;
      const type = edgeType[edge]!;
      if (EXECUTION.has(type)) {
        if ((edgeFactsAll[edge]! & NOT_RUN) === 0) reach(at, edgeFrom[edge]!, edge, RUNS, HOP_CONFIDENCE);
      } else if (isModule && type === EDGE_CODE.IMPORTS && (edgeFactsAll[edge]! & TYPE_ONLY) === 0) {
        reach(at, edgeFrom[edge]!, edge, LOADS, HOP_CONFIDENCE);
      }
    }
    const owner = parent[at]!;
    const ofClass = owner >= 0 && kind[owner] === KIND_CODE.Class;
    const decorated = (flags[at]! & NODE_FLAGS.decorated) !== 0;
    const run =
      ofClass &&
      (decorated || kind[at] === KIND_CODE.Constructor || (kind[at] === KIND_CODE.Property && (flags[at]! & NODE_FLAGS.accessor) === 0));
    for (let edge = outOffsets[at]!; edge < outOffsets[at + 1]!; edge++) {
      if (edgeType[edge] === EDGE_CODE.OVERRIDES) reach(at, edgeTo[edge]!, edge, DISPATCHES, DISPATCH_CONFIDENCE);
    }
    if (!ofClass) continue;
    for (let i = inOffsets[owner]!; kind[at] === KIND_CODE.Method && i < inOffsets[owner + 1]!; i++) {
      const edge = inEdges[i]!;
      if (edgeType[edge] !== EDGE_CODE.FLOWS_FROM || edgeVia[edge]! < 0) continue;
      const member = members.find(edgeVia[edge]!, name[at]!);
      if (member >= 0) reach(at, member, edge, DISPATCHES, DISPATCH_CONFIDENCE);
    }
    // Constructing the class runs its field initializers; a framework that finds decorators calls what they stand on.
    if (run)
      for (let i = inOffsets[at]!; i < inOffsets[at + 1]!; i++)
        if (edgeType[inEdges[i]!] === EDGE_CODE.CONTAINS) reach(at, owner, inEdges[i]!, RUNS, DISPATCH_CONFIDENCE);
  }
  return {
    nodes: queue.slice(1),
    distance,
    edge: edgeTaken,
    confidence,
    tier,
    step,
    trailOf(node) {
      const trail: number[] = [];
      for (let at = node; at !== target; at = previous[at]!) trail.push(edgeTaken[at]!);
      return trail.reverse();
    },
  };
}

/** An impact seen at the end of a trail. A chain is as sure as its weakest link. */
function along(
  graph: Snapshot,
  trail: readonly number[],
  impact: Pick<Impact, 'node' | 'effect' | 'confidence' | 'rule' | 'reason'>,
): Impact {
  let worst = 0;
  for (const edge of trail) worst = Math.max(worst, graph.edgeTier[edge]!);
  return { ...impact, tier: TIERS[worst]!, distance: trail.length, edge: trail.at(-1)!, trail };
}

interface Members {
  /** The member of that (interned) name that a type declares or inherits; -1 when it has none. */
  find(type: number, name: number): number;
}

function createMembers(graph: Snapshot): Members {
  const find = (type: number, name: number, seen: Set<number>): number => {
    if (seen.has(type)) return -1;
    seen.add(type);
    const bases: number[] = [];
    for (let edge = graph.outOffsets[type]!; edge < graph.outOffsets[type + 1]!; edge++) {
      const edgeType = graph.edgeType[edge]!;
      const to = graph.edgeTo[edge]!;
      if (edgeType === EDGE_CODE.CONTAINS && graph.name[to] === name) return to;
      if (
        edgeType === EDGE_CODE.EXTENDS ||
        edgeType === EDGE_CODE.IMPLEMENTS ||
        (edgeType === EDGE_CODE.USES_TYPE && graph.kind[type] === KIND_CODE.TypeAlias)
      )
        bases.push(to);
    }
    for (const base of bases) {
      const member = find(base, name, seen);
      if (member >= 0) return member;
    }
    return -1;
  };
  return { find: (type, name) => find(type, name, new Set()) };
}

interface Roles {
  readonly members: Members;
  of(role: Role): readonly Anchor[];
}

/** The anchors of each role around a target, found when first asked for. */
function createRoles(graph: Snapshot, target: number): Roles {
  const cache = new Map<Role, readonly Anchor[]>();
  const owner = graph.parent[target]!;
  const isMember = owner >= 0 && TYPE_KINDS.has(graph.kind[owner]!);
  const isType = TYPE_KINDS.has(graph.kind[target]!);
  const incoming = (node: number, types: readonly EdgeType[]): readonly number[] => {
    const wanted = codes(types);
    const edges: number[] = [];
    for (let i = graph.inOffsets[node]!; i < graph.inOffsets[node + 1]!; i++)
      if (wanted.has(graph.edgeType[graph.inEdges[i]!]!)) edges.push(graph.inEdges[i]!);
    return edges;
  };
  /** Transitive dependents over some edges, nearest first. */
  const spread = (start: Anchor, types: readonly EdgeType[], accept: (node: number, hops: number) => boolean): readonly Anchor[] => {
    const found: Anchor[] = [];
    const seen = new Set([start.node]);
    const queue = [start];
    for (let head = 0; head < queue.length; head++) {
      const at = queue[head]!;
      for (const edge of incoming(at.node, types)) {
        const node = graph.edgeFrom[edge]!;
        if (seen.has(node) || !accept(node, at.trail.length + 1)) continue;
        seen.add(node);
        const anchor = { node, trail: [...at.trail, edge] };
        found.push(anchor);
        queue.push(anchor);
      }
    }
    return found;
  };
  const containing = (node: number): readonly number[] => incoming(node, ['CONTAINS']).slice(0, 1);
  const isTypeNode = (node: number): boolean => TYPE_KINDS.has(graph.kind[node]!);
  const self: Anchor = { node: target, trail: [] };

  const make = (role: Role): readonly Anchor[] => {
    switch (role) {
      case 'target':
        return [self];
      case 'owner': {
        if (!isMember) return [];
        const anchor = { node: owner, trail: containing(target) };
        return [anchor, ...spread(anchor, ['EXTENDS'], isTypeNode)];
      }
      case 'member': {
        if (!isType) return [];
        const anchors: Anchor[] = [];
        for (let edge = graph.outOffsets[target]!; edge < graph.outOffsets[target + 1]!; edge++)
          if (graph.edgeType[edge] === EDGE_CODE.CONTAINS) anchors.push({ node: graph.edgeTo[edge]!, trail: [edge] });
        return anchors;
      }
      case 'subtype':
        return isType ? spread(self, ['EXTENDS'], isTypeNode) : [];
      case 'alias':
        return isType ? spread(self, ['USES_TYPE'], (node) => graph.kind[node] === KIND_CODE.TypeAlias) : [];
      case 'alias-user':
        return of('alias').flatMap(({ node, trail }) =>
          incoming(node, ['USES_TYPE']).map((edge) => ({ node: graph.edgeFrom[edge]!, trail: [...trail, edge] })),
        );
      case 'type-user':
        return isType ? incoming(target, ['USES_TYPE']).map((edge) => ({ node: graph.edgeFrom[edge]!, trail: [edge] })) : [];
      case 'holder':
        if (!isMember) return [];
        return incoming(owner, ['USES_TYPE', 'INFERS_FROM'])
          .map((edge) => ({ node: graph.edgeFrom[edge]!, trail: [...containing(target), edge] }))
          .filter(({ node }) => graph.parent[node]! >= 0 && isTypeNode(graph.parent[node]!));
      case 'counterpart':
        return of('holder').flatMap(({ node, trail }) => {
          const anchor = { node: graph.parent[node]!, trail: [...trail, ...containing(node)], name: graph.name[node]! };
          return [anchor, ...spread(anchor, ['EXTENDS'], isTypeNode).map((subtype) => ({ ...subtype, name: graph.name[node]! }))];
        });
      case 'inferred':
        return spread(self, ['INFERS_FROM'], (_, hops) => 0.8 * 0.6 ** (hops - 1) >= WEAKEST_INFERENCE);
    }
  };
  const of = (role: Role): readonly Anchor[] => {
    let anchors = cache.get(role);
    if (!anchors) cache.set(role, (anchors = make(role)));
    return anchors;
  };
  return { members: createMembers(graph), of };
}

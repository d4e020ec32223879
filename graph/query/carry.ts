import { groupOf } from '../model/chunk.ts';
import { EDGE_CODE, factMask } from '../model/edge.ts';
import { DECLARATION_KINDS, KIND_CODE, NODE_KINDS, type NodeKind } from '../model/node.ts';
import type { Snapshot } from '../snapshot/csr.ts';
import { CARRIES, TEXT_EDGES, TEXT_KINDS, type Carry } from './carries.ts';
import type { ChangeKind, Effect } from './change.ts';
import { edgesInto } from './edges-of.ts';
import { moduleOf } from './module-of.ts';
import { runBy, verifyingTest } from './verified.ts';

/** A node that a change reached in another layer. */
export interface Carried {
  readonly node: number;
  /** Edges from the target to it. */
  readonly trail: readonly number[];
  readonly confidence: number;
  /** What happens to it; undefined when it is only passed through. */
  readonly effect: Effect | undefined;
  readonly rule: string;
  /** Kind of change that goes on from it; undefined when it ends there. */
  readonly change: ChangeKind | undefined;
  /** It came with the data: out of a column, a response or a message. What is copied from it lacks it, too. */
  readonly downstream: boolean;
}

interface CompiledCarry extends Carry {
  readonly edgeCodes: ReadonlySet<number>;
  readonly toCodes: ReadonlySet<number> | undefined;
  readonly anyMask: number;
  readonly withoutMask: number;
}

const RULES: ReadonlyMap<number, readonly CompiledCarry[]> = new Map(
  NODE_KINDS.map((kind) => [
    KIND_CODE[kind],
    CARRIES.filter(({ at }) => at.includes(kind)).map((rule) => ({
      ...rule,
      edgeCodes: new Set(rule.edges.map((type) => EDGE_CODE[type])),
      toCodes: rule.to && new Set(rule.to.map((to: NodeKind) => KIND_CODE[to])),
      anyMask: factMask(...(rule.any ?? [])),
      withoutMask: factMask(...(rule.without ?? [])),
    })),
  ]),
);
const TEXT_EDGE_CODES = new Set(TEXT_EDGES.map((type) => EDGE_CODE[type]));
const TEXT_KIND_CODES = new Set(TEXT_KINDS.map((kind) => KIND_CODE[kind]));
const CODE_KINDS: ReadonlySet<number> = new Set([...DECLARATION_KINDS, 'Module' as const].map((kind) => KIND_CODE[kind]));
/** Code fills a field with what it read under the same name. */
export const PASSED_ON = { rule: 'passed-on', reason: 'is filled from it', confidence: 0.8 } as const;
export const TALKS_ABOUT = { rule: 'talks-about', reason: 'talks about it' } as const;
export const SPECIFIES = { rule: 'specifies', reason: 'demands something of it' } as const;
/** Code that the test of a criterion names. */
export const EXERCISED = { rule: 'exercised', reason: 'is run by a test that checks it' } as const;
export const GOVERNS = { rule: 'governs', reason: 'governs it' } as const;
/** Layers that a change is followed through. */
const FARTHEST = 10;
/** Kinds of change that code knows, for kinds that only data and contracts have. */
const IN_CODE: Partial<Record<ChangeKind, ChangeKind>> = { 'drop-column': 'remove', 'alter-column': 'change-type' };

export const isCode = (graph: Snapshot, node: number): boolean => CODE_KINDS.has(graph.kind[node]!);

/**
 * Follows a change from layer to layer, breadth first: nearest and surest first, each node once. The target itself is not
 * among what is found. Texts about what changed come last: about the target, and about each thing that changes with it.
 */
export function carriedFrom(graph: Snapshot, target: number, change: ChangeKind): readonly Carried[] {
  const found: Carried[] = [];
  const seen = new Set([target]);
  const start: Carried = { node: target, trail: [], confidence: 1, effect: undefined, rule: '', change, downstream: false };
  const queue: Carried[] = [start];
  for (let head = 0; head < queue.length; head++) {
    const at = queue[head]!;
    if (at.trail.length >= FARTHEST || at.change === undefined) continue;
    for (const next of [...stepsFrom(graph, at), ...passedOn(graph, at), ...exercised(graph, at)]) {
      if (seen.has(next.node)) continue;
      seen.add(next.node);
      found.push(next);
      if (next.change !== undefined) queue.push(next);
    }
  }
  for (const at of queue) found.push(...textsAbout(graph, at, seen));
  for (const at of queue) found.push(...policiesAround(graph, at, seen));
  return found;
}

function* stepsFrom(graph: Snapshot, at: Carried): Iterable<Carried> {
  const { kind, edgeType, edgeFactsAny, edgeFactsAll, edgeConfidence, outOffsets, inOffsets, inEdges, edgeFrom, edgeTo, edgeVia } = graph;
  for (const rule of RULES.get(kind[at.node]!) ?? []) {
    if (rule.changes && !rule.changes.includes(at.change!)) continue;
    if (rule.downstream && (!at.downstream || at.change === 'rename')) continue;
    if (rule.field && !fieldName(graph, at.node)?.startsWith(`${rule.field}.`)) continue;
    const ways = rule.fromOwner ? ownersOf(graph, at.node) : [{ node: at.node, edges: [] as readonly number[] }];
    for (const { node: from, edges: before } of ways) {
      const [first, end] = rule.along === 'out' ? [outOffsets[from]!, outOffsets[from + 1]!] : [inOffsets[from]!, inOffsets[from + 1]!];
      for (let i = first; i < end; i++) {
        const edge = rule.along === 'out' ? i : inEdges[i]!;
        if (!rule.edgeCodes.has(edgeType[edge]!)) continue;
        const node = rule.onto === 'via' ? edgeVia[edge]! : rule.along === 'out' ? edgeTo[edge]! : edgeFrom[edge]!;
        if (node < 0) continue;
        if (rule.toCodes && !rule.toCodes.has(kind[node]!)) continue;
        if (rule.anyMask !== 0 && (edgeFactsAny[edge]! & rule.anyMask) === 0) continue;
        if (rule.withoutMask !== 0 && (edgeFactsAll[edge]! & rule.withoutMask) !== 0) continue;
        if (rule.onto === 'via' && isMixed(graph, node, at.node)) continue;
        if (rule.unless && mapsToField(graph, node, at.node)) continue;
        if (rule.sameName && standsForOther(graph, at, node)) continue;
        yield {
          node,
          trail: [...at.trail, ...before, edge],
          confidence: (at.confidence * rule.confidence * edgeConfidence[edge]!) / 100,
          effect: rule.effect,
          rule: rule.name,
          downstream: at.downstream || (rule.name === 'mirror' && isDownstream(graph, at.node, edge)),
          change: rule.becomes === undefined ? undefined : changeAt(graph, node, rule.becomes === 'same' ? at.change! : rule.becomes),
        };
      }
    }
  }
}

/** Fields that code fills, under the same name, with a property that came to it: `publish({ email: user.email })`. */
function* passedOn(graph: Snapshot, at: Carried): Iterable<Carried> {
  const { kind, edgeType, edgeTo, edgeFrom, edgeFactsAny, edgeConfidence, inOffsets, inEdges, outOffsets } = graph;
  if (!at.downstream || at.change === 'rename' || kind[at.node] !== KIND_CODE.Property) return;
  const name = plainName(graph.nameText(at.node));
  for (let i = inOffsets[at.node]!; i < inOffsets[at.node + 1]!; i++) {
    const read = inEdges[i]!;
    if (edgeType[read] !== EDGE_CODE.READS) continue;
    const by = edgeFrom[read]!;
    for (let edge = outOffsets[by]!; edge < outOffsets[by + 1]!; edge++) {
      const field = edgeTo[edge]!;
      if (edgeType[edge] !== EDGE_CODE.MAPS_TO || (edgeFactsAny[edge]! & PROVIDER) === 0 || kind[field] !== KIND_CODE.SchemaProperty)
        continue;
      if (plainName(graph.nameText(field)) !== name || fieldName(graph, field)?.startsWith('request.')) continue;
      const confidence = (at.confidence * PASSED_ON.confidence * edgeConfidence[edge]!) / 100;
      yield {
        node: field,
        trail: [...at.trail, read, edge],
        confidence,
        effect: 'breaks',
        rule: PASSED_ON.rule,
        change: at.change,
        downstream: true,
      };
    }
  }
}

const CRITERIA: ReadonlySet<number> = new Set([KIND_CODE.AcceptanceCriterion, KIND_CODE.Nfr]);
/** Kinds of change of a criterion after which the code has to do something else. */
const DEMANDING: ReadonlySet<ChangeKind> = new Set<ChangeKind>(['add', 'tighten', 'loosen', 'remove', 'behaviour', 'unspecified']);
/** A test runs more than what it checks. */
const EXERCISED_SURELY = 0.6;
const EXERCISED_PERHAPS = 0.3;

/** What the tests of a criterion name: the code that fulfils it, where nothing says so. */
function* exercised(graph: Snapshot, at: Carried): Iterable<Carried> {
  if (!CRITERIA.has(graph.kind[at.node]!) || !DEMANDING.has(at.change!)) return;
  for (const verifies of edgesInto(graph, at.node, 'VERIFIES')) {
    const test = verifyingTest(graph, verifies);
    if (!test) continue;
    for (const { edge, isSure } of runBy(graph, test)) {
      const node = graph.edgeTo[edge]!;
      if (!isProduct(graph, node)) continue;
      yield {
        node,
        trail: [...at.trail, verifies, ...test.fromModule.toReversed(), edge],
        confidence: (at.confidence * (isSure ? EXERCISED_SURELY : EXERCISED_PERHAPS) * graph.edgeConfidence[edge]!) / 100,
        effect: 'review',
        rule: EXERCISED.rule,
        change: OPERATIONS.has(graph.kind[node]!) ? 'tighten' : undefined,
        downstream: false,
      };
    }
  }
}

const OPERATIONS: ReadonlySet<number> = new Set([KIND_CODE.Operation, KIND_CODE.Endpoint]);
const RUNNING: ReadonlySet<number> = new Set(
  (['Function', 'Method', 'Constructor', 'Class'] satisfies NodeKind[]).map((kind) => KIND_CODE[kind]),
);

/** Code that does something and is no part of a test, or an operation. */
function isProduct(graph: Snapshot, node: number): boolean {
  if (OPERATIONS.has(graph.kind[node]!)) return true;
  const file = graph.fileText(node);
  if (!RUNNING.has(graph.kind[node]!) || file === undefined || groupOf(file) !== 'code') return false;
  const module = moduleOf(graph, node);
  return module >= 0 && edgesInto(graph, module, 'TESTS').length === 0;
}

/** A property that was reached from one field stands for another one as well, of which it was reached from a part. */
function standsForOther({ kind, edgeTo, edgeType, ...graph }: Snapshot, { trail }: Carried, field: number): boolean {
  const last = trail.at(-1);
  if (last === undefined || edgeType[last] !== EDGE_CODE.MAPS_TO) return false;
  const from = edgeTo[last]!;
  return kind[from] === KIND_CODE.SchemaProperty && plainName(graph.nameText(from)) !== plainName(graph.nameText(field));
}

/** Filled from properties of other names, too: losing one of them, it still has the others. */
function isMixed({ viaOffsets, viaEdges, edgeType, edgeTo, kind, ...graph }: Snapshot, into: number, from: number): boolean {
  const own = plainName(graph.nameText(from));
  for (let i = viaOffsets[into]!; i < viaOffsets[into + 1]!; i++) {
    const edge = viaEdges[i]!;
    const source = edgeTo[edge]!;
    if (edgeType[edge] !== EDGE_CODE.MAPS_TO || kind[source] !== KIND_CODE.Property) continue;
    if (plainName(graph.nameText(source)) !== own) return true;
  }
  return false;
}

/** `sender_email` and `senderEmail` are one name. */
const plainName = (name: string): string => name.replaceAll('_', '').toLowerCase();

const changeAt = (graph: Snapshot, node: number, change: ChangeKind): ChangeKind =>
  isCode(graph, node) ? (IN_CODE[change] ?? change) : change;

/** From a column to code, or from what was answered or published to who received it. */
function isDownstream(graph: Snapshot, at: number, edge: number): boolean {
  if (graph.kind[at] === KIND_CODE.Column) return true;
  const provides = (graph.edgeFactsAny[edge]! & PROVIDER) !== 0;
  return !provides && /^(response|payload)\./.test(fieldName(graph, at) ?? '');
}

const PROVIDER = factMask('provider');

/** `response.200.email` of a field of an operation; `argument.first` of `gql:shop#User.posts(first)`. */
function fieldName(graph: Snapshot, node: number): string | undefined {
  const id = graph.id(node);
  const argument = /(?:^|\/\/)gql:.*\((\w+)\)$/s.exec(id)?.[1];
  return argument === undefined ? / ((?:request|response|payload|headers)\.\S.*)$/.exec(id)?.[1] : `argument.${argument}`;
}

/** The operations, channels and fields with arguments that a field belongs to. */
const ownersOf = (graph: Snapshot, field: number): readonly { readonly node: number; readonly edges: readonly number[] }[] =>
  edgesInto(graph, field, 'HAS_PROPERTY').map((edge) => ({ node: graph.edgeFrom[edge]!, edges: [edge] }));

/** Whether a caller uses the field: by itself, or through a type that it sends or receives (`via` is the caller then). */
const mapsToField = (graph: Snapshot, caller: number, field: number): boolean =>
  edgesInto(graph, field, 'MAPS_TO').some((edge) => graph.edgeFrom[edge] === caller || graph.edgeVia[edge] === caller);

/** Policies on a channel or an operation are on its fields, too; a demand on an operation seldom is one on each of its fields. */
function* policiesAround(graph: Snapshot, at: Carried, seen: Set<number>): Iterable<Carried> {
  if (graph.kind[at.node] !== KIND_CODE.SchemaProperty) return;
  for (const { node: owner, edges } of ownersOf(graph, at.node)) {
    for (const found of textsAbout(graph, { ...at, node: owner, trail: [...at.trail, ...edges] }, seen))
      if (graph.kind[found.node] === KIND_CODE.PolicyRule && found.rule === GOVERNS.rule) yield found;
      else seen.delete(found.node);
  }
}

const RULE_OF: Readonly<Record<number, string>> = { [EDGE_CODE.GOVERNS]: GOVERNS.rule, [EDGE_CODE.SPECIFIES]: SPECIFIES.rule };

/** Texts about what changes at a place, and about the operation or channel that it is a field of. */
function* textsAbout(graph: Snapshot, at: Carried, seen: Set<number>): Iterable<Carried> {
  const { kind, edgeType, edgeConfidence, inOffsets, inEdges, edgeFrom } = graph;
  for (let i = inOffsets[at.node]!; i < inOffsets[at.node + 1]!; i++) {
    const edge = inEdges[i]!;
    const node = edgeFrom[edge]!;
    if (seen.has(node) || !TEXT_EDGE_CODES.has(edgeType[edge]!) || !TEXT_KIND_CODES.has(kind[node]!)) continue;
    seen.add(node);
    const confidence = (at.confidence * edgeConfidence[edge]!) / 100;
    yield {
      node,
      trail: [...at.trail, edge],
      confidence,
      effect: 'review',
      rule: RULE_OF[edgeType[edge]!] ?? TALKS_ABOUT.rule,
      change: undefined,
      downstream: false,
    };
  }
}

import { compare, EDGE_CODE } from '../model/edge.ts';
import { parseId, refOf } from '../model/id.ts';
import { NODE_KINDS, type Node } from '../model/node.ts';
import { TIERS } from '../model/provenance.ts';
import type { Snapshot } from '../snapshot/csr.ts';
import {
  EFFECTS,
  RERUN,
  VERDICTS,
  type ChangeKind,
  type Effect,
  type EffectTotal,
  type ImpactAnswer,
  type ImpactedItem,
  type UnknownItem,
  type Verdict,
} from './change.ts';
import { firstOf } from './first-of.ts';
import { gapsOnTheWay } from './gaps.ts';
import { hopsOf } from './hops.ts';
import { impactOf, type ImpactSet } from './impact.ts';
import { testsToRun } from './tests-to-run.ts';

const BREAKING: ReadonlySet<Effect> = new Set<Effect>(['breaks']);

/** Declaration level of a module: its imports, exports and top-level statements. */
const MODULE_LEVEL = '<module>';

export interface AnswerOptions {
  readonly change: ChangeKind;
  readonly minConfidence: number;
  readonly maxDistance: number;
  /** Items to list; Infinity = all. */
  readonly limit: number;
  readonly paths: boolean;
}

/** An answer, and what a reader of the store needs to say more of it. */
export interface Answered {
  readonly answer: ImpactAnswer;
  /** Ids of what a module names, not only imports, and the change breaks, makes behave differently, or is made to. */
  concernedIn(module: string): ReadonlySet<string>;
}

/**
 * {@link impactOf} in terms of nodes, files and lines, with verdict, tests to run and what could not be known. Only the
 * items listed are limited: everything else is said of all that is impacted.
 */
export function answerImpact(graph: Snapshot, target: Node, options: AnswerOptions): Answered {
  const { change, minConfidence, maxDistance, limit, paths } = options;
  const index = graph.indexOf(target.id);
  const impacts = impactOf(graph, index, change);
  const { node, rank, confidence, distance } = impacts;
  const isAsked = (item: number): boolean => confidence[item]! >= minConfidence && distance[item]! <= maxDistance;
  const asked = kept(impacts.items, isAsked);
  const totals = totalsOf(graph, impacts, asked);
  /** The same order as {@link compareItems}: node numbers are in the order of ids. */
  const compareNumbers = (a: number, b: number): number =>
    rank[a]! - rank[b]! || distance[a]! - distance[b]! || confidence[b]! - confidence[a]! || node[a]! - node[b]!;
  const impacted = Array.from(firstOf(asked, limit, compareNumbers), (item) => present(graph, index, impacts, item, paths));

  const isFound = (effects: ReadonlySet<Effect>): boolean => totals.some(({ effect, items }) => items > 0 && effects.has(effect));
  // That something runs the code says nothing of whether it still fits it.
  const certain = isFound(change === 'behaviour' ? RERUN : BREAKING);
  const unknown = certain || change === 'add-optional-parameter' ? [] : gapsOnTheWay(graph, index).map((gap) => unknownOf(graph, gap));
  return {
    answer: {
      target,
      change,
      verdict: verdictOf(totals, unknown.length > 0),
      totals,
      impacted,
      tests: testsToRun(graph, index, impacts, { minConfidence, isAsked }),
      unknown,
      generation: graph.generation,
    },
    concernedIn(moduleId) {
      const module = graph.indexOf(moduleId);
      const named = new Set<string>();
      if (module < 0 || (module === index && !isFound(RERUN))) return named;
      for (let edge = graph.outOffsets[module]!; edge < graph.outOffsets[module + 1]!; edge++) {
        if (graph.edgeType[edge] === EDGE_CODE.IMPORTS || graph.edgeType[edge] === EDGE_CODE.CONTAINS) continue;
        const to = graph.edgeTo[edge]!;
        const item = impacts.itemOf(to);
        const isConcerned = item !== undefined && isAsked(item) && RERUN.has(EFFECTS[rank[item]!]!);
        if (to === index || isConcerned) named.add(graph.id(to));
      }
      return named;
    },
  };
}

/** `items.filter` for many: the built-in is several times slower. */
function kept(items: Int32Array, isKept: (item: number) => boolean): Int32Array {
  const found = new Int32Array(items.length);
  let count = 0;
  for (let i = 0; i < items.length; i++) if (isKept(items[i]!)) found[count++] = items[i]!;
  return found.subarray(0, count);
}

function totalsOf(graph: Snapshot, { node, rank }: ImpactSet, items: Int32Array): readonly EffectTotal[] {
  const counts = new Int32Array(EFFECTS.length);
  const files = new Int32Array(EFFECTS.length);
  /** By file, then effect. */
  const seen = new Uint8Array(graph.texts.files.offsets.length * EFFECTS.length);
  for (let i = 0; i < items.length; i++) {
    const item = items[i]!;
    const file = graph.file[node[item]!]!;
    const place = file * EFFECTS.length + rank[item]!;
    counts[rank[item]!]!++;
    if (file < 0 || seen[place] === 1) continue;
    seen[place] = 1;
    files[rank[item]!]!++;
  }
  return EFFECTS.map((effect, at) => ({ effect, items: counts[at]!, files: files[at]! }));
}

/** {@link EffectTotal}s of a list of items. */
export function totalsOfItems(items: readonly ImpactedItem[]): readonly EffectTotal[] {
  return EFFECTS.map((effect) => {
    const found = items.filter((item) => item.effect === effect);
    return { effect, items: found.length, files: new Set(found.flatMap(({ file }) => file ?? [])).size };
  });
}

const RANK = Object.fromEntries(EFFECTS.map((effect, rank) => [effect, rank])) as Readonly<Record<Effect, number>>;

/** Worst effect first, then nearest, then surest, then by id. */
export function compareItems(a: ImpactedItem, b: ImpactedItem): number {
  return RANK[a.effect] - RANK[b.effect] || a.distance - b.distance || b.confidence - a.confidence || compare(a.id, b.id);
}

/** The worst effect; `unknown` when a gap lies on the way and nothing certain was found. */
export function verdictOf(totals: readonly EffectTotal[], hasGaps: boolean): Verdict {
  const found = totals.findIndex(({ items }) => items > 0);
  const worst = found < 0 ? RANK.compatible : found;
  return VERDICTS[hasGaps ? Math.min(worst, VERDICTS.indexOf('unknown')) : worst]!;
}

function present(graph: Snapshot, target: number, impacts: ImpactSet, item: number, path: boolean): ImpactedItem {
  const node = impacts.node[item]!;
  const { rule, reason } = impacts.causeOf(item);
  return {
    ...nameOf(graph, node),
    line: lineOf(graph, node, impacts.edge[item]!),
    effect: EFFECTS[impacts.rank[item]!]!,
    distance: impacts.distance[item]!,
    tier: TIERS[impacts.tier[item]!]!,
    confidence: Math.round(impacts.confidence[item]! * 1000) / 1000,
    reason,
    ...(path ? { path: hopsOf(graph, target, impacts.trailOf(item), rule) } : {}),
  };
}

/** What an item says of the node itself. */
export function nameOf(graph: Snapshot, node: number): Pick<ImpactedItem, 'id' | 'ref' | 'kind' | 'file' | 'declaration'> {
  const id = graph.id(node);
  const kind = NODE_KINDS[graph.kind[node]!]!;
  const hash = id.indexOf('#');
  const whole = kind === 'Module' ? MODULE_LEVEL : refOf(id);
  return { id, ref: refOf(id), kind, file: graph.fileText(node), declaration: hash < 0 ? whole : id.slice(hash + 1) };
}

/** Where the effect is seen, when that is in the file of the node; else where the node is. */
function lineOf(graph: Snapshot, node: number, edge: number): number | undefined {
  const seenInFile = graph.edgeFileText(edge) === graph.fileText(node);
  return (seenInFile ? graph.edgeLine[edge]! : graph.line[node]!) || undefined;
}

function unknownOf(graph: Snapshot, gap: number): UnknownItem {
  const id = graph.id(gap);
  const reason = parseId(id)?.descriptor?.split(':')[0] ?? 'unknown';
  return {
    id,
    file: graph.fileText(gap),
    line: graph.line[gap] || undefined,
    reason,
    message: `${reason.replace('-', ' ')}: ${graph.nameText(gap)}`,
  };
}

import { EDGE_CODE, compare } from '../model/edge.ts';
import { parseId } from '../model/id.ts';
import { NODE_KINDS, type Node } from '../model/node.ts';
import type { Snapshot } from '../snapshot/csr.ts';
import {
  EFFECTS,
  VERDICTS,
  type ChangeKind,
  type Effect,
  type ImpactAnswer,
  type ImpactedItem,
  type TestToRun,
  type UnknownItem,
  type Verdict,
} from './change.ts';
import { gapsOnTheWay } from './gaps.ts';
import { hopsOf } from './hops.ts';
import { impactOf, type Impact } from './impact.ts';
import { moduleOf } from './module-of.ts';

/** Declaration level of a module: its imports, exports and top-level statements. */
const MODULE_LEVEL = '<module>';

export interface AnswerOptions {
  readonly change: ChangeKind;
  readonly minConfidence: number;
  readonly maxDistance: number;
  readonly paths: boolean;
}

/** {@link impactOf} in terms of nodes, files and lines, with verdict, tests to run and what could not be known. */
export function answerImpact(graph: Snapshot, target: Node, options: AnswerOptions): ImpactAnswer {
  const index = graph.indexOf(target.id);
  const { impacts, trailOf } = impactOf(graph, index, options.change);
  const impacted = impacts
    .filter(({ confidence, distance }) => confidence >= options.minConfidence && distance <= options.maxDistance)
    .sort(compareImpacts)
    .map((impact) => ({
      ...itemOf(graph, impact),
      ...(options.paths ? { path: hopsOf(graph, index, trailOf(impact), impact.rule) } : {}),
    }));
  // That something runs the code says nothing of whether it still fits it.
  const certain = impacted.some(
    ({ effect }) => effect === 'breaks' || (effect === 'behaves-differently' && options.change === 'behaviour'),
  );
  const unknown =
    certain || options.change === 'add-optional-parameter' ? [] : gapsOnTheWay(graph, index).map((gap) => unknownOf(graph, gap));
  return {
    target,
    change: options.change,
    verdict: verdictOf(impacted, unknown),
    impacted,
    tests: testsToRun(graph, index, impacts),
    unknown,
    generation: graph.generation,
  };
}

/** The same order as {@link compareItems}: node numbers are in the order of ids. */
const compareImpacts = (a: Impact, b: Impact): number =>
  RANK[a.effect] - RANK[b.effect] || a.distance - b.distance || b.confidence - a.confidence || a.node - b.node;
const RANK = Object.fromEntries(EFFECTS.map((effect, rank) => [effect, rank])) as Readonly<Record<Effect, number>>;

/** Worst effect first, then nearest, then surest, then by id. */
export function compareItems(a: ImpactedItem, b: ImpactedItem): number {
  return RANK[a.effect] - RANK[b.effect] || a.distance - b.distance || b.confidence - a.confidence || compare(a.id, b.id);
}

/** The worst effect; `unknown` when a gap lies on the way and nothing certain was found. */
export function verdictOf(impacted: readonly ImpactedItem[], unknown: readonly UnknownItem[]): Verdict {
  const worst = impacted.reduce((rank, { effect }) => Math.min(rank, RANK[effect]), RANK.compatible);
  return VERDICTS[unknown.length > 0 ? Math.min(worst, VERDICTS.indexOf('unknown')) : worst]!;
}

function itemOf(graph: Snapshot, impact: Impact): ImpactedItem {
  const id = graph.id(impact.node);
  const hash = id.indexOf('#');
  return {
    id,
    kind: NODE_KINDS[graph.kind[impact.node]!]!,
    file: graph.fileText(impact.node),
    declaration: hash < 0 ? MODULE_LEVEL : id.slice(hash + 1),
    line: graph.edgeLine[impact.edge] || undefined,
    effect: impact.effect,
    distance: impact.distance,
    tier: impact.tier,
    confidence: Math.round(impact.confidence * 1000) / 1000,
    reason: impact.reason,
  };
}

/** The test files that run, or no longer compile with, what the change reaches: nearest first. */
function testsToRun(graph: Snapshot, target: number, impacts: readonly Impact[]): readonly TestToRun[] {
  const { inOffsets, inEdges, edgeType, edgeFrom } = graph;
  const best = new Map<number, TestToRun>();
  const consider = (node: number, distance: number, confidence: number, reason: string): void => {
    const module = moduleOf(graph, node);
    if (module < 0) return;
    for (let i = inOffsets[module]!; i < inOffsets[module + 1]!; i++) {
      const edge = inEdges[i]!;
      if (edgeType[edge] !== EDGE_CODE.TESTS) continue;
      const file = edgeFrom[edge]!;
      const known = best.get(file);
      if (known && (known.distance < distance || (known.distance === distance && known.confidence >= confidence))) continue;
      best.set(file, {
        id: graph.id(file),
        file: graph.fileText(file) ?? '',
        reason,
        distance,
        confidence: Math.round(confidence * 1000) / 1000,
        cases: [],
      });
    }
  };
  consider(target, 0, 1, 'is changed itself');
  for (const impact of impacts) {
    if (impact.effect !== 'breaks' && impact.effect !== 'behaves-differently') continue;
    consider(
      impact.node,
      impact.distance,
      impact.confidence,
      impact.effect === 'breaks' ? `no longer compiles: ${impact.reason}` : impact.reason,
    );
  }
  return [...best.values()].sort((a, b) => a.distance - b.distance || b.confidence - a.confidence || compare(a.file, b.file));
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

import { EDGE_CODE, compare } from '../model/edge.ts';
import { refOf } from '../model/id.ts';
import { KIND_CODE } from '../model/node.ts';
import type { Snapshot } from '../snapshot/csr.ts';
import { EFFECTS, RERUN, type TestToRun } from './change.ts';
import { dependentsOf } from './edges-of.ts';
import type { ImpactSet } from './impact.ts';
import { moduleOf } from './module-of.ts';
import { runnersNear } from './runners.ts';

interface Best {
  readonly distance: number;
  readonly confidence: number;
  /** The impact because of which the file is to be run; none: it is changed itself. */
  readonly item: number | undefined;
}

/** Which impacts are asked for; what only others lead to is left out. */
export interface Asked {
  readonly minConfidence: number;
  isAsked(item: number): boolean;
}

/**
 * The test files that run, or no longer compile with, what the change reaches, and those that say they check it: nearest
 * first.
 */
export function testsToRun(graph: Snapshot, target: number, impacts: ImpactSet, { minConfidence, isAsked }: Asked): readonly TestToRun[] {
  const { of, lists } = testsByNode(graph);
  const { items, node, rank, distance, confidence } = impacts;
  const best = new Map<number, Best>();
  /** Titles of the cases that say so, of files that nothing else is a reason to run. */
  const cases = new Map<number, Set<string>>();
  const consider = (file: number, near: number, sure: number, item?: number, title?: string): void => {
    if (sure < minConfidence) return;
    if (title === undefined) cases.set(file, new Set());
    else if (best.has(file)) {
      const titles = cases.get(file)!;
      if (titles.size > 0) titles.add(title);
    } else cases.set(file, new Set([title]));
    const known = best.get(file);
    if (known && (known.distance < near || (known.distance === near && known.confidence >= sure))) return;
    best.set(file, { distance: near, confidence: Math.round(sure * 1000) / 1000, item });
  };
  for (const file of lists[of[target]!]!) consider(file, 0, 1);
  for (let i = 0; i < items.length; i++) {
    const item = items[i]!;
    if (!isAsked(item)) continue;
    const test = testAt(graph, node[item]!);
    if (test) consider(test.file, distance[item]!, confidence[item]!, item, test.title);
    const list = of[node[item]!]!;
    if (list === 0 || !(RERUN.has(EFFECTS[rank[item]!]!) || impacts.causeOf(item).rule === 'verifies')) continue;
    for (const file of lists[list]!) consider(file, distance[item]!, confidence[item]!, item);
  }
  // What broke in another layer has tests of its own there.
  for (const item of impacts.crossed.filter(isAsked))
    for (const { node: runner, hops } of runnersNear(graph, node[item]!))
      for (const file of lists[of[runner]!]!) consider(file, distance[item]! + hops, confidence[item]! * 0.9 ** hops, item);
  for (const operation of operationsOf(graph, target))
    for (const { node: runner, hops } of runnersNear(graph, operation))
      for (const file of lists[of[runner]!]!) consider(file, hops, 0.9 ** hops, undefined);
  const crossed = new Set(impacts.crossed);
  const reasonOf = (item: number | undefined): string => {
    if (item === undefined)
      return graph.kind[target] === KIND_CODE.SchemaProperty || graph.kind[target] === KIND_CODE.Operation
        ? 'calls the operation'
        : 'is changed itself';
    const { reason } = impacts.causeOf(item);
    if (EFFECTS[rank[item]!] !== 'breaks' || testAt(graph, node[item]!)) return reason;
    return crossed.has(item) ? `breaks: ${reason}` : `no longer compiles: ${reason}`;
  };
  return [...best]
    .map(([file, known]) => ({
      id: graph.id(file),
      ref: refOf(graph.id(file)),
      file: graph.fileText(file) ?? '',
      reason: reasonOf(known.item),
      distance: known.distance,
      confidence: known.confidence,
      cases: [...cases.get(file)!].sort(compare),
    }))
    .sort((a, b) => a.distance - b.distance || b.confidence - a.confidence || compare(a.file, b.file));
}

/** The file of a test, where a node is one, and the title of the case. */
function testAt(graph: Snapshot, node: number): { readonly file: number; readonly title?: string } | undefined {
  if (graph.kind[node] === KIND_CODE.TestFile) return { file: node };
  const file = graph.kind[node] === KIND_CODE.TestCase ? graph.parent[node]! : -1;
  return file < 0 ? undefined : { file, title: graph.nameText(node) };
}

/** The operation that is the target, or that the target is a field of. */
function operationsOf(graph: Snapshot, target: number): readonly number[] {
  if (graph.kind[target] === KIND_CODE.Operation) return [target];
  if (graph.kind[target] !== KIND_CODE.SchemaProperty) return [];
  return dependentsOf(graph, target, 'HAS_PROPERTY').filter((owner) => graph.kind[owner] === KIND_CODE.Operation);
}

interface TestsByNode {
  /** By node number: where in `lists` the test files of its module are. */
  readonly of: Int32Array;
  /** The first is empty. */
  readonly lists: readonly (readonly number[])[];
}

const cache = new WeakMap<Snapshot, TestsByNode>();

function testsByNode(graph: Snapshot): TestsByNode {
  const held = cache.get(graph);
  if (held) return held;
  const of = new Int32Array(graph.nodeCount);
  const lists: number[][] = [[]];
  graph.edgeType.forEach((type, edge) => {
    if (type !== EDGE_CODE.TESTS) return;
    const module = graph.edgeTo[edge]!;
    if (of[module] === 0) of[module] = lists.push([]) - 1;
    lists[of[module]!]!.push(graph.edgeFrom[edge]!);
  });
  if (lists.length > 1) {
    for (let node = 0; node < graph.nodeCount; node++) {
      const module = moduleOf(graph, node);
      of[node] = module < 0 ? 0 : of[module]!;
    }
  }
  const tests = { of, lists };
  cache.set(graph, tests);
  return tests;
}

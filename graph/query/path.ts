import type { Snapshot } from '../snapshot/csr.ts';
import type { Hop } from './change.ts';
import { hopsOf } from './hops.ts';
import { closure, type WalkOptions } from './walk.ts';

/**
 * A shortest chain of edges between two nodes, by id, as hops from the first to the second: the first depends on the
 * second, or the second on the first, whichever is shorter (the former when both are). Undefined when there is none or
 * one of them does not exist; empty from a node to itself.
 */
export function shortestPath(snapshot: Snapshot, fromId: string, toId: string): readonly Hop[] | undefined {
  const from = snapshot.indexOf(fromId);
  const to = snapshot.indexOf(toId);
  if (from < 0 || to < 0) return undefined;
  const needed = trailOf(snapshot, from, to, 'dependencies');
  const needing = trailOf(snapshot, from, to, 'dependents');
  if (needed && (!needing || needed.length <= needing.length)) return hopsOf(snapshot, from, needed, 'dependency');
  return needing && hopsOf(snapshot, from, needing, 'dependent');
}

function trailOf(snapshot: Snapshot, from: number, to: number, direction: WalkOptions['direction']): readonly number[] | undefined {
  const { distance, edge } = closure(snapshot, [from], { direction, until: to });
  if (distance[to] === -1) return undefined;
  const ends = direction === 'dependencies' ? snapshot.edgeFrom : snapshot.edgeTo;
  const trail: number[] = [];
  for (let at = to; at !== from; at = ends[edge[at]!]!) trail.push(edge[at]!);
  return trail.toReversed();
}

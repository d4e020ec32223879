import { EDGE_CODE } from '../model/edge.ts';
import { KIND_CODE } from '../model/node.ts';
import type { Snapshot } from '../snapshot/csr.ts';

/** The member of that (interned) name that a type declares or inherits, the nearest base first; -1 when it has none. */
export function memberOf(graph: Snapshot, type: number, name: number): number {
  const bases = basesUnless(graph, type, name);
  return typeof bases === 'number' ? bases : inherited(graph, bases, name, new Set([type]));
}

function inherited(graph: Snapshot, bases: readonly number[], name: number, seen: Set<number>): number {
  for (const base of bases) {
    if (seen.has(base)) continue;
    seen.add(base);
    const found = basesUnless(graph, base, name);
    const member = typeof found === 'number' ? found : inherited(graph, found, name, seen);
    if (member >= 0) return member;
  }
  return -1;
}

const NO_BASES: readonly number[] = [];

/** The member that the type declares itself, or else what it is made of. */
function basesUnless({ outOffsets, edgeType, edgeTo, name, kind }: Snapshot, type: number, wanted: number): number | readonly number[] {
  let bases: number[] | undefined;
  for (let edge = outOffsets[type]!; edge < outOffsets[type + 1]!; edge++) {
    const stated = edgeType[edge];
    const to = edgeTo[edge]!;
    if (stated === EDGE_CODE.CONTAINS && name[to] === wanted) return to;
    const isBase = stated === EDGE_CODE.EXTENDS || stated === EDGE_CODE.IMPLEMENTS;
    const isMadeOf = stated === EDGE_CODE.USES_TYPE && kind[type] === KIND_CODE.TypeAlias;
    if (isBase || isMadeOf) (bases ??= []).push(to);
  }
  return bases ?? NO_BASES;
}

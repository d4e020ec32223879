import { compare } from '../../../graph/model/edge.ts';
import type { Node } from '../../../graph/model/node.ts';
import { dependenciesOf, dependentsOf, edgesInto } from '../../../graph/query/edges-of.ts';
import type { Snapshot } from '../../../graph/snapshot/csr.ts';
import { holdersOf } from './connected.ts';

/** What binds a thing counts for, and what binds only the folder or package that it is in. */
export const GOVERNS = { direct: 0.45, around: 0.25 } as const;

const OVER = /supersed|deprecat|reject|withdrawn|obsolete|abandon|retired/i;

/** What replaced a decision or a spec, or that it holds no more; undefined while it does. */
export function replacedBy(node: Node, graph: Snapshot): string | undefined {
  if (node.kind !== 'Adr' && node.kind !== 'Spec') return undefined;
  const [by] = dependentsOf(graph, node.id, 'SUPERSEDES');
  if (by !== undefined) return `superseded by ${graph.nameText(by)}`;
  return OVER.test(node.props.status ?? '') ? `status ${node.props.status}` : undefined;
}

/** A decision or rule, and which of some things it governs: `direct` themselves, else what holds them or is within them. */
export interface Governing {
  readonly node: number;
  readonly governs: readonly string[];
  readonly direct: boolean;
}

/** The decisions and rules that bind some things, through the things themselves, their fields, and what they are in. */
export function governing(graph: Snapshot, ids: readonly string[]): readonly Governing[] {
  const found = new Map<number, { readonly governs: Set<string>; direct: boolean }>();
  const add = (bound: number, id: string, direct: boolean): void => {
    for (const edge of edgesInto(graph, bound, 'GOVERNS')) {
      const governor = graph.edgeFrom[edge]!;
      const known = found.get(governor) ?? { governs: new Set<string>(), direct: false };
      known.governs.add(id);
      known.direct ||= direct;
      found.set(governor, known);
    }
  };
  for (const id of ids) {
    const at = graph.indexOf(id);
    if (at < 0) continue;
    for (const [index, holder] of holdersOf(graph, at).entries()) add(holder, id, index === 0);
    for (const part of dependenciesOf(graph, at, 'CONTAINS', 'HAS_PROPERTY')) add(part, id, true);
  }
  return Array.from(found, ([node, { governs, direct }]) => ({ node, governs: [...governs].sort(compare), direct }));
}

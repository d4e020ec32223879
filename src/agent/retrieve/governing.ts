import { compare } from '../../../graph/model/edge.ts';
import { KIND_CODE, type Node } from '../../../graph/model/node.ts';
import { dependenciesOf, dependentsOf, edgesInto } from '../../../graph/query/edges-of.ts';
import type { Snapshot } from '../../../graph/snapshot/csr.ts';
import { holdersOf } from './connected.ts';

/** What binds a thing counts for, and what binds only the folder or package that it is in. */
export const GOVERNS = { direct: 0.45, around: 0.25 } as const;

const REPLACEABLE: ReadonlySet<number> = new Set([KIND_CODE.Adr, KIND_CODE.Spec]);
const OVER = /supersed|deprecat|reject|withdrawn|obsolete|abandon|retired/i;

/** What replaced a decision, a spec or the spec of a criterion, or that it holds no more; undefined while it does. */
export function replacedBy(node: Node, graph: Snapshot): string | undefined {
  const at = graph.indexOf(node.id);
  const whole = node.kind === 'AcceptanceCriterion' || node.kind === 'Nfr' ? graph.parent[at] : at;
  if (at < 0 || whole === undefined || whole < 0 || !REPLACEABLE.has(graph.kind[whole]!)) return undefined;
  const [by] = dependentsOf(graph, whole, 'SUPERSEDES');
  if (by !== undefined) return `superseded by ${graph.nameText(by)}`;
  const status = node.kind === 'Adr' || node.kind === 'Spec' ? (node.props.status ?? '') : '';
  return OVER.test(status) ? `status ${status}` : undefined;
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

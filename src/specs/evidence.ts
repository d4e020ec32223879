import { compare } from '../../graph/model/edge.ts';
import { refOf } from '../../graph/model/id.ts';
import type { Node } from '../../graph/model/node.ts';
import type { System } from '../system.ts';
import { existsIn } from './exists-in.ts';
import { specInGraph } from './spec-in-graph.ts';
import type { Criterion, Nfr, Priority, Spec } from './spec.ts';

/**
 * How well it is known that a part of a spec holds. `L0`: nothing that exists is bound to it. `L1`: a test that is not skipped, or another
 * verification that exists in the graph, is. Higher ones take runs of tests.
 */
export type EvidenceLevel = 'L0' | 'L1';

export interface PartEvidence {
  /** `AC-1` */
  readonly id: string;
  readonly kind: 'criterion' | 'nfr';
  /** Of criteria alone. */
  readonly priority?: Priority;
  readonly level: EvidenceLevel;
  /** Names of what checks it, in the grammar of docs/reference/names.md, sorted. */
  readonly by: readonly string[];
  /** What is named for it but is not there, or is skipped. */
  readonly missing: readonly string[];
}

export interface SpecEvidence {
  /** By place in the file. */
  readonly parts: readonly PartEvidence[];
  /** False where the graph has no such spec: then nothing is known of it. */
  readonly isInGraph: boolean;
  /** Every criterion that must hold has evidence; nothing is approved by that. */
  readonly isComplete: boolean;
}

type Graph = Pick<System, 'find' | 'nodes' | 'edges' | 'resolve'>;
const MOST_EDGES = 10_000;

/** What a graph knows of the parts of a spec. */
export async function evidenceOf(system: Graph, path: string, spec: Spec): Promise<SpecEvidence> {
  const node = await specInGraph(system, path, spec.feature);
  const idOf = (part: Criterion | Nfr): string => `${node?.id}/${part.id}`;
  const all = [...spec.criteria, ...spec.nfrs];
  const edges = node ? (await system.edges({ to: all.map(idOf) }, MOST_EDGES)).filter(({ type }) => type === 'VERIFIES') : [];
  const tests = await system.nodes(edges.map(({ from }) => from));
  const parts: PartEvidence[] = [];
  for (const part of all) {
    const bound = edges.filter(({ to }) => to === idOf(part)).flatMap(({ from }) => tests.get(from) ?? []);
    const [skipped, run] = [bound.filter(isSkipped), bound.filter((test) => !isSkipped(test))];
    const others = part.verify.filter(({ kind, ref }) => (kind === 'contract' || kind === 'policy') && ref !== undefined);
    const found: string[] = run.map(({ id }) => refOf(id));
    const missing: string[] = skipped.map(({ id }) => `${refOf(id)} is skipped`);
    for (const { ref = '' } of node ? others : []) {
      if (await existsIn(system, ref)) found.push(ref);
      else missing.push(`${ref} is not in the graph`);
    }
    parts.push({
      id: part.id,
      ...('priority' in part ? { kind: 'criterion', priority: part.priority } : { kind: 'nfr' }),
      level: found.length > 0 ? 'L1' : 'L0',
      by: [...new Set(found)].toSorted(compare),
      missing: [...new Set(missing)].toSorted(compare),
    });
  }
  const needed = parts.filter(({ priority }) => priority === 'must');
  return { parts, isInGraph: node !== undefined, isComplete: needed.length > 0 && needed.every(({ level }) => level !== 'L0') };
}

const isSkipped = (test: Node): boolean => test.kind === 'TestCase' && (test.props.modifier === 'skip' || test.props.modifier === 'todo');

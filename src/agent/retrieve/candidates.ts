import { compare } from '../../../graph/model/edge.ts';
import { refOf } from '../../../graph/model/id.ts';
import type { Node } from '../../../graph/model/node.ts';
import type { Snapshot } from '../../../graph/snapshot/csr.ts';
import type { StepContext, ThingRole } from '../model.ts';
import { connectedWith } from './connected.ts';
import type { Found } from './found.ts';
import { governing, GOVERNS, replacedBy } from './governing.ts';
import { MOST, roleOf } from './roles.ts';
import type { Topic } from './topics.ts';

/** What holds no more is worth knowing, and no more than that. */
const REPLACED = 0.3;
/** Things of each role that the graph is walked from. */
const STARTS = 3;
/** Characters of a requirement that a reason repeats. */
const LONGEST = 80;

/** A thing that may be part of a grounding. */
export interface Candidate {
  readonly node: Node;
  readonly role: ThingRole;
  readonly score: number;
  readonly reason: string;
  readonly governs: readonly string[];
}
export type Candidates = ReadonlyMap<string, Candidate>;

/** The things that are about the same, what the graph connects with the best of them, and what governs those. */
export async function candidatesOf(
  found: ReadonlyMap<string, Found>,
  topics: readonly Topic[],
  { graph: { reader }, repo }: StepContext,
  snapshot: Snapshot,
): Promise<Candidates> {
  const candidates = new Map<string, Candidate>();
  const add = (node: Node | undefined, score: number, reason: string, governs: readonly string[] = []): void => {
    const role = node && roleOf(node);
    if (!node || role === undefined || node.repo !== repo) return;
    const known = candidates.get(node.id);
    if (!known) candidates.set(node.id, { node, role, score, reason, governs });
    else if (governs.length > 0) candidates.set(node.id, { ...known, score: Math.max(known.score, score), governs });
  };
  for (const { node, relation } of found.values()) {
    const { text, words } = topics[relation.topic]!;
    const shared = relation.shared.map((concept) => words.get(concept) ?? concept);
    const both = relation.alike === undefined ? 'means much the same' : `does ${relation.alike} as well`;
    add(node, relation.score, `${shared.length > 0 ? `is about ${shared.join(', ')}` : both}, as "${shortened(text)}"`);
  }
  const starts = ofEachRole(candidates, (role) => (role === 'test' || role === 'document' ? 0 : STARTS));
  const connected = connectedWith(
    snapshot,
    starts.map(({ node, score }) => ({ id: node.id, score })),
  );
  const nodes = await reader.get(connected.map(({ node }) => snapshot.id(node)));
  for (const { node, score, reason } of connected) add(nodes.get(snapshot.id(node)), score, reason);

  const governed = ofEachRole(candidates, (role) => (role === 'decision' || role === 'policy' ? 0 : MOST[role]));
  const binding = governing(
    snapshot,
    governed.map(({ node }) => node.id),
  );
  const governors = await reader.get(binding.map(({ node }) => snapshot.id(node)));
  for (const { node, governs, direct } of binding) {
    const score = direct ? GOVERNS.direct : GOVERNS.around;
    add(governors.get(snapshot.id(node)), score, `governs ${governs.slice(0, 3).map(refOf).join(', ')}`, governs);
  }
  for (const [id, candidate] of candidates) {
    const replaced = replacedBy(candidate.node, snapshot);
    if (replaced !== undefined)
      candidates.set(id, { ...candidate, score: candidate.score * REPLACED, reason: `${replaced}: does not govern`, governs: [] });
  }
  return candidates;
}

/** The best of each role, best first. */
export function ofEachRole(candidates: Candidates, most: (role: ThingRole) => number = (role) => MOST[role]): readonly Candidate[] {
  const counts = new Map<ThingRole, number>();
  const sorted = [...candidates.values()].sort((a, b) => b.score - a.score || compare(a.node.id, b.node.id));
  return sorted.filter(({ role }) => {
    const before = counts.get(role) ?? 0;
    counts.set(role, before + 1);
    return before < most(role);
  });
}

const shortened = (text: string): string =>
  text.length > LONGEST ? `${text.slice(0, LONGEST - 1).replace(/[\uD800-\uDBFF]$/, '')}…` : text;

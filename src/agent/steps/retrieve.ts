import { compare } from '../../../graph/model/edge.ts';
import { refOf } from '../../../graph/model/id.ts';
import type { Node } from '../../../graph/model/node.ts';
import { createQuotedFiles } from '../../retrieval/quoted-file.ts';
import { isFix } from '../gaps/feature-kinds.ts';
import type { AgentRequest, GroundedThing, Grounding, StepContext, ThingRole } from '../model.ts';
import { askedOf } from '../retrieve/asked.ts';
import { connectedWith } from '../retrieve/connected.ts';
import { evidenceOf } from '../retrieve/evidence.ts';
import { existingOf } from '../retrieve/existing.ts';
import { findRelated } from '../retrieve/found.ts';
import { GOVERNS, governing, replacedBy } from '../retrieve/governing.ts';
import { MOST, roleOf } from '../retrieve/roles.ts';
import { topicsOf } from '../retrieve/topics.ts';
import type { ParsedRequest } from './parse.ts';

/** What holds no more is worth knowing, and no more than that. */
const REPLACED = 0.3;

/** Things of each role that the graph is walked from. */
const STARTS = 3;

interface Candidate {
  readonly node: Node;
  readonly role: ThingRole;
  score: number;
  reason: string;
  governs: readonly string[];
}

/**
 * What of the system a request has to do with: things that are about the same, what the graph connects with the best of them, and
 * the decisions and rules that govern those. At most {@link MOST} per role; nothing where the system has nothing to do with it. Only
 * things of `context.repo`, as only they can be cited from its folder.
 */
export async function retrieve(request: AgentRequest, parsed: ParsedRequest, context: StepContext): Promise<Grounding> {
  const { reader } = context.graph;
  const snapshot = await context.graph.snapshot();
  const topics = topicsOf(request.text, parsed);
  const found = await findRelated(topics, context);
  const candidates = new Map<string, Candidate>();
  const add = (node: Node | undefined, score: number, reason: string, governs: readonly string[] = []): void => {
    const role = node && roleOf(node);
    if (!node || role === undefined || node.repo !== context.repo) return;
    const known = candidates.get(node.id);
    if (!known) candidates.set(node.id, { node, role, score, reason, governs });
    else if (governs.length > 0) {
      known.governs = governs;
      known.score = Math.max(known.score, score);
    }
  };
  for (const { node, relation } of found.values()) {
    const { text, words } = topics[relation.topic]!;
    const shared = relation.shared.map((concept) => words.get(concept) ?? concept);
    const both = relation.alike === undefined ? 'means much the same' : `does ${relation.alike} as well`;
    add(node, relation.score, `${shared.length > 0 ? `is about ${shared.join(', ')}` : both}, as "${shortened(text)}"`);
  }
  const starts = ofEachRole([...candidates.values()], (role) => (role === 'test' || role === 'document' ? 0 : STARTS));
  const connected = connectedWith(
    snapshot,
    starts.map(({ node, score }) => ({ id: node.id, score })),
  );
  const nodes = await reader.get(connected.map(({ node }) => snapshot.id(node)));
  for (const { node, score, reason } of connected) add(nodes.get(snapshot.id(node)), score, reason);

  const kept = ofEachRole([...candidates.values()].filter(({ role }) => role !== 'decision' && role !== 'policy'));
  const binding = governing(
    snapshot,
    kept.map(({ node }) => node.id),
  );
  const governors = await reader.get(binding.map(({ node }) => snapshot.id(node)));
  for (const { node, governs, direct } of binding) {
    const score = direct ? GOVERNS.direct : GOVERNS.around;
    add(governors.get(snapshot.id(node)), score, `governs ${governs.slice(0, 3).map(refOf).join(', ')}`, governs);
  }
  for (const candidate of candidates.values()) {
    const replaced = replacedBy(candidate.node, snapshot);
    if (replaced === undefined) continue;
    candidate.score *= REPLACED;
    candidate.reason = `${replaced}: does not govern`;
    candidate.governs = [];
  }

  const files = createQuotedFiles(reader);
  const wanted = new Set(topics.flatMap(({ weights }) => [...weights.keys()]));
  const things: GroundedThing[] = [];
  for (const { node, role, score, reason, governs } of ofEachRole([...candidates.values()])) {
    const evidence = await evidenceOf(node, files, wanted);
    if (evidence) things.push({ id: node.id, kind: node.kind, name: node.name, role, reason, score: rounded(score), evidence, governs });
  }
  const ids = new Set(things.map(({ id }) => id));
  const known = [...candidates.values()].flatMap(({ node }) => (ids.has(node.id) ? [node] : []));
  const existing = isFix(request.text, parsed) ? [] : existingOf(askedOf(request.text, parsed), known, snapshot);
  return {
    things: things.map((thing) => ({ ...thing, governs: thing.governs.filter((id) => ids.has(id)) })),
    existing,
  };
}

const byScore = (a: Candidate, b: Candidate): number => b.score - a.score || compare(a.node.id, b.node.id);

/** The best of each role, best first. */
function ofEachRole(candidates: readonly Candidate[], most: (role: ThingRole) => number = (role) => MOST[role]): readonly Candidate[] {
  const counts = new Map<ThingRole, number>();
  return candidates.toSorted(byScore).filter(({ role }) => {
    const before = counts.get(role) ?? 0;
    counts.set(role, before + 1);
    return before < most(role);
  });
}

const rounded = (score: number): number => Math.round(score * 10_000) / 10_000;
const shortened = (text: string): string => (text.length > 80 ? `${text.slice(0, 79).replace(/[\uD800-\uDBFF]$/, '')}…` : text);

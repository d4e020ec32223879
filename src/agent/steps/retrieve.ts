import { createQuotedFiles } from '../../retrieval/quoted-file.ts';
import { isFix } from '../gaps/feature-kinds.ts';
import type { AgentRequest, GroundedThing, Grounding, StepContext } from '../model.ts';
import { askedOf } from '../retrieve/asked.ts';
import { candidatesOf, ofEachRole, type Candidate } from '../retrieve/candidates.ts';
import { evidenceOf } from '../retrieve/evidence.ts';
import { existingOf } from '../retrieve/existing.ts';
import { findRelated } from '../retrieve/found.ts';
import { topicsOf } from '../retrieve/topics.ts';
import type { ParsedRequest } from './parse.ts';

/** What does what is asked for already comes before all else. */
const EXISTS = 1;

/**
 * What of the system a request has to do with: things that are about the same, what the graph connects with the best of them, and
 * the decisions and rules that govern those. Of each role at most what `MOST` in src/agent/retrieve/roles.ts says; nothing where the
 * system has nothing to do with it. Only things of `context.repo`, as only they can be cited from its folder.
 */
export async function retrieve(request: AgentRequest, parsed: ParsedRequest, context: StepContext): Promise<Grounding> {
  const snapshot = await context.graph.snapshot();
  const topics = topicsOf(request.text, parsed);
  const candidates = await candidatesOf(await findRelated(topics, context), topics, context, snapshot);
  const nodes = [...candidates.values()].map(({ node }) => node);
  const existing = isFix(request.text, parsed) ? [] : existingOf(askedOf(request.text, parsed), nodes, snapshot);
  const first = new Set(existing.map(({ thing }) => thing));
  const ranked = new Map<string, Candidate>(
    Array.from(candidates, ([id, candidate]) => [id, first.has(id) ? { ...candidate, score: candidate.score + EXISTS } : candidate]),
  );
  const files = createQuotedFiles(context.graph.reader);
  const wanted = new Set(topics.flatMap(({ weights }) => [...weights.keys()]));
  const things: GroundedThing[] = [];
  for (const { node, role, score, reason, governs } of ofEachRole(ranked)) {
    context.signal?.throwIfAborted();
    const evidence = await evidenceOf(node, files, wanted);
    if (evidence) things.push({ id: node.id, kind: node.kind, name: node.name, role, reason, score: rounded(score), evidence, governs });
  }
  const ids = new Set(things.map(({ id }) => id));
  return {
    things: things.map((thing) => ({ ...thing, governs: thing.governs.filter((id) => ids.has(id)) })),
    existing: existing.filter(({ thing }) => ids.has(thing)),
  };
}

const rounded = (score: number): number => Math.round(score * 10_000) / 10_000;

import { z } from 'zod';
import type { Finding } from '../../../graph/query/findings/finding.ts';
import type * as model from '../model.ts';
import type { Checked } from '../steps/check.ts';
import type { ParsedRequest } from '../steps/parse.ts';
import type * as gates from './gate.ts';

/*
 * What the steps of a thread come to, as it is read back from a log that anybody may have edited or merged. Only what nothing here
 * depends on is read loosely: words of a set that may grow, and findings, which nobody reads again.
 */

/** A word of a set that may have grown since, or not yet. */
const word = <T extends string>() => z.custom<T>((value) => typeof value === 'string', 'Invalid input: expected string');
const maybe = z.exactOptional;
const text = z.string();
/** Of lines, offsets and rounds: what fits an `Int` of GraphQL. */
const count = z.int().min(0).max(2_147_483_647);

const Evidence: z.ZodType<model.Evidence> = z.object({ node: text, file: text, line: count, endLine: count, sha: text, quote: text });
const proof = z.tuple([Evidence], Evidence);
const grounded = { text, basis: word<model.Basis>(), rule: maybe(text), evidence: proof };
const Grounded: z.ZodType<model.Grounded> = z.object(grounded);

const range = { start: count, end: count };
const quoted = { ...range, quote: text };
const Quote = z.object(quoted);
const statement = {
  ...quoted,
  said: maybe(text),
  speaker: maybe(text),
  section: maybe(text),
  also: z.array(z.object({ ...quoted, speaker: maybe(text) })),
};
const Statement = z.object(statement);
type Requirement = ParsedRequest['requirements'][number];
type Constraint = Requirement['constraints'][number];
const Requirement: z.ZodType<Requirement> = z.object({
  ...statement,
  modality: word<Requirement['modality']>(),
  decided: z.boolean(),
  actors: z.array(Quote),
  actions: z.array(Quote),
  objects: z.array(Quote),
  benefits: z.array(Quote),
  constraints: z.array(
    z.object({
      ...quoted,
      dimension: word<Constraint['dimension']>(),
      operator: word<Constraint['operator']>(),
      value: z.union([z.number(), z.array(text)]),
      unit: maybe(text),
      base: maybe(z.number()),
    }),
  ),
});
const Named = z.object({ name: text, mentions: z.array(Quote) });
const Parsed: z.ZodType<ParsedRequest> = z.object({
  kind: word<ParsedRequest['kind']>(),
  requirements: z.array(Requirement),
  decisions: z.array(Statement),
  openPoints: z.array(Statement),
  exclusions: z.array(Statement),
  tasks: z.array(Statement),
  actors: z.array(Named),
  objects: z.array(Named),
  spans: z.array(z.object({ ...range, label: word<ParsedRequest['spans'][number]['label']>(), primary: maybe(z.literal(true)) })),
});

const Grounding: z.ZodType<model.Grounding> = z.object({
  things: z.array(
    z.object({
      id: text,
      kind: word<model.GroundedThing['kind']>(),
      name: text,
      role: word<model.ThingRole>(),
      reason: text,
      score: z.number(),
      evidence: Evidence,
      governs: z.array(text),
    }),
  ),
  existing: z.array(z.object({ quote: text, thing: text, reason: text })),
});

/** Ids are names of lines in files of the thread. */
const id = text.regex(/^[^\s:]{1,80}$/, 'Invalid id');
const Question: z.ZodType<model.GapQuestion> = z.object({
  id,
  slot: text,
  text,
  about: text,
  options: z.array(
    z.object({ value: text, consequence: text, scope: maybe(z.enum(['close', 'change', 'separate'])), evidence: z.array(Evidence) }),
  ),
  evidence: z.array(Evidence),
});
const Conflict: z.ZodType<model.Conflict> = z.object({
  id,
  members: z.array(z.object({ layer: z.enum(['request', 'spec', 'policy', 'adr', 'contract']), states: text, evidence: Evidence })),
  why: text,
  owners: z.object({ why: maybe(text), how: maybe(text) }),
  options: z.array(z.object({ id: text, text, costs: text, yields: maybe(count) })),
  settledBy: maybe(text),
});
const Comment: z.ZodType<model.ReviewComment> = z.object({ part: maybe(text), text, parsed: Parsed, by: text, evidence: Evidence });
const Answer: z.ZodType<model.Answer> = z.object({ question: text, value: text, by: text, evidence: Evidence });

type Criterion = model.DraftCriterion;
const verifications = z.array(z.object({ kind: text, ref: maybe(text) }));
const Criterion: z.ZodType<Criterion> = z.object({
  ...grounded,
  id: text,
  ears: maybe(
    z.object({
      pattern: maybe(text),
      where: maybe(text),
      while: maybe(text),
      when: maybe(text),
      if: maybe(text),
      system: maybe(text),
      shall: maybe(text),
    }),
  ),
  priority: word<Criterion['priority']>(),
  verify: verifications,
});
type Measure = NonNullable<model.DraftNfr['measure']>;
const Nfr: z.ZodType<model.DraftNfr> = z.object({
  ...grounded,
  id: text,
  category: text,
  measure: maybe(
    z.object({
      metric: text,
      op: word<Measure['op']>(),
      value: z.number(),
      unit: maybe(text),
      percentile: maybe(z.number()),
      window: maybe(text),
    }),
  ),
  verify: maybe(verifications),
});
const Draft: z.ZodType<model.DraftSpec> = z.object({
  feature: text,
  version: text,
  path: maybe(text),
  base: maybe(text),
  owner: z.object({ why: maybe(text), how: maybe(text), team: maybe(text) }),
  description: Grounded,
  criteria: z.array(Criterion),
  nfrs: z.array(Nfr),
  dependencies: z.array(z.object({ ...grounded, target: text, contract: maybe(text) })),
  outOfScope: z.array(Grounded),
  questions: z.array(
    z.object({
      id: text,
      text,
      about: maybe(text),
      options: z.array(text),
      answer: maybe(text),
      answeredBy: maybe(text),
      proposal: maybe(proof),
    }),
  ),
  links: z.array(z.object({ rel: text, target: text, evidence: z.array(Evidence) })),
  model: maybe(text),
});
const CheckedDraft: z.ZodType<Checked> = z.object({
  draft: Draft,
  text,
  rounds: count,
  repairs: z.array(z.object({ pointer: text, code: text, did: word<Checked['repairs'][number]['did']>() })),
  problems: z.array(
    z.object({
      code: word<Checked['problems'][number]['code']>(),
      pointer: text,
      message: text,
      span: maybe(z.object({ line: count, col: count, endLine: count, endCol: count })),
    }),
  ),
  findings: z.array(z.custom<Finding>((value) => typeof value === 'object' && value !== null)),
});
const Written: z.ZodType<model.WrittenSpec> = z.object({ path: text, text, hash: text, notes: z.array(text) });
const Plan: z.ZodType<model.Plan> = z.object({
  tasks: z.array(
    z.object({
      id: text,
      title: text,
      kind: word<model.Task['kind']>(),
      ownedFiles: z.array(z.object({ path: text, isNew: z.boolean(), reason: text, score: maybe(z.number()) })),
      dependsOn: z.array(text),
      covers: z.array(text),
      tests: z.array(text),
      size: word<model.Task['size']>(),
      evidence: z.array(Evidence),
    }),
  ),
  diagrams: z.array(z.object({ name: word<model.Plan['diagrams'][number]['name']>(), mermaid: text })),
});

const round = count.min(1).max(100_000);
const Clarify: z.ZodType<gates.ClarifyGate> = z.object({ name: z.literal('clarify'), round, questions: z.array(Question) });
const Settle: z.ZodType<gates.SettleGate> = z.object({ name: z.literal('settle'), round, conflicts: z.array(Conflict) });
const Review = <N extends gates.ReviewGate['name']>(name: N) => z.object({ name: z.literal(name), round, spec: text, hash: text });

const reviewed = z.union([
  z.strictObject({ approved: text }),
  z.strictObject({
    comments: z.array(Comment),
    answers: maybe(z.array(Answer)),
    round,
    approved: z.null(),
    kept: z.record(text, text),
  }),
]);

/** By the name of a step, what it comes to. */
export const OUTPUTS: ReadonlyMap<string, z.ZodType> = new Map<string, z.ZodType>([
  ['parse', z.strictObject({ parsed: Parsed })],
  ['retrieve', z.strictObject({ grounding: Grounding })],
  ['gaps', z.strictObject({ gaps: z.array(Question) })],
  ['ask-clarify', z.strictObject({ gate: Clarify })],
  ['conflicts', z.strictObject({ conflicts: z.array(Conflict) })],
  ['ask-settle', z.strictObject({ gate: Settle })],
  ['draft', z.strictObject({ draft: Draft })],
  ['refine', z.strictObject({ draft: Draft, refineNotes: z.array(text) })],
  ['check', z.strictObject({ checked: CheckedDraft })],
  ['write', z.strictObject({ written: Written })],
  ['ask-review-why', z.strictObject({ gate: Review('review-why') })],
  ['reviewed-why', reviewed],
  ['ask-review-how', z.strictObject({ gate: Review('review-how') })],
  ['reviewed-how', reviewed],
  ['decompose', z.strictObject({ plan: Plan })],
  ['hand-off', z.strictObject({ handOff: text })],
]);

import { z } from 'zod';
import { compare } from '../../graph/model/edge.ts';
import { canonicalJson, sha256 } from '../../ingest/parse/canonical-json.ts';
import { PRIORITIES } from './spec.ts';
import type { Criterion, Dependency, Nfr, Scenario, Spec } from './spec.ts';

const Text = z.string();
const Steps = z.array(Text);
const NormativeScenario = z.strictObject({
  name: Text.optional(),
  given: Steps,
  when: Steps,
  outcome: Steps,
  examples: z.array(z.unknown()),
});
const NormativeCriterion = z.strictObject({
  text: Text,
  ears: z.record(z.string(), Text).optional(),
  scenarios: z.array(NormativeScenario),
  priority: z.enum(PRIORITIES),
});
const NormativeNfr = z.strictObject({
  category: Text,
  text: Text,
  measure: z
    .strictObject({
      metric: Text,
      op: z.enum(['<', '<=', '=', '>=', '>']),
      value: z.number(),
      unit: Text.optional(),
      percentile: z.number().optional(),
      window: Text.optional(),
    })
    .optional(),
});
const NormativeDependency = z.strictObject({ target: Text, reason: Text.optional(), contract: Text.optional(), range: Text.optional() });

/**
 * What a spec demands, and nothing else: what an approval is of. Neither comments, form and order nor what traces and records
 * (version, status, owner, tests, provenance, questions) belong to it. This is what approval logs keep of a spec.
 */
export const Normative = z.strictObject({
  feature: Text,
  description: Text,
  why: Text.optional(),
  criteria: z.record(z.string(), NormativeCriterion),
  nfrs: z.record(z.string(), NormativeNfr),
  dependencies: z.array(NormativeDependency),
  outOfScope: z.array(Text),
  /** `constrainedBy adr:0007` */
  links: z.array(Text),
  supersedes: Text.optional(),
});
export type Normative = z.infer<typeof Normative>;
export type NormativeCriterion = z.infer<typeof NormativeCriterion>;
export type NormativeNfr = z.infer<typeof NormativeNfr>;

/** Links that demand something; the others say where to look. */
const DEMANDING: ReadonlySet<string> = new Set(['dependsOn', 'constrainedBy', 'conflictsWith', 'refines']);

/** White space is form: YAML folds it. */
const tidy = (text: string): string => text.normalize('NFC').replace(/\s+/g, ' ').trim();

export function normativeOf(spec: Spec): Normative {
  return {
    feature: spec.feature,
    description: tidy(spec.description),
    ...(spec.why === undefined ? {} : { why: tidy(spec.why) }),
    criteria: byId(spec.criteria, criterionOf),
    nfrs: byId(spec.nfrs, nfrOf),
    dependencies: sorted(spec.dependencies.map(dependencyOf)),
    outOfScope: spec.outOfScope.map(tidy).toSorted(compare),
    links: [...spec.criteria.map(({ id, links }) => [`${id} `, links] as const), ['', spec.links] as const]
      .flatMap(([of, links]) => links.flatMap(({ rel, target }) => (DEMANDING.has(rel) ? [`${of}${rel} ${tidy(target)}`] : [])))
      .toSorted(compare),
    ...(spec.supersedes === undefined ? {} : { supersedes: tidy(spec.supersedes) }),
  };
}

/** Of two parts that people gave one id, the first counts. */
const byId = <P extends { readonly id: string }, N>(parts: readonly P[], of: (part: P) => N): Record<string, N> =>
  Object.fromEntries(parts.toReversed().map((part) => [part.id, of(part)]));

const dependencyOf = ({ target, reason, contract, range }: Dependency): z.infer<typeof NormativeDependency> =>
  tidied({
    target,
    ...(reason === undefined ? {} : { reason }),
    ...(contract === undefined ? {} : { contract }),
    ...(range === undefined ? {} : { range }),
  });

const sorted = <T>(values: readonly T[]): T[] => values.toSorted((a, b) => compare(canonicalJson(a), canonicalJson(b)));

const tidied = <T extends object>(members: T): T =>
  Object.fromEntries(
    Object.entries(members).map(([key, value]: [string, unknown]) => [key, typeof value === 'string' ? tidy(value) : value]),
  ) as T;

function criterionOf({ text, ears, scenarios, priority }: Criterion): NormativeCriterion {
  return {
    text: tidy(text),
    ...(ears === undefined ? {} : { ears: tidied(Object.fromEntries(Object.entries(ears) as [string, string][])) }),
    scenarios: sorted(scenarios.map(scenarioOf)),
    priority,
  };
}

const scenarioOf = ({ name, given, when, outcome, examples }: Scenario): NormativeCriterion['scenarios'][number] => ({
  ...(name === undefined ? {} : { name: tidy(name) }),
  given: given.map(tidy),
  when: when.map(tidy),
  outcome: outcome.map(tidy),
  examples: [...examples],
});

const nfrOf = ({ category, text, measure }: Nfr): NormativeNfr => ({
  category,
  text: tidy(text),
  ...(measure === undefined ? {} : { measure: tidied(measure) }),
});

/** What approvals and evidence are bound to: the same for two specs exactly when they demand the same in the same words. */
export const normativeHash = (normative: Normative): string => sha256(canonicalJson(normative));

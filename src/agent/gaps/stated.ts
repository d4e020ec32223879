import { constraintsOf } from '../parse/constraints.ts';
import type { Grounding, GroundedThing } from '../model.ts';
import type { ParsedRequest, Requirement } from '../steps/parse.ts';
import type { Slot } from './slots.ts';

/** Texts that answer questions: what the request says, and what binds the parts that it touches. */
export interface Stated {
  readonly request: readonly string[];
  readonly graph: readonly string[];
}

/** How near a spec has to be for what it demands to hold for the request as well: less is another feature. */
const SAME_FEATURE = 0.75;

export function statedBy(asked: readonly Requirement[], parsed: ParsedRequest, grounding: Grounding): Stated {
  const said = [...asked, ...parsed.decisions, ...parsed.exclusions].flatMap(({ said: read, quote, also }) => [read ?? quote, ...also.map((each) => each.quote)]);
  const existing = new Set(grounding.existing.map(({ thing }) => thing));
  const isSame = (thing: GroundedThing): boolean => existing.has(thing.id) || thing.score >= SAME_FEATURE;
  const specs = grounding.things.filter((thing) => thing.role === 'spec' && thing.kind === 'Spec' && isSame(thing)).map(({ id }) => `${id}/`);
  const binding = grounding.things.filter(
    ({ id, role, governs }) => ((role === 'policy' || role === 'decision') && governs.length > 0) || specs.some((spec) => id.startsWith(spec)),
  );
  return { request: said, graph: binding.map(({ evidence }) => evidence.quote) };
}

/** Whether a slot has its answer already. */
export function isFilled(slot: Slot, stated: Stated, requirements: readonly Requirement[]): boolean {
  const texts = [...stated.request, ...stated.graph];
  if (texts.some((text) => slot.filled.test(text))) return true;
  const dimensions = [...requirements.flatMap(({ constraints }) => constraints), ...stated.graph.flatMap((text) => constraintsOf(text))];
  return slot.dimensions !== undefined && dimensions.some(({ dimension }) => slot.dimensions!.includes(dimension));
}

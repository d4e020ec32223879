import { constraintsOf } from '../parse/constraints.ts';
import type { Grounding, GroundedThing } from '../model.ts';
import type { ParsedRequest, Requirement } from '../steps/parse.ts';
import { GOVERNS } from '../retrieve/governing.ts';
import type { Slot } from './slots.ts';

/** What stands for a name in a text, and is no statement: "`openapi.yaml`" is no format. */
const NAMES = /`[^`]*`|(?<![\w/])[\w/-]+\.(?:[cm]?[jt]sx?|ya?ml|json|md|sql|prisma|graphql|toml|env)\b/g;

/** Texts that answer questions: what the request says, and what binds the parts that it touches. */
export interface Stated {
  readonly request: readonly string[];
  /** What specs of the same feature say. */
  readonly specs: readonly string[];
  /** What decisions and rules say that bind its very parts, not only the folders they are in. */
  readonly rules: readonly string[];
}

/** The things that a request is most about. */
const NEAREST = 3;
/** How near a spec has to be for what it demands to hold for the request as well: less is another feature. */
const SAME_FEATURE = 0.75;

export function statedBy(asked: readonly Requirement[], parsed: ParsedRequest, grounding: Grounding): Stated {
  const said = [...asked, ...parsed.decisions, ...parsed.exclusions].flatMap(({ said: read, quote, also }) => [
    read ?? quote,
    ...also.map((each) => each.quote),
  ]);
  const existing = new Set(grounding.existing.map(({ thing }) => thing));
  const isSame = (thing: GroundedThing): boolean => existing.has(thing.id) || thing.score >= SAME_FEATURE;
  const specs = grounding.things
    .filter((thing) => thing.role === 'spec' && thing.kind === 'Spec' && isSame(thing))
    .map(({ id }) => `${id}/`);
  const quotes = (some: readonly GroundedThing[]): readonly string[] => some.map(({ evidence }) => evidence.quote.replace(NAMES, ' '));
  const operations = grounding.things.filter(({ kind, name }) => kind === 'Operation' && /^[A-Z]+ /.test(name)).map(({ id }) => id);
  const nearest = grounding.things.slice(0, NEAREST).map(({ id }) => id);
  // A rule for one operation says nothing of another one; a rule for most of them does.
  const isBinding = ({ role, governs, score }: GroundedThing): boolean =>
    (role === 'policy' || role === 'decision') &&
    score >= GOVERNS.direct &&
    (governs.some((id) => existing.has(id) || nearest.includes(id)) ||
      (operations.length > 0 && governs.filter((id) => operations.includes(id)).length >= operations.length / 2));
  return {
    request: said,
    specs: quotes(grounding.things.filter(({ id }) => specs.some((spec) => id.startsWith(spec)))),
    rules: quotes(grounding.things.filter(isBinding)),
  };
}

/** Whether a slot has its answer already. */
export function isFilled(slot: Slot, stated: Stated, requirements: readonly Requirement[]): boolean {
  const said = [...stated.specs, ...(slot.isOfFeature ? [] : stated.rules)];
  const texts = [...stated.request, ...said];
  if (texts.some((text) => slot.filled.test(text))) return true;
  const dimensions = [...requirements.flatMap(({ constraints }) => constraints), ...said.flatMap((text) => constraintsOf(text))];
  return slot.dimensions !== undefined && dimensions.some(({ dimension }) => slot.dimensions!.includes(dimension));
}

import { conceptsOf, isCommon } from '../retrieve/concepts.ts';
import type { Requirement } from '../steps/parse.ts';

/** Longest name of what a requirement is about, in UTF-16 units. */
const LONGEST = 60;

/** A verb that the parser takes for a part of the name that follows. */
const IMPERATIVE =
  /^(?:add|create|delete|remove|edit|update|search|filter|sort|list|show|export|import|download|upload|send|pay|rate|share|sync|notify|support|archive|publish)\b\s*/i;

/** `20 MB`, `7 days`: how much of something, no thing; nor is what is left of `sign in`. */
const QUANTITY =
  /^(?:sign|log|way|let['’]s|lot|\d[\d.,]*\s?\p{L}{0,10}|(?:\p{L}+ )?\d[\d.,]*\s?(?:[kmgt]i?b|ms|s|secs?|seconds?|min|minutes?|h|hours?|days?|weeks?|months?|years?|%|percent)|csv|pdf|json|xlsx?|excel)$/iu;

/** The thing that a requirement is about, in its own words; undefined where it names none. */
export function thingOf({ objects, actions, start }: Requirement): string | undefined {
  const acted = actions[0]?.start ?? start;
  // What something is done to, before who or what does it.
  const sorted = [...objects.filter((object) => object.start > acted), ...objects.filter((object) => object.start <= acted)];
  const named = sorted
    .map(({ quote, start: at }) => (at === start ? quote.replace(IMPERATIVE, '') : quote))
    .filter((quote) => quote !== '' && quote.length <= LONGEST && !QUANTITY.test(quote));
  return named.find((quote) => conceptsOf(quote).some((concept) => !isCommon(concept))) ?? named[0];
}

/** What a requirement is about: its thing, else what is done. */
export const subjectOf = (requirement: Requirement): string | undefined => thingOf(requirement) ?? requirement.actions[0]?.quote;

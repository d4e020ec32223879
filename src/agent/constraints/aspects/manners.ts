import { claimOf, without, type Clause } from '../clause.ts';
import type { Claim } from '../claim.ts';
import { MANNERS } from '../words/manners.ts';
import { spelled, termsOf } from '../words/terms.ts';

/** Characters of a match up to which it is only the manner, and not also what is done so. */
const LONG = 40;

/** How something is done, of ways that exclude each other. */
export function mannersOf(clause: Clause): readonly Claim[] {
  return MANNERS.flatMap(({ name, values, isCounted, words = '' }) => {
    const found = Object.entries(values).flatMap(([value, pattern]) => {
      const match = pattern.exec(clause.text);
      return match === null ? [] : [{ value, matched: match[0] }];
    });
    // What says both is about something else; the first of `never changed` wins over `changed`.
    const [said] = found;
    if (said === undefined || (found.length > 1 && !['change', 'how news is got', 'deletion', 'amounts of money', 'origin of ids', 'completeness'].includes(name))) return [];
    const gone = new Set(said.matched.length <= LONG || isCounted ? termsOf(said.matched) : []);
    const rest = without(clause.terms, words).filter((term) => !gone.has(term));
    const about = rest.length === 0 ? clause.terms : rest;
    return [
      claimOf(clause, {
        attribute: `manner:${name}`,
        about: isCounted ? clause.terms : about,
        head: isCounted ? [...gone] : [],
        holds: { kind: 'value', value: said.value },
        states: `${spelled(about, clause.whole)}: ${name} is ${said.value}`,
      }),
    ];
  });
}

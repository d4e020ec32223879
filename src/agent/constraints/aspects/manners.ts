import { claimOf, type Clause } from '../clause.ts';
import type { Claim } from '../claim.ts';
import { MANNERS } from '../words/manners.ts';
import { termsOf } from '../words/terms.ts';

/** How something is done, of ways that exclude each other. */
export function mannersOf(clause: Clause): readonly Claim[] {
  return MANNERS.flatMap(({ name, values }) => {
    const found = Object.entries(values).flatMap(([value, pattern]) => {
      const match = pattern.exec(clause.text);
      return match === null ? [] : [{ value, matched: match[0] }];
    });
    // What says both is about something else; the first of `never changed` wins over `changed`.
    const [said] = found;
    if (said === undefined || (found.length > 1 && !['change', 'how news is got', 'deletion'].includes(name))) return [];
    const gone = new Set(termsOf(said.matched));
    const rest = clause.terms.filter((term) => !gone.has(term));
    const about = rest.length === 0 ? clause.terms : rest;
    return [
      claimOf(clause, {
        attribute: `manner:${name}`,
        about,
        holds: { kind: 'value', value: said.value },
        states: `${about.slice(0, 4).join(' ')}: ${name} is ${said.value}`,
      }),
    ];
  });
}

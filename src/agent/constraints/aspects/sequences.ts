import { claimOf, type Clause } from '../clause.ts';
import type { Claim } from '../claim.ts';
import { spelled, termsOf } from '../words/terms.ts';

const BEFORE =
  /^(?<first>.{6,100}?)\s+before\s+(?!\d|it was|that|then|long)(?<then>(?:the|an?|it|its|they|their|any|somebody|anybody|we)\b.{4,80})$/i;
const BEFORE_LEADING = /^before\s+(?<then>.{4,80}?),\s+(?<first>.{6,100})$/i;
const ONLY_AFTER = /^(?<then>.{6,100}?)\s+(?:only (?:after|once|when)|not before|not until|as soon as)\s+(?!\d)(?<first>.{6,100})$/i;
const AFTERWARDS =
  /^(?<first>.{6,100}?)\s+(?:at once|first|right away|immediately)?,?\s*and(?: only)?(?: then)?\s+(?<then>.{4,80}?)\s+(?:afterwards|later|after that|then|in the background)$/i;

/** What comes before what. */
export function sequencesOf(clause: Clause): readonly Claim[] {
  const text = clause.text.replace(/[.!]$/, '');
  for (const pattern of [BEFORE_LEADING, AFTERWARDS, ONLY_AFTER, BEFORE]) {
    const { first, then } = pattern.exec(text)?.groups ?? {};
    if (first === undefined || then === undefined || clause.isNegated) continue;
    const [one, two] = [termsOf(first), termsOf(then)];
    if (one.length === 0 || two.length === 0) return [];
    return [
      claimOf(clause, {
        attribute: 'sequence',
        about: [...new Set([...one, ...two])],
        holds: { kind: 'order', first: one, next: two },
        states: `${spelled(one, clause.whole)} before ${spelled(two, clause.whole)}`,
      }),
    ];
  }
  return [];
}

import { claimOf, type Clause } from '../clause.ts';
import type { Claim } from '../claim.ts';
import { spelled, termsOf } from '../words/terms.ts';

/** Where what is needed ends. */
const END =
  /\b(?:when|if|for|and|or|to|in order|before|after|at|by|from|on|while|until|because|but|is|are|can|may|of the|of an?)\b|[,;:.]/i;
const NEEDS =
  /\b(?:needs?|requires?|demands?|takes|always (?:comes|goes) with|always (?:has|carries|contains)|only with|must (?:have|carry|contain)|has to (?:have|carry|contain|be accompanied by)|have to (?:have|carry|contain))\s+(?!to\b|not\b|no\b|nothing\b)(?:an?|the|their|its|his|her|at least|one|valid)?\s*/i;
const NOT_WITHOUT = /\b(?:no|never|nobody|nothing|not|cannot|must not|no one|none)\b(?<before>.*?)\bwithout (?:an?|the|their|its|any)?\s*/i;
const WITHOUT = /\bwithout (?:an?|the|their|its|any|giving|asking for)?\s*/i;
const NEEDS_NONE =
  /\b(?:needs? no|requires? no|no need (?:of|for)|does not (?:need|require)|do not (?:need|require)|need not have)\s+(?:an?|the|any)?\s*/i;

/** What something cannot do without, and what it does without. */
export function needsOf(clause: Clause): readonly Claim[] {
  const found = needIn(clause.text);
  if (found === undefined) return [];
  const { value, rest, before } = found;
  const needed = termsOf(rest.split(END)[0] ?? '');
  if (needed.length === 0 || needed.length > 3) return [];
  const about = termsOf(`${before} ${rest}`).filter((term) => !needed.includes(term));
  return [
    claimOf(clause, {
      attribute: 'need',
      about: [
        ...new Set([...about, ...(clause.conditions === '' ? [] : termsOf(clause.conditions).filter((term) => !needed.includes(term)))]),
      ],
      head: needed.slice(-1),
      holds: { kind: 'value', value },
      states: `${spelled(about, clause.whole)} ${value === 'needed' ? 'needs' : 'does without'} ${spelled(needed, clause.whole)}`,
    }),
  ];
}

interface Need {
  readonly value: 'needed' | 'not needed';
  /** From what is needed on. */
  readonly rest: string;
  readonly before: string;
}

function needIn(text: string): Need | undefined {
  const of = (match: RegExpExecArray, value: Need['value']): Need => ({
    value,
    rest: text.slice(match.index + match[0].length),
    before: match.groups?.['before'] === undefined ? text.slice(0, match.index) : match.groups['before'],
  });
  const none = NEEDS_NONE.exec(text);
  if (none) return of(none, 'not needed');
  const notWithout = NOT_WITHOUT.exec(text);
  if (notWithout) return of(notWithout, 'needed');
  const without = WITHOUT.exec(text);
  if (without) return of(without, 'not needed');
  const needs = NEEDS.exec(text);
  return needs && !/\b(?:not|never|nobody|no)\b/i.test(text.slice(0, needs.index)) ? of(needs, 'needed') : undefined;
}

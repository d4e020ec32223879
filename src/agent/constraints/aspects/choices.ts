import { claimOf, without, type Clause } from '../clause.ts';
import type { Claim } from '../claim.ts';
import { termsOf } from '../words/terms.ts';
import { namedIn, namesIn, type Category } from '../words/codes.ts';

const CATEGORIES: readonly Category[] = ['language', 'country', 'currency', 'format', 'channel'];
const ONLY = /\b(?:only|alone|exclusively|nothing (?:else|but)|no other|none but|solely)\b/i;
const RULED_OUT = /\b(?:not|never|no|neither|nor|without|cannot)\b/i;

/** Lists that are closed by what they are: languages, countries, currencies, formats, channels. */
export function choicesOf(clause: Clause): readonly Claim[] {
  return [...wordsOf(clause), ...valuesOf(clause), ...categoriesOf(clause)];
}

function categoriesOf(clause: Clause): readonly Claim[] {
  return CATEGORIES.flatMap((category) => {
    const items = namedIn(clause.text, category);
    if (items.length === 0) return [];
    if (
      category === 'channel' &&
      !/\b(?:by|via|through|over|as|per|send|sent|get|choose|channel|notif\w*|remind\w*|inform\w*)\b/i.test(clause.text)
    )
      return [];
    if (category === 'country' && !/\b(?:for|from|to|in|country|countries|ship\w*|deliver\w*|customer\w*|market)\b/i.test(clause.text))
      return [];
    const force = ONLY.test(clause.text) ? 'only' : RULED_OUT.test(clause.text) ? 'not' : 'some';
    return [
      claimOf(clause, {
        attribute: `choice:${category}`,
        about: without(
          clause.terms,
          `${namesIn(clause.text, category).join(' ')} ${namesOf(clause.text)} language currency country format prefer charge pay`,
        ),
        holds: { kind: 'items', force, items },
        states: `${category} ${force === 'not' ? 'is none of' : force === 'only' ? 'is one of' : 'includes'} ${items.join(', ')}`,
      }),
    ];
  });
}

const LIST = /\b((?:[\w-]+, )+[\w-]+,? (?:and|or) [\w-]+|[\w-]+ or [\w-]+)\b/g;
const STATE =
  /\b(?:(?:marked|mark|set|flagged|flag|shown|listed|filed|sent|booked) as|(?:status|state|kind|type|category|level|priority|mode|role)(?: is| of| called| named| shall be| becomes)?) [“"'`]?([\w-]+)[”"'`]?/i;

/** Words in a list, or after `as`, that may be values of an enumeration. */
function wordsOf(clause: Clause): readonly Claim[] {
  if (clause.isNegated) return [];
  const items = [
    ...[...clause.text.matchAll(LIST)].flatMap(({ 1: list = '' }) => list.split(/,\s*(?:and |or )?| and | or /)),
    STATE.exec(clause.text)?.[1] ?? '',
  ]
    .map((word) => termsOf(word))
    .filter((terms) => terms.length === 1)
    .flat();
  if (items.length === 0) return [];
  return [
    claimOf(clause, {
      attribute: 'choice:own words',
      holds: { kind: 'items', force: 'some', items: [...new Set(items)] },
      states: `one of ${[...new Set(items)].join(', ')}`,
    }),
  ];
}

/** Amounts that may be values of an enumeration of numbers. */
function valuesOf(clause: Clause): readonly Claim[] {
  return clause.amounts
    .filter(({ bound, isPeriod, dimension }) => bound === 'exact' && !isPeriod && dimension !== 'count')
    .map(({ dimension, value, text }) =>
      claimOf(clause, {
        attribute: `values:${dimension}`,
        holds: { kind: 'items', force: 'some', items: [String(value)] },
        states: `value is ${text}`,
      }),
    );
}

/** Names of places, people and peoples: words with a capital that does not come from the sentence. */
const namesOf = (text: string): string => (text.match(/(?<=[a-z,] )[A-Z][a-z]+/g) ?? []).join(' ');

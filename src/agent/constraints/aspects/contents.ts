import { claimOf, without, type Clause } from '../clause.ts';
import type { Claim } from '../claim.ts';
import { narrowingIn } from '../words/nouns.ts';
import { termsOf } from '../words/terms.ts';

/** Where something stands in that others get to see. */
const CARRIERS: readonly (readonly [name: string, pattern: RegExp, words: string])[] = [
  [
    'log',
    /\blog(?:s|ged|ging|file|files| lines?| entr\w+| messages?)?\b(?! ?-?(?:in|on|out)\b)/i,
    'log line entry file write include message turn note record',
  ],
  ['url', /\b(?:urls?|query strings?|query parameters?)\b/i, 'url query string parameter'],
  [
    'email',
    /\b(?:e-?mails?|mails?|letters?|messages?|reminders?|sms|newsletters?|push notifications?)\b(?! (?:address|account))/i,
    'email message reminder sms text say send mention name',
  ],
  ['error', /\b(?:error messages?|error responses?|stack traces?)\b/i, 'error message response stack trace'],
  ['analytics', /\b(?:analytics|tracking tool|telemetry|metrics)\b/i, 'analytics tracking telemetry metric'],
];
const CARRIES =
  /\b(?:contain\w*|includ\w*|carr(?:y|ies)|shows?|hold[s]?|has|have|write|writes|written|turn up|appear\w*|log|logs|logged|list[s]?|mention\w*|nam(?:e|es|ed)|say|says|put|puts|with)\b/i;
const HOLLOW =
  'alone user person people data event success line have include application courier service write turn note full part contain carry when whenever each batch entry failed failure debug support grep find tell bad good id number code reason request response kind type case';

/** What a log, a link, a message must, or must not, carry. */
export function contentsOf(clause: Clause): readonly Claim[] {
  return CARRIERS.flatMap(([carrier, pattern, words]) => {
    if (!pattern.test(clause.text) || !CARRIES.test(clause.text)) return [];
    const barred = /\b(?:not|never|no|neither|nor|without|nothing)\b/i.test(clause.text);
    const carried = carriedIn(clause, pattern);
    // Of "the phone number of a recipient" it is the number that must not be there.
    const { narrowing } = narrowingIn(clause.text);
    const people = new Set(clause.people.map(({ name }) => name));
    const heads = carried.filter((term) => !narrowing.has(term) && !people.has(term));
    const terms = without(barred && heads.length > 0 ? heads : carried, words);
    const counts = terms.includes('aggreg');
    const items = counts && !barred ? [] : without(terms, HOLLOW).filter((term) => term !== carrier);
    if (items.length === 0) return [];
    return [
      claimOf(clause, {
        attribute: `contents:${carrier}`,
        about: items,
        holds: { kind: 'items', force: barred ? 'not' : 'some', items },
        states: `${carrier} ${barred ? 'carries none of' : 'carries'} ${items.slice(0, 6).join(', ')}`,
      }),
    ];
  });
}

/** What is carried stands behind the verb where the carrier is its subject: "a mail never says which test". */
function carriedIn({ text, terms }: Clause, pattern: RegExp): readonly string[] {
  const carrier = pattern.exec(text);
  const behind = carrier === null ? '' : text.slice(carrier.index + carrier[0].length);
  const verb = /\b(?:contains?|includes?|carries|shows?|holds?|has|lists?|mentions?|names?|says?|tells?)\b/i.exec(behind);
  const told = verb === null ? [] : termsOf(behind.slice(verb.index + verb[0].length));
  return told.length > 0 ? told : terms;
}

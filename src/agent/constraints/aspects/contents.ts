import { claimOf, without, type Clause } from '../clause.ts';
import type { Claim } from '../claim.ts';

/** Where something stands in that others get to see. */
const CARRIERS: readonly (readonly [name: string, pattern: RegExp, words: string])[] = [
  ['log', /\blog(?:s|ged|ging|file|files| lines?| entr\w+| messages?)?\b(?! ?-?(?:in|on|out)\b)/i, 'log line entry file write include message turn note record'],
  ['url', /\b(?:urls?|query strings?|query parameters?)\b/i, 'url query string parameter'],
  ['email', /\b(?:the |in |of )(?:e-?mails?|messages?|reminders?|text messages?|sms)\b/i, 'email message reminder sms text say send mention name'],
  ['error', /\b(?:error messages?|error responses?|stack traces?)\b/i, 'error message response stack trace'],
  ['analytics', /\b(?:analytics|tracking tool|telemetry|metrics)\b/i, 'analytics tracking telemetry metric'],
];
const CARRIES = /\b(?:contain\w*|includ\w*|carr(?:y|ies)|shows?|hold[s]?|has|have|write|writes|written|turn up|appear\w*|log|logs|logged|list[s]?|mention\w*|nam(?:e|es|ed)|say|says|put|puts|with)\b/i;
const HOLLOW =
  'line have include application courier service write turn note full part contain carry when whenever each batch entry failed failure debug support grep find tell bad good name id number code reason request response kind type case';

/** What a log, a link, a message must, or must not, carry. */
export function contentsOf(clause: Clause): readonly Claim[] {
  return CARRIERS.flatMap(([carrier, pattern, words]) => {
    if (!pattern.test(clause.text) || !CARRIES.test(clause.text)) return [];
    const barred = /\b(?:not|never|no|neither|nor|without|nothing)\b/i.test(clause.text);
    if (/\bwithout\b/i.test(clause.text) && !/\b(?:never|not|no)\b/i.test(clause.text.replace(/\bwithout\b/gi, ''))) {
      // "is logged without …" rules out what follows
    }
    const told = clause.text.replace(pattern, ' ');
    const terms = without(clause.terms, words);
    const items = without(terms, HOLLOW).filter((term) => told.length > 0 && term !== carrier);
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

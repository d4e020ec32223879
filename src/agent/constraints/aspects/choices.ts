import { claimOf, without, type Clause } from '../clause.ts';
import type { Claim } from '../claim.ts';
import { namedIn, namesIn, type Category } from '../words/codes.ts';

const CATEGORIES: readonly Category[] = ['language', 'country', 'currency', 'format', 'channel'];
const ONLY = /\b(?:only|alone|exclusively|nothing (?:else|but)|no other|none but|solely)\b/i;
const RULED_OUT = /\b(?:not|never|no|neither|nor|without|cannot)\b/i;

/** Lists that are closed by what they are: languages, countries, currencies, formats, channels. */
export function choicesOf(clause: Clause): readonly Claim[] {
  return CATEGORIES.flatMap((category) => {
    const items = namedIn(clause.text, category);
    if (items.length === 0) return [];
    if (category === 'channel' && !/\b(?:by|via|through|over|as|per|send|sent|get|choose|channel|notif\w*|remind\w*|inform\w*)\b/i.test(clause.text)) return [];
    if (category === 'country' && !/\b(?:for|from|to|in|country|countries|ship\w*|deliver\w*|customer\w*|market)\b/i.test(clause.text)) return [];
    const force = ONLY.test(clause.text) ? 'only' : RULED_OUT.test(clause.text) ? 'not' : 'some';
    return [
      claimOf(clause, {
        attribute: `choice:${category}`,
        about: without(clause.terms, `${namesIn(clause.text, category).join(' ')} language currency country format prefer charge pay`),
        holds: { kind: 'items', force, items },
        states: `${category} ${force === 'not' ? 'is none of' : force === 'only' ? 'is one of' : 'includes'} ${items.join(', ')}`,
      }),
    ];
  });
}

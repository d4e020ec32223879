import { wordsOf } from '../../parse/words.ts';
import { remembered } from './remembered.ts';
import { termOf } from './terms.ts';

/** What a sentence is built of: its verbs and its nouns, as terms, and the noun that it begins with. */
export interface Frame {
  readonly verbs: ReadonlySet<string>;
  readonly nouns: ReadonlySet<string>;
  readonly opens: string | undefined;
}

export const frameOf = remembered(read);

function read(text: string): Frame {
  const verbs = new Set<string>();
  const nouns = new Set<string>();
  for (const { pos, lower, text: written } of wordsOf(text)) {
    const term = termOf(lower);
    if (term === undefined || /[a-z][A-Z]/.test(written)) continue;
    if (pos === 'VERB') verbs.add(term);
    else if (pos === 'NOUN' || pos === 'PROPN') nouns.add(term);
  }
  return { verbs, nouns, opens: [...nouns][0] };
}

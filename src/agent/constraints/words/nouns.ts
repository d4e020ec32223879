import { wordsOf } from '../../parse/words.ts';
import { remembered } from './remembered.ts';
import { termOf } from './terms.ts';

/** How nouns of a text narrow one another. */
export interface Narrowing {
  /** By noun: what it is of, or what stands before it: `key` of `document`, `page` after `booking`. */
  readonly narrowed: ReadonlyMap<string, ReadonlySet<string>>;
  /** Terms that only narrow others. */
  readonly narrowing: ReadonlySet<string>;
}

export const narrowingIn = remembered(read);

function read(text: string): Narrowing {
  const narrowed = new Map<string, Set<string>>();
  const words = wordsOf(text);
  const isNoun = (at: number): boolean => /^(?:NOUN|PROPN)$/.test(words[at]?.pos ?? '') && /^\p{L}/u.test(words[at]?.text ?? '');
  const term = (at: number): string | undefined => termOf(words[at]?.lower ?? '');
  const add = (noun: string | undefined, by: string | undefined): void => {
    if (noun === undefined || by === undefined || noun === by) return;
    const all = narrowed.get(noun) ?? new Set<string>();
    all.add(by);
    narrowed.set(noun, all);
  };
  for (let at = 0; at < words.length; at++) {
    if (!isNoun(at)) continue;
    if (isNoun(at + 1)) add(term(at + 1), term(at));
    const isOf = words[at + 1]?.lower === 'of' || (/^links?$/.test(words[at]!.lower) && words[at + 1]?.lower === 'to');
    if (!isOf) continue;
    let next = at + 2;
    while (/^(?:DET|ADJ|PRON|ADV)$/.test(words[next]?.pos ?? '') && next < at + 6) next++;
    // The last of a compound is what it is of: "of a blood test".
    while (isNoun(next) && isNoun(next + 1)) next++;
    add(term(at), term(next));
    // "Names, streets and phone numbers of recipients": all three are of them.
    for (let back = at - 1; back > 0; back--) {
      if (isNoun(back)) {
        if (/^(?:and|or|,)$/.test(words[back + 1]?.lower ?? '')) add(term(back), term(next));
        else if (!isNoun(back + 1)) break;
      } else if (!/^(?:and|or|,|the|an?|full)$/.test(words[back]?.lower ?? '')) break;
    }
    if (isNoun(0) && /^(?:and|or|,)$/.test(words[1]?.lower ?? '') && at > 0 && at < 8) add(term(0), term(next));
  }
  const narrowing = new Set([...narrowed.values()].flatMap((terms) => [...terms]).filter((one) => !narrowed.has(one)));
  return { narrowed, narrowing };
}

/** Both say `the key of …`, and of different things; or what they share only narrows things that differ. */
export function areNarrowedApart(a: string, b: string, shared: readonly string[], ofA: readonly string[], ofB: readonly string[]): boolean {
  const [left, right] = [narrowingIn(a), narrowingIn(b)];
  for (const term of shared) {
    const [one, other] = [left.narrowed.get(term), right.narrowed.get(term)];
    if (
      one &&
      other &&
      ![...one].some((by) => other.has(by)) &&
      ![...one].some((by) => ofB.includes(by)) &&
      ![...other].some((by) => ofA.includes(by))
    )
      return true;
  }
  const isLoose = (term: string): boolean => left.narrowing.has(term) && right.narrowing.has(term);
  if (shared.length === 0 || !shared.every(isLoose)) return false;
  const heads = (of: Narrowing, terms: readonly string[]): readonly string[] =>
    [...of.narrowed].flatMap(([noun, by]) => (shared.some((term) => by.has(term)) && terms.includes(noun) ? [noun] : []));
  const [mine, theirs] = [heads(left, ofA), heads(right, ofB)];
  return mine.length > 0 && theirs.length > 0 && !mine.some((noun) => theirs.includes(noun));
}

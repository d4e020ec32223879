import model from 'wink-eng-lite-web-model';
import winkNLP, { type ItemToken, type ItsFunction, type PartOfSpeech } from 'wink-nlp';

/** A word or a sign of a sentence, with its part of speech. Offsets are UTF-16 units of the whole text. */
export interface Word {
  readonly text: string;
  readonly lower: string;
  readonly pos: PartOfSpeech;
  /** Lower case; "uploads" -> "upload". */
  readonly lemma: string;
  readonly start: number;
  readonly end: number;
}

/** Longest stretch given to the tagger at once, in UTF-16 units: what it costs then grows with the text, not faster. */
const LONGEST = 4000;

/**
 * Words are kept whole where the tagger cuts them ("non-technical", "cloud.gov", "date(s)", "C++", "owner's", "and/or");
 * pronouns lose what is contracted to them ("I" + "'d"), and alternatives are words of their own ("report" "/" "file").
 */
const WORD =
  /https?:\/\/[^\s<>"']{1,200}[^\s<>"'.,;:!?)\]]|and\/or\b|(?:i|you|he|she|it|we|they|that|there|what)(?=['’](?:d|m|re|ll|ve|s)\b)|['’](?:d|m|re|ll|ve)\b|[#@]?[\p{L}\p{N}_]+(?:[-.'’&+][\p{L}\p{N}_]+)*(?:\(s\)|\(es\)|\+\+|#(?!\w))?|\S/giu;

const tagger = winkNLP(model, ['sbd', 'pos']);
const { its } = tagger;

/** Words of a text from `start` to `end`, in order. Pure; anything is a text. */
export function wordsOf(text: string, start = 0, end = text.length): readonly Word[] {
  const words: Word[] = [];
  for (let from = start; from < end;) {
    const to = breakBefore(text, from, Math.min(end, from + LONGEST));
    for (const word of tag(text.slice(from, to), from)) words.push(word);
    from = to;
  }
  return words;
}

/** The same words in lower case, with plain apostrophes, untagged. */
export const tokensOf = (text: string): readonly string[] => text.match(WORD)?.map((word) => word.toLowerCase().replaceAll('’', "'")) ?? [];

/** Where to cut a stretch that is too long: at its last blank, or nowhere inside a pair of surrogates. */
function breakBefore(text: string, from: number, to: number): number {
  if (to - from < LONGEST || to === text.length) return to;
  const blank = text.lastIndexOf(' ', to - 1);
  if (blank > from + LONGEST / 2) return blank + 1;
  return /[\uD800-\uDBFF]/.test(text[to - 1] ?? '') ? to - 1 : to;
}

interface Tagged {
  readonly pos: PartOfSpeech;
  readonly lemma: string;
  readonly start: number;
}

function tag(stretch: string, offset: number): Word[] {
  const tagged: Tagged[] = [];
  let at = 0;
  tagger
    .readDoc(stretch)
    .tokens()
    .each((token: ItemToken) => {
      const value = token.out();
      const start = stretch.indexOf(value, at);
      if (start === -1) return;
      at = start + value.length;
      tagged.push({ pos: token.out(its.pos) as PartOfSpeech, lemma: token.out(its.lemma as ItsFunction<string>), start });
    });
  const words: Word[] = [];
  let next = 0;
  for (const { 0: text, index } of stretch.matchAll(WORD)) {
    while (next + 1 < tagged.length && tagged[next + 1]!.start <= index) next++;
    let last = next;
    while (last + 1 < tagged.length && tagged[last + 1]!.start < index + text.length) last++;
    const { pos, lemma } = merged(text, tagged.slice(next, last + 1));
    words.push({
      text,
      lower: text.toLowerCase().replaceAll('’', "'"),
      pos,
      lemma,
      start: offset + index,
      end: offset + index + text.length,
    });
    next = last;
  }
  return words;
}

/** What a word is that the tagger saw as several. */
function merged(text: string, parts: readonly Tagged[]): { readonly pos: PartOfSpeech; readonly lemma: string } {
  const lower = text.toLowerCase().replaceAll('’', "'");
  const [first] = parts;
  if (first === undefined) return { pos: 'X', lemma: lower };
  if (/^'(?:d|m|re|ll|ve)$/.test(lower) || lower.endsWith("n't")) return { pos: 'AUX', lemma: lower };
  if (lower === 'and/or') return { pos: 'CCONJ', lemma: lower };
  if (parts.length === 1) return first;
  if (lower.endsWith("'s")) return { pos: first.pos === 'PROPN' ? 'PROPN' : 'NOUN', lemma: lower };
  if (/^https?:/.test(lower) || /[.#+&]/.test(text)) return { pos: 'PROPN', lemma: lower };
  if (/\(e?s\)$/.test(lower)) return { pos: 'NOUN', lemma: first.lemma };
  const last = parts.at(-1)!;
  const adjective = /-/.test(text) && /(?:ed|ing|able|ible|al|ive|ful|ous|less|level|time|only|date|based|free|in|to|up|out)$/.test(lower);
  return { pos: adjective ? 'ADJ' : last.pos === 'ADP' ? 'NOUN' : last.pos, lemma: lower };
}

import { stemmer } from 'stemmer';

const WORDS = /[\p{L}\p{M}\p{N}]+/gu;
/** Between lower and upper case, before the last capital of a run (`HTTPServer`), and between letters and digits. */
const SEAMS = /(?<=[\p{Ll}\p{N}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})|(?<=\p{L})(?=\p{N})|(?<=\p{N})(?=\p{L})/u;

/** Marks above and below the letters of European alphabets. */
const MARKS = /[\u0300-\u036f]/g;
const ASCII = /^[\0-\x7f]*$/;
/** Without accents, which people leave out when they ask: `Größe` gives Große. */
const unaccented = (text: string): string => (ASCII.test(text) ? text : text.normalize('NFD').replace(MARKS, '').normalize('NFC'));

/** The words of a text in lower case and without accents, each identifier as a whole and in its parts: `getUser2` gives getuser2, get, user, 2. */
export function wordsOf(text: string): string[] {
  const words: string[] = [];
  for (const [word] of unaccented(text).matchAll(WORDS)) {
    const parts = word.split(SEAMS);
    words.push(word.toLowerCase());
    if (parts.length > 1) for (const part of parts) words.push(part.toLowerCase());
  }
  return words;
}

/** Words that say nothing of what is meant. */
export const STOP_WORDS: ReadonlySet<string> = new Set(
  'a an and are as at be but by can do does for from has have if in into is it its no not of on or should so that the their then there these this to was we when where which will with you'.split(
    ' ',
  ),
);
/** Longest word that is indexed whole: longer ones are data. */
const LONGEST_WORD = 64;

/** Terms of one word as written: texts repeat theirs. */
const termsByWord = new Map<string, readonly string[]>();
const MOST_REMEMBERED = 100_000;

/**
 * The terms of a text, in order: identifiers whole and in parts, as {@link wordsOf} gives them, without stop words, and each
 * reduced to its stem (Porter 1980, package `stemmer`), so that `flattening` finds `flatten`.
 */
export function termsOf(text: string): string[] {
  const terms: string[] = [];
  for (const [word] of text.matchAll(WORDS)) {
    let known = termsByWord.get(word);
    if (known === undefined) {
      known = word.length > LONGEST_WORD ? [] : wordsOf(word).flatMap((part) => (STOP_WORDS.has(part) ? [] : [stemmer(part)]));
      if (termsByWord.size >= MOST_REMEMBERED) termsByWord.clear();
      termsByWord.set(word, known);
    }
    for (const term of known) terms.push(term);
  }
  return terms;
}

/**
 * The words of a text for full-text search, lower case, in order: split at punctuation, at changes of case and between
 * letters and digits, so that `parseHTTPRoute2` answers to `http`. A name of several parts is also a word as a whole.
 */
export function wordsOf(text: string): string[] {
  return Array.from(text.matchAll(/[\p{L}\p{N}]+/gu), ([word]) => {
    const parts = word.match(/\p{Lu}+(?!\p{Ll})|\p{Lu}?[^\p{Lu}\p{N}]+|\p{N}+|\p{Lu}/gu) ?? [];
    const whole = word.toLowerCase();
    return parts.length > 1 ? [...parts.map((part) => part.toLowerCase()), whole] : [whole];
  }).flat();
}

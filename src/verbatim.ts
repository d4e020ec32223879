export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Where words stand in a text letter by letter, white space aside; undefined where they do not, or say nothing. */
export function verbatimIn(text: string, quote: string): Stretch | undefined {
  const words = quote.trim().split(/\s+/);
  const { length } = words.join(' '); // more words than the text has are no regular expression
  if (length > text.length || !/[\p{L}\p{N}]/u.test(quote)) return undefined;
  const match = new RegExp(words.map((word) => word.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&')).join('\\s+')).exec(text);
  return match ? { start: match.index, end: match.index + match[0].length } : undefined;
}

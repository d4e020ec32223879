import { Tiktoken } from 'js-tiktoken/lite';
import o200k from 'js-tiktoken/ranks/o200k_base';

let encoding: Tiktoken | undefined;

/**
 * What the encoder takes for one word. Its time grows with the square of a word's length, so longer ones, which are data or
 * drawings and no words, are counted in pieces: that gives some tokens more, in a time that grows with the text.
 */
const LONG_WORD = /[\p{L}\p{M}]{256,}|[^\s\p{L}\p{N}]{256,}|\s{256,}/gu;
const PIECE = 64;

/** Tokens of a text as recent models count them (o200k_base); others differ by some percent. */
export function countTokens(text: string): number {
  let tokens = 0;
  let from = 0;
  for (const { 0: word, index } of text.matchAll(LONG_WORD)) {
    tokens += encoded(text.slice(from, index));
    from = index + word.length;
    for (let at = index; at < from; at += PIECE) tokens += encoded(text.slice(at, Math.min(at + PIECE, from)));
  }
  return tokens + encoded(text.slice(from));
}

function encoded(text: string): number {
  encoding ??= new Tiktoken(o200k);
  // What looks like a control token is text like any other.
  return encoding.encode(text, [], []).length;
}

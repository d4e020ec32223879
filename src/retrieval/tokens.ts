import { Tiktoken } from 'js-tiktoken/lite';
import o200k from 'js-tiktoken/ranks/o200k_base';

let encoding: Tiktoken | undefined;

/** Tokens of a text as recent models count them (o200k_base); others differ by some percent. */
export function countTokens(text: string): number {
  encoding ??= new Tiktoken(o200k);
  // What looks like a control token is text like any other.
  return encoding.encode(text, [], []).length;
}

import { stemmer } from 'stemmer';
import { parseId } from '../model/id.ts';
import type { Node } from '../model/node.ts';

const WORDS = /[\p{L}\p{M}\p{N}]+/gu;
/** Between lower and upper case, before the last capital of a run (`HTTPServer`), and between letters and digits. */
const SEAMS = /(?<=[\p{Ll}\p{N}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})|(?<=\p{L})(?=\p{N})|(?<=\p{N})(?=\p{L})/u;

/** The words of a text in lower case, each identifier as a whole and in its parts: `getUser2` gives getuser2, get, user, 2. */
export function wordsOf(text: string): string[] {
  const words: string[] = [];
  for (const [word] of text.matchAll(WORDS)) {
    const parts = word.split(SEAMS);
    words.push(word.toLowerCase());
    if (parts.length > 1) for (const part of parts) words.push(part.toLowerCase());
  }
  return words;
}

/** Words that say nothing of what is meant. */
const STOP_WORDS = new Set(
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

/** Characters of one text that are searched: the regular expressions of the engine run out of stack over a word of megabytes. */
const LONGEST = 20_000;
const textOf = (text: string): string => wordsOf(text.slice(0, LONGEST)).join(' ');

/** How often each of them stands in the text: one field with words repeated is ranked alike by every engine, weighted fields are not. */
const REPEATED = { name: 6, path: 2, doc: 1 } as const;

/** The searchable text of a node: name, place, and what people wrote about it. */
export function searchTextOf(node: Node): string {
  const parts = parseId(node.id);
  const name = textOf(node.name);
  const path = parts ? `${pathText(parts.path)} ${textOf(parts.descriptor ?? '')}`.trim() : textOf(node.id);
  const texts = [...repeat(name, REPEATED.name), ...repeat(path, REPEATED.path), ...repeat(textOf(docOf(node)), REPEATED.doc)];
  return texts.filter(Boolean).join(' ');
}

const repeat = (text: string, times: number): string[] => Array<string>(times).fill(text);

/** Nodes come file by file. */
let lastPath = { path: '', text: '' };
function pathText(path: string): string {
  if (lastPath.path !== path) lastPath = { path, text: textOf(path) };
  return lastPath.text;
}

function docOf(node: Node): string {
  switch (node.kind) {
    case 'TestCase':
      return node.props.title;
    case 'Gap':
      return node.props.message;
    default:
      return 'doc' in node.props ? (node.props.doc ?? '') : '';
  }
}

/** A full-text expression that finds any of the words, those that say nothing only where there are no others; undefined when there are none. */
export function matchExpression(query: string): string | undefined {
  const words = wordsOf(query.slice(0, LONGEST));
  const telling = words.filter((word) => !STOP_WORDS.has(word));
  return anyOf(telling.length > 0 ? telling : words);
}

/** The same for terms of chunks. */
export const matchTerms = (query: string): string | undefined => anyOf(termsOf(query.slice(0, LONGEST)));

function anyOf(words: readonly string[]): string | undefined {
  return words.length === 0 ? undefined : [...new Set(words)].map((word) => `"${word}"`).join(' OR ');
}

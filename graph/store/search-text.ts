import { parseId } from '../model/id.ts';
import type { Node } from '../model/node.ts';

/** The searchable text of a node: name, place, and what people wrote about it. */
export type SearchText = readonly [name: string, path: string, doc: string];

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

/** Characters of one text that are searched: the regular expressions of the engine run out of stack over a word of megabytes. */
const LONGEST = 20_000;
const textOf = (text: string): string => wordsOf(text.slice(0, LONGEST)).join(' ');

export function searchTextOf(node: Node): SearchText {
  const parts = parseId(node.id);
  const path = parts ? `${pathText(parts.path)} ${textOf(parts.descriptor ?? '')}`.trim() : textOf(node.id);
  return [textOf(node.name), path, textOf(docOf(node))];
}

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

/** A full-text expression that finds any of the words; undefined when there are none. */
export function matchExpression(query: string): string | undefined {
  const words = [...new Set(wordsOf(query.slice(0, LONGEST)))];
  return words.length === 0 ? undefined : words.map((word) => `"${word}"`).join(' OR ');
}

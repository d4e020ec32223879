import type { Chunk } from '../model/chunk.ts';
import { parseId } from '../model/id.ts';
import type { Node } from '../model/node.ts';
import { STOP_WORDS, termsOf, wordsOf } from '../model/terms.ts';

/** Characters of one text that are searched: the regular expressions of the engine run out of stack over a word of megabytes. */
const LONGEST = 20_000;
const textOf = (text: string): string => wordsOf(text.slice(0, LONGEST)).join(' ');

/** The searchable text of a chunk: its terms, in order. */
export const chunkTextOf = ({ heading = '', text }: Pick<Chunk, 'heading' | 'text'>): string => termsOf(`${heading}\n${text}`).join(' ');

/** How often each of them stands in the text: one field with words repeated is ranked alike by every engine, weighted fields are not. */
const REPEATED = { name: 6, path: 2, doc: 1 } as const;

/** The searchable text of what one unit says of a node: name, place, and what people wrote about it. */
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

/** Different words of a question that are looked for. Lucene refuses more than 1,024. */
const MOST_WORDS = 900;

/** The words of a question, to be looked for in {@link searchTextOf}: those that say nothing only where there are no others. */
export function wordsAskedFor(query: string): readonly string[] {
  const words = wordsOf(query.slice(0, LONGEST));
  const telling = words.filter((word) => !STOP_WORDS.has(word));
  return different(telling.length > 0 ? telling : words);
}

/** The terms of a question, to be looked for in {@link chunkTextOf}. */
export const termsAskedFor = (query: string): readonly string[] => different(termsOf(query.slice(0, LONGEST)));

const different = (words: readonly string[]): readonly string[] => [...new Set(words)].slice(0, MOST_WORDS);

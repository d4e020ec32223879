import type { Node } from '../../../graph/model/node.ts';
import { versionOf, type QuotedFile, type QuotedFiles } from '../../retrieval/quoted-file.ts';
import type { Evidence } from '../model.ts';
import { conceptsOf } from './concepts.ts';

/** Longest quote, in UTF-16 units: what somebody reads to be convinced. */
const LONGEST = 400;
/** Lines that a contract is quoted with at most: its key and what it says it does. */
const MOST_LINES = 4;

/** The file of the thing with a sentence or the line that says what it is; undefined where no text of it was kept. */
export async function evidenceOf(node: Node, files: QuotedFiles, wanted: ReadonlySet<string>): Promise<Evidence | undefined> {
  const file = await files.of(node);
  const span = node.span;
  if (!file || !span || span.line > file.lines.length) return undefined;
  const last = Math.min(Math.max(span.endLine, span.line), file.lines.length);
  const said = sentenceOf(node);
  if (said !== undefined) {
    const quoted = quoteOfWords(node.id, file, said, span.line, last);
    if (quoted) return quoted;
  }
  switch (node.kind) {
    case 'Section':
      return quoteLines(node.id, file, bestLine(file, span.line, last, wanted));
    case 'Adr':
    case 'Policy':
    case 'Spec':
      return quoteLines(node.id, file, firstWithWords(file, span.line, last));
    case 'Operation':
      return quoteLines(node.id, file, span.line, summaryLine(file, span.line, last));
    case 'ConfigKey':
      // Its value may be a secret, marked as one or not: the name is enough.
      return quoteName(node.id, file, node.name, span.line);
    default:
      return quoteLines(node.id, file, span.line);
  }
}

/** A name that speaks of a secret, and a text that may be it. */
const SECRET = /((?:secret|password|passwd|token|credential|api_?key|private_?key)\w*['"]?\s*[:=]\s*)['"`][^'"`]{8,}/i;
export const mayHoldSecret = (text: string): boolean => SECRET.test(text);
/** What stands before a secret. */
const withoutSecret = (text: string): string => {
  const found = SECRET.exec(text);
  return found ? text.slice(0, found.index + found[1]!.length) : text;
};

/** Whole lines of a file, without the blanks around them, up to what may be a secret; undefined when there is nothing in them. */
export function quoteLines(node: string, file: QuotedFile, line: number, endLine = line): Evidence | undefined {
  const text = file.lines
    .slice(line - 1, endLine)
    .join('\n')
    .trim();
  const quote = cut(withoutSecret(text).trimEnd());
  return /[\p{L}\p{N}]/u.test(quote) ? evidence(node, file, line, line + quote.split('\n').length - 1, quote) : undefined;
}

function quoteName(node: string, file: QuotedFile, name: string, line: number): Evidence | undefined {
  return file.lines[line - 1]?.includes(name) ? evidence(node, file, line, line, name) : undefined;
}

const evidence = (node: string, file: QuotedFile, line: number, endLine: number, quote: string): Evidence => ({
  ...{ node, file: file.path, line, endLine, sha: versionOf(file), quote },
});

/** Of things that are a sentence, the sentence. */
function sentenceOf(node: Node): string | undefined {
  switch (node.kind) {
    case 'PolicyRule':
      return node.props.statement;
    case 'AcceptanceCriterion':
    case 'Nfr':
    case 'Question':
      return node.props.text;
    case 'Adr':
      return node.props.decision;
    case 'Spec':
      return node.props.doc;
    case 'TestCase':
      return node.props.title;
    default:
      return undefined;
  }
}

/** The first sentence of some words as it is written between two lines, whatever breaks and marks stand between its words. */
function quoteOfWords(node: string, file: QuotedFile, said: string, line: number, endLine: number): Evidence | undefined {
  const text = file.lines.slice(line - 1, endLine).join('\n');
  const sentence = /^.{20,}?[.!?](?=\s|$)/s.exec(said)?.[0] ?? said;
  for (const wanted of [sentence, ...clausesOf(sentence)]) {
    const words = wanted.slice(0, LONGEST).match(/[\p{L}\p{N}]+/gu) ?? [];
    if (words.length === 0) continue;
    const between = String.raw`[^\p{L}\p{N}]{1,40}?`;
    const match = new RegExp(`(?<![\\p{L}\\p{N}])[\`*_[]{0,3}${words.join(between)}(?![\\p{L}\\p{N}])[\`*_)\\]]{0,3}[.!?]?`, 'u').exec(
      text,
    );
    if (!match || match[0].length > 2 * LONGEST) continue;
    const start = line + linesIn(text.slice(0, match.index));
    return evidence(node, file, start, start + linesIn(match[0]), match[0]);
  }
  return undefined;
}

/** Where marks were left out of a sentence, its longest part without any is still as written. */
const clausesOf = (sentence: string): readonly string[] =>
  sentence
    .split(/[,;:(]/)
    .filter((clause) => (clause.match(/[\p{L}\p{N}]+/gu) ?? []).length >= 5)
    .sort((a, b) => b.length - a.length);

const linesIn = (text: string): number => text.split('\n').length - 1;

/** Of a section, the line that has most of what is looked for; its heading where none has any. */
function bestLine({ lines }: QuotedFile, line: number, endLine: number, wanted: ReadonlySet<string>): number {
  let best = { line, shared: 0 };
  for (let at = line + 1; at <= Math.min(endLine, line + 60); at++) {
    const shared = conceptsOf(lines[at - 1] ?? '').filter((concept) => wanted.has(concept)).length;
    if (shared > best.shared) best = { line: at, shared };
  }
  return best.line;
}

function firstWithWords({ lines }: QuotedFile, line: number, endLine: number): number {
  for (let at = line; at <= endLine; at++) if (/\p{L}{2}/u.test(lines[at - 1] ?? '')) return at;
  return line;
}

/** The line of a contract that tells what the operation does, or how it is called. */
function summaryLine({ lines }: QuotedFile, line: number, endLine: number): number {
  for (let at = Math.min(endLine, line + MOST_LINES - 1); at > line; at--)
    if (/^\s*["']?(?:summary|operationId)["']?\s*:/.test(lines[at - 1] ?? '')) return at;
  return line;
}

/** At the end of a word and never inside a pair of surrogates. */
function cut(text: string): string {
  if (text.length <= LONGEST) return text;
  const blank = text.lastIndexOf(' ', LONGEST);
  return text
    .slice(0, blank > LONGEST / 2 ? blank : LONGEST)
    .replace(/[\uD800-\uDBFF]$/, '')
    .trimEnd();
}

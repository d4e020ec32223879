import { isAbove } from '../graph/model/meaning.ts';
import type { LineRange } from '../graph/model/provenance.ts';

/** Characters of a piece: more does a small model not read as one thing. 600 finds as much with a third more of them, 1,200 less. */
const LONGEST = 800;
/** What ends a statement, or goes on with it, at its own indentation. */
const GOES_ON = /^\s*(?:[)\]}]|\.|(?:else|elif|catch|except|finally|rescue)\b)/;

/**
 * The pieces of a long text, whole statements or paragraphs where they are not too long themselves: what is indented less holds what
 * is indented more, so lines tell the structure of any language (chunking by syntax trees: Zhang et al., cAST, 2025).
 */
export function piecesOf(lines: readonly string[], line: number, endLine: number): readonly LineRange[] {
  const pieces: LineRange[] = [];
  for (const unit of unitsOf(lines, line, endLine)) {
    const last = pieces.at(-1);
    if (last && sizeOf(lines, last.line, unit.endLine) <= LONGEST) pieces[pieces.length - 1] = { line: last.line, endLine: unit.endLine };
    else pieces.push(unit);
  }
  return pieces;
}

/** Whether a text is too long for one vector. */
export const isLong = (lines: readonly string[], line: number, endLine: number): boolean => sizeOf(lines, line, endLine) > LONGEST;

/**
 * The smallest stretches, in order: statements; of those that are too long the statements within, which are indented more than
 * `outer`, else as many lines as fit.
 */
function unitsOf(lines: readonly string[], line: number, endLine: number, outer = -1): readonly LineRange[] {
  if (!isLong(lines, line, endLine)) return [{ line, endLine }];
  const { starts, indent } = statementsIn(lines, line, endLine, outer);
  if (starts.length === 0) return cut(lines, line, endLine);
  return [line, ...starts].flatMap((start, index) => unitsOf(lines, start, (starts[index] ?? endLine + 1) - 1, indent));
}

/** Where the outermost statements after the first line begin, with the comments above them, and how far they are indented. */
function statementsIn(
  lines: readonly string[],
  line: number,
  endLine: number,
  outer: number,
): { readonly starts: readonly number[]; readonly indent: number } {
  const at = (number: number): string => lines[number - 1] ?? '';
  const inner = range(line + 1, endLine).filter((each) => at(each).trim() !== '' && !GOES_ON.test(at(each)) && indentOf(at(each)) > outer);
  const indent = inner.reduce((least, each) => Math.min(least, indentOf(at(each))), Infinity);
  const outermost = inner.filter((each) => indentOf(at(each)) === indent);
  return { starts: outermost.filter((each, index) => !(outermost[index - 1] === each - 1 && isAbove(at(each - 1)))), indent };
}

function cut(lines: readonly string[], line: number, endLine: number): readonly LineRange[] {
  const pieces: LineRange[] = [];
  for (let from = line; from <= endLine;) {
    let to = from;
    while (to < endLine && sizeOf(lines, from, to + 1) <= LONGEST) to++;
    pieces.push({ line: from, endLine: to });
    from = to + 1;
  }
  return pieces;
}

const range = (from: number, to: number): readonly number[] => Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => from + at);
const indentOf = (text: string): number => (/^\s*/.exec(text)?.[0] ?? '').replaceAll('\t', '  ').length;

function sizeOf(lines: readonly string[], line: number, endLine: number): number {
  let size = 0;
  for (let at = line; at <= endLine; at++) size += (lines[at - 1]?.length ?? 0) + 1;
  return size - 1;
}

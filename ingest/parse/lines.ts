import type { Span } from '../../graph/model/provenance.ts';

/** Turns offsets of a text (UTF-16 units) into lines and columns, which count from 1. */
export interface Lines {
  readonly count: number;
  at(offset: number): { readonly line: number; readonly col: number };
  span(start: number, end: number): Span;
}

export function linesOf(text: string): Lines {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  const at = (place: number): { line: number; col: number } => {
    const offset = Math.min(place, text.length); // parsers place what is missing after the end
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, col: Math.max(0, offset - starts[low]!) + 1 };
  };
  return {
    count: starts.length,
    at,
    span: (start, end) => {
      const [first, last] = [at(start), at(Math.max(start, end))];
      return { line: first.line, col: first.col, endLine: last.line, endCol: last.col };
    },
  };
}

/** The whole of a file. */
export const wholeSpan = (text: string): Span => linesOf(text).span(0, text.length);

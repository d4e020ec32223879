import type { Span } from '../../graph/model/provenance.ts';

/** A stretch of a file of settings or commands that a comment heads. */
export interface HeadedStretch {
  readonly heading: string;
  readonly span: Span;
}

/** Characters of a heading; longer comments are sentences, cut at the end of one. */
const LONGEST = 100;
/** `# --- JWT Configuration ---`, `; === Mail ===`, `## Database`. */
const DECORATED = /^\s*[#;]+\s*[-=*~#─═_]{2,}\s*([^-=*~#─═_\s].*)$/;
const DOUBLED = /^\s*(?:##+|;;+)\s+(\S.*)$/;
const RULER = /^\s*[#;]+\s*[-=*~#;─═_]{3,}\s*$/;
const COMMENT = /^\s*[#;]+\s*(\S.*?)\s*$/;

/**
 * Stretches that comments head: from a decorated comment (a ruler beside it, or within it) to the next, and blocks between blank lines
 * that begin with a comment and go on with at least two lines that `isEntry` says are entries, commented out or not. In order of place.
 */
export function commentHeadings(text: string, isEntry?: (line: string) => boolean): readonly HeadedStretch[] {
  const lines = text.split('\n').map((line) => line.replace(/\r$/, ''));
  const titles = lines.flatMap((_, index) => {
    const title = titleAt(lines, index);
    return title === undefined ? [] : [title];
  });
  const found: HeadedStretch[] = titles.map(({ from, heading }, index) =>
    stretch(lines, heading, from, titles[index + 1]?.from ?? lines.length),
  );
  if (isEntry) {
    const taken = new Set(titles.flatMap(({ from, at }) => [from, at]));
    for (let from = 0; from < lines.length; from++) {
      if (lines[from]!.trim() === '' || (from > 0 && lines[from - 1]!.trim() !== '' && !taken.has(from - 1))) continue;
      let end = from;
      while (end < lines.length && lines[end]!.trim() !== '') end++;
      const heading = isEntry(lines[from]!) || taken.has(from) ? undefined : COMMENT.exec(lines[from]!)?.[1];
      if (heading !== undefined && !RULER.test(lines[from]!) && lines.slice(from, end).filter(isEntry).length >= 2)
        found.push(stretch(lines, shortened(heading), from, end));
    }
  }
  return found.sort((a, b) => a.span.line - b.span.line || b.span.endLine - a.span.endLine);
}

/** The title that stands on a line, and where what it belongs to begins. */
function titleAt(
  lines: readonly string[],
  at: number,
): { readonly heading: string; readonly from: number; readonly at: number } | undefined {
  const line = lines[at]!;
  const decorated = (DECORATED.exec(line) ?? DOUBLED.exec(line))?.[1]?.replace(/[-=*~#─═_\s]+$/, '');
  if (decorated !== undefined && /\p{L}/u.test(decorated)) return { heading: shortened(decorated), from: at, at };
  const plain = RULER.test(line) ? undefined : COMMENT.exec(line)?.[1];
  if (plain === undefined || !/\p{L}/u.test(plain)) return undefined;
  const isBoxed = at > 0 && RULER.test(lines[at - 1]!) && !COMMENT_TEXT(lines[at - 2]);
  const isUnderlined = RULER.test(lines[at + 1] ?? '') && !COMMENT_TEXT(lines[at - 1]);
  return isBoxed || isUnderlined ? { heading: shortened(plain.replace(/\s*[-=*~#;]+$/, '')), from: isBoxed ? at - 1 : at, at } : undefined;
}

const COMMENT_TEXT = (line: string | undefined): boolean => line !== undefined && COMMENT.test(line) && !RULER.test(line);

/** Lines from `from` up to `end`, without blank ones at the end. */
function stretch(lines: readonly string[], heading: string, from: number, end: number): HeadedStretch {
  let last = end - 1;
  while (last > from && lines[last]!.trim() === '') last--;
  return { heading, span: { line: from + 1, col: 1, endLine: last + 1, endCol: lines[last]!.length + 1 } };
}

const shortened = (text: string): string => (text.length <= LONGEST ? text : `${text.slice(0, LONGEST).replace(/\s+\S*$/, '')}…`);

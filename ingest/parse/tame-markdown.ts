/** Markers of quotes and lists at the beginning of a line: more nest nothing that a person wrote, and each costs time. */
const DEEPEST = 20;
/** Lines, and characters that may mean something, in one paragraph. Parsing takes time with the square of these. */
const MOST_LINES = 1000;
const MOST_MARKS = 1500;
const MOST_CELLS = 300;

const MARKS = /[[\]()*_~`<!&\\]|(?:http|www\.|@)/g;
const CONTAINERS = /^(?:[ \t]*(?:[>*+-]|\d{1,9}[.)]))+/;
/** A line that begins something new, whatever was before. */
const BEGINS = /^[ \t]{0,12}(?:[*+|-][ \t]|\d{1,9}[.)][ \t]|#{1,6}[ \t]|`{3}|~{3}|\|)/;
const FENCE = /^[ \t>]{0,12}(?:`{3,}[^`]{0,200}|~{3,}[^~]{0,200})$/;

export interface Tamed {
  /** As long as the original, with the same lines. */
  readonly text: string;
  /** Stretches that were blanked out, as offsets. */
  readonly blanked: readonly (readonly [number, number])[];
}

/**
 * Blanks out what would take a Markdown parser time with the square of its length, or as much stack as it is deep: deep
 * nesting, and paragraphs of thousands of marks or lines.
 */
export function tameMarkdown(text: string): Tamed {
  const blanked: [number, number][] = [];
  let start = 0;
  let lines = 0;
  let marks = 0;
  const close = (end: number): void => {
    if (lines > MOST_LINES || marks > MOST_MARKS) blanked.push([start, end]);
    start = end;
    lines = 0;
    marks = 0;
  };
  for (let offset = 0, next; offset < text.length; offset = next) {
    const newline = text.indexOf('\n', offset);
    next = newline < 0 ? text.length : newline + 1;
    const line = text.slice(offset, next).trimEnd();
    const prefix = CONTAINERS.exec(line)?.[0] ?? '';
    const isTooDeep = prefix.length > DEEPEST && (prefix.match(/[>*+-]|[.)]/g) ?? []).length > DEEPEST && /[>.)]|[*+-][ \t]/.test(prefix);
    if (line === '' || FENCE.test(line) || isTooDeep || isWide(line)) {
      close(offset);
      if (isTooDeep || isWide(line)) blanked.push([offset, next]);
      start = next;
      continue;
    }
    if (BEGINS.test(line)) close(offset);
    lines++;
    marks += line.match(MARKS)?.length ?? 0;
  }
  close(text.length);
  return { text: blankOut(text, blanked), blanked };
}

const isWide = (line: string): boolean => line.length > MOST_CELLS && line.split('|', MOST_CELLS + 1).length > MOST_CELLS;

function blankOut(text: string, stretches: readonly (readonly [number, number])[]): string {
  let out = '';
  let from = 0;
  for (const [start, end] of stretches) {
    out += text.slice(from, start) + text.slice(start, end).replaceAll(/[^\n]/g, ' ');
    from = end;
  }
  return out + text.slice(from);
}

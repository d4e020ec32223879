import type { Span } from '../../../graph/model/provenance.ts';

/** One heading of a Markdown text and what stands under it, up to the next heading of any level. */
export interface Block {
  /** 1–6; 0 for what stands before the first heading. */
  readonly level: number;
  readonly title: string;
  /** Titles of the headings around it, outermost first. */
  readonly within: readonly string[];
  /** From the heading to the last line of text under it. */
  readonly span: Span;
  readonly lines: readonly Line[];
}

export interface Line {
  /** From 1. */
  readonly line: number;
  readonly text: string;
}

/** A list item with its continuation lines as one text. */
export interface Item {
  /** `-`, `1.`, `2.3.` */
  readonly marker: string;
  readonly text: string;
  readonly span: Span;
}

const HEADING = /^ {0,3}(#{1,6})[ \t]+(.*)$/;
const FENCE = /^\s*(```+|~~~+)/;
const ITEM = /^(\s*)([-*+]|\d{1,9}(?:\.\d{1,9}){0,3}[.)])[ \t]+(.*)$/;

/**
 * The headings of a Markdown text. Line by line: specs are written by templates, and their lines are what people point
 * at. Fenced code and comments are left out.
 */
export function outlineOf(text: string): readonly Block[] {
  const blocks: { level: number; title: string; within: string[]; line: number; lines: Line[] }[] = [
    { level: 0, title: '', within: [], line: 1, lines: [] },
  ];
  const open: { level: number; title: string }[] = [];
  let fence = '';
  let comment = false;
  for (const [index, raw] of text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .entries()) {
    const line = index + 1;
    let row = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    const [, mark = ''] = FENCE.exec(row) ?? [];
    if (fence !== '') {
      if (mark.startsWith(fence)) fence = '';
      continue;
    }
    if (comment || row.includes('<!--')) [row, comment] = uncommented(row, comment);
    else if (mark !== '') {
      fence = mark;
      continue;
    }
    const heading = HEADING.exec(row);
    if (!heading) {
      if (row.trim() !== '') blocks.at(-1)!.lines.push({ line, text: row });
      continue;
    }
    const level = heading[1]!.length;
    const title = heading[2]!.trim().replace(/[ \t]#+$/, '');
    while ((open.at(-1)?.level ?? 0) >= level) open.pop();
    blocks.push({ level, title, within: open.map((outer) => outer.title), line, lines: [] });
    open.push({ level, title });
  }
  return blocks.map(({ line, lines, ...block }) => {
    const last = lines.at(-1);
    const endCol = last ? last.text.length + 1 : block.level === 0 ? 1 : block.title.length + block.level + 2;
    return { ...block, lines, span: { line, col: 1, endLine: last?.line ?? line, endCol } };
  });
}

/** The row without its comments, and whether one is still open at its end. */
function uncommented(row: string, isOpen: boolean): [string, boolean] {
  let kept = '';
  let at = 0;
  for (let comment = isOpen; ; comment = !comment) {
    const next = row.indexOf(comment ? '-->' : '<!--', at);
    if (!comment) kept += next < 0 ? row.slice(at) : row.slice(at, next);
    if (next < 0) return [kept, comment];
    at = next + (comment ? 3 : 4);
  }
}

/** The list items under a heading, nested ones by themselves. */
export function itemsUnder({ lines }: Pick<Block, 'lines'>): readonly Item[] {
  const items: { marker: string; text: string; span: Span }[] = [];
  let before = 0;
  for (const { line, text } of lines) {
    const item = ITEM.exec(text);
    const last = items.at(-1);
    if (item) {
      const [, indent = '', marker = '', rest = ''] = item;
      items.push({ marker, text: rest.trim(), span: { line, col: indent.length + 1, endLine: line, endCol: text.length + 1 } });
    } else if (last && (/^\s/.test(text) || line === before + 1)) {
      last.text += ` ${text.trim()}`;
      last.span = { ...last.span, endLine: line, endCol: text.length + 1 };
    }
    before = line;
  }
  return items;
}

/** What stands before the first list item. */
export const proseUnder = ({ lines }: Pick<Block, 'lines'>): string => {
  const list = lines.findIndex(({ text }) => ITEM.test(text));
  return (list < 0 ? lines : lines.slice(0, list)).map(({ text }) => text.trim()).join(' ');
};

/** Markdown without its emphasis. */
export const unstyled = (text: string): string =>
  text
    .replace(/\*\*|__/g, '')
    .replace(/\s+/g, ' ')
    .trim();

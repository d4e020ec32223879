import { styleText } from 'node:util';
import type { Effect, Verdict } from '../../graph/query/change.ts';

type Format = Parameters<typeof styleText>[0];

/** True where colours are seen: on a terminal, unless NO_COLOR or TERM says otherwise. */
const coloured = process.stdout.isTTY && process.stdout.hasColors();

const paint =
  (format: Format) =>
  (text: string): string =>
    coloured ? styleText(format, text) : text;

export const bold = paint('bold');
export const dim = paint('dim');

const COLOURS = {
  breaks: 'red',
  breaking: 'red',
  unknown: 'yellow',
  'behaves-differently': 'cyan',
  review: 'magenta',
  compatible: 'green',
} satisfies Record<Effect | Verdict, Format>;

export const paintEffect = (effect: Effect | Verdict, text: string): string => paint(COLOURS[effect])(text);

/** Rows as aligned columns, two spaces apart; the last column is not padded. */
export function columns(rows: readonly (readonly string[])[], indent = '  '): string {
  const widths: number[] = [];
  for (const row of rows) row.forEach((cell, at) => (widths[at] = Math.max(widths[at] ?? 0, cell.length)));
  return rows
    .map((row) => indent + row.map((cell, at) => (at === row.length - 1 ? cell : cell.padEnd(widths[at]!))).join('  ') + '\n')
    .join('');
}

export const count = (n: number, one: string, many = `${one}s`): string => `${n.toLocaleString('en')} ${n === 1 ? one : many}`;

import { visibleLine } from '../../visible.ts';

/** Characters of a text in a comment or title. */
const LONGEST = 400;

/** For titles and comments: on one line and not endless. */
export const titled = (text: string): string => {
  const line = visibleLine(text);
  return line.length > LONGEST ? `${line.slice(0, LONGEST).replace(/[\ud800-\udbff]$/, '')}…` : line;
};

/** A text within a block comment of TypeScript, which it cannot end. */
export const commented = (text: string): string => titled(text).replaceAll('*/', '*\\/');

/** A text as a string literal of TypeScript. */
export function literal(text: string): string {
  const inner = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
  return `'${inner.replace(/[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)}'`;
}

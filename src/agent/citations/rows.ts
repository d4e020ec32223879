import { lastLineOf } from '../../../graph/model/provenance.ts';
import { firstLineOf } from '../../../graph/model/meaning.ts';
import type { Node } from '../../../graph/model/node.ts';

/** Kinds that are a file, or stand for all of one. */
const WHOLE_FILES: ReadonlySet<Node['kind']> = new Set([
  'Module',
  'TestFile',
  'Document',
  'Adr',
  'Policy',
  'Spec',
  'Migration',
  'Api',
  'Package',
  'Repository',
]);

/** A text without what differs between editors. */
export const normal = (text: string): string => text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
export const rowsOf = (text: string): readonly string[] => normal(text).split('\n');

/** Lines `line` to `endLine`, from 1; empty where there are fewer. */
export const within = (rows: readonly string[], line: number, endLine: number): string =>
  endLine > rows.length ? '' : rows.slice(line - 1, endLine).join('\n');

/** The lines of a thing, with the comments and annotations above it. */
export function placeOf({ kind, span }: Node, rows: readonly string[]): { readonly from: number; readonly to: number } {
  if (!span || WHOLE_FILES.has(kind)) return { from: 1, to: rows.length };
  return { from: firstLineOf(span.line, rows), to: Math.min(lastLineOf(span), rows.length) };
}

import type { Diagnostic } from '../../graph/model/provenance.ts';
import type { At } from '../keys.ts';

/** Somebody named something on purpose that is not there. */
export const unknownReference = (file: string, { line, col }: At, ref: string): Diagnostic => ({
  code: 'unknown-reference',
  severity: 'warning',
  message: `${ref} names nothing in the graph. Correct the name (docs/reference/names.md), or add what it names.`,
  file,
  span: { line, col, endLine: line, endCol: col + ref.length },
});

import type { Diagnostic } from '../../../../graph/model/provenance.ts';
import { columns, dim, paintEffect, visible } from '../../style.ts';

const PAINT = { error: 'breaking', warning: 'unknown', info: 'review' } as const;

/** What is wrong with files, where it stands. */
export const renderDiagnostics = (diagnostics: readonly Diagnostic[]): string =>
  columns(
    diagnostics.map(({ file = '', span, severity, message, code }) => [
      visible(span ? `${file}:${span.line}:${span.col}` : file),
      paintEffect(PAINT[severity], severity),
      `${visible(message)} ${dim(`[${code}]`)}`,
    ]),
    '',
  );

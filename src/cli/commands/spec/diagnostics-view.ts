import type { Span } from '../../../../graph/model/provenance.ts';
import { columns, dim, paintEffect } from '../../style.ts';
import { visible } from '../../../visible.ts';

const PAINT = { error: 'breaking', warning: 'unknown', info: 'review' } as const;

interface Told {
  readonly file?: string | undefined;
  readonly span?: Span | undefined;
  readonly severity: keyof typeof PAINT;
  readonly message: string;
  readonly code: string;
}

/** What is wrong with files, where it stands. */
export const renderDiagnostics = (diagnostics: readonly Told[]): string =>
  columns(
    diagnostics.map(({ file = '', span, severity, message, code }) => [
      visible(span ? `${file}:${span.line}:${span.col}` : file),
      paintEffect(PAINT[severity], severity),
      `${visible(message)} ${dim(`[${code}]`)}`,
    ]),
    '',
  );

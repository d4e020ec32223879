import type { StoredText } from '../../../../graph/store/store.ts';
import { versionOf } from '../../../retrieval/quoted-file.ts';
import type { Evidence } from '../../model.ts';

/** A file of the graph that is quoted from. */
export interface QuotedText {
  readonly repo: string;
  readonly path: string;
  readonly text: string;
  readonly lines: readonly string[];
  readonly sha: string;
}

export const quotedText = (repo: string, path: string, stored: StoredText): QuotedText => ({
  repo,
  path,
  text: stored.text,
  lines: stored.text.split(/\r?\n/),
  sha: versionOf(stored),
});

/** Lines of a file as evidence; the quote is `said` where it stands in them as it is, else the lines themselves. */
export function evidenceAt(file: QuotedText, node: string, line: number, endLine: number, said?: string): Evidence {
  const last = Math.max(line, Math.min(endLine, file.lines.length));
  const rows = file.lines.slice(line - 1, last).join('\n');
  return {
    node,
    file: file.path,
    line,
    endLine: last,
    sha: file.sha,
    quote: said !== undefined && rows.includes(said) ? said : rows.trim(),
  };
}

/** The lines from `start` to `end`, offsets into the text of a file. */
export function evidenceFrom(file: QuotedText, node: string, start: number, end: number): Evidence {
  const before = file.text.slice(0, start).split('\n').length;
  const quote = file.text.slice(start, end);
  return { node, file: file.path, line: before, endLine: before + quote.split('\n').length - 1, sha: file.sha, quote };
}

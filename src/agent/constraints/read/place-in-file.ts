import { versionOf, type QuotedFile } from '../../../retrieval/quoted-file.ts';
import type { Evidence } from '../../model.ts';

/** A text with a name that is quoted from: a file of the graph, or a request. */
export type Quotable = Pick<QuotedFile, 'path' | 'text' | 'commit' | 'lines'>;

/** Lines of a file as evidence; the quote is `said` where it stands in them as it is, else the lines themselves. */
export function evidenceAt(file: Quotable, node: string, line: number, endLine: number, said?: string): Evidence {
  const last = Math.max(line, Math.min(endLine, file.lines.length));
  const rows = file.lines.slice(line - 1, last).join('\n');
  return {
    node,
    file: file.path,
    line,
    endLine: last,
    sha: versionOf(file),
    quote: said !== undefined && rows.includes(said) ? said : rows.trim(),
  };
}

/** The lines from `start` to `end`, offsets into the text of a file. */
export function evidenceFrom(file: Quotable, node: string, start: number, end: number): Evidence {
  const before = file.text.slice(0, start).split('\n').length;
  const quote = file.text.slice(start, end);
  return { node, file: file.path, line: before, endLine: before + quote.split('\n').length - 1, sha: versionOf(file), quote };
}

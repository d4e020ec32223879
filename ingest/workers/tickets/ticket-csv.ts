import { CsvError, parse } from 'csv-parse/sync';
import type { Diagnostic, Span } from '../../../graph/model/provenance.ts';
import { fromJiraMarkup, LONGEST_BODY, MOST_TICKETS, PROJECT_KEY, stateOf, urlOf, type Ticket } from './ticket.ts';

/** Characters of a header line, and of a row. */
const LONGEST_ROW = 1_000_000;

/** What the columns are called by Jira, Linear, and tables that people keep of GitHub's issues. */
const COLUMNS = {
  key: ['issue key', 'identifier', 'key', 'id', 'number'],
  title: ['summary', 'title'],
  body: ['description', 'body'],
  state: ['status', 'state'],
  url: ['url', 'html_url', 'link'],
} as const;

/** A header with a key and a title, and a first row that begins as one of a tracker does. */
export function isTicketCsv(text: string): boolean {
  const start = text.slice(0, 20_000).replace(/^\uFEFF/, '');
  const header = /^[^\n]*/.exec(start)![0].toLowerCase();
  if (/(?:^|,)"?issue key"?(?:,|\r?$)/.test(header)) return /(?:^|,)"?summary"?(?:,|\r?$)/.test(header);
  const hasTitle = /(?:^|,)"?(?:title|summary)"?(?:,|\r?$)/.test(header);
  const hasKey = /(?:^|,)"?(?:id|key|identifier)"?(?:,|\r?$)/.test(header);
  if (hasTitle && hasKey) return /\n(?:[^\n",]{0,100},|"[^"\n]{0,100}",){0,3}"?[A-Z][A-Z0-9_]{0,14}-\d{1,9}"?(?:,|\r?\n|$)/.test(start);
  return hasTitle && /(?:^|,)"?number"?(?:,|\r?$)/.test(header) && /https?:\/\/[^\s",]{1,300}\/issues\/\d/.test(start);
}

export function readTicketCsv(text: string, path: string): { tickets: readonly Ticket[]; diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const rows: { readonly record: readonly string[]; readonly last: number }[] = [];
  try {
    // The parser counts a line break of two characters within quotes twice.
    parse(text.replaceAll('\r\n', '\n'), {
      bom: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      max_record_size: LONGEST_ROW,
      to: MOST_TICKETS + 1,
      // Rows before a broken one count.
      on_record: (record: string[], { lines }) => {
        rows.push({ record, last: lines });
        return null;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error['lines'] === 'number' && error['lines'] > 0 ? error['lines'] : 1;
    const message = `Is not valid CSV: ${error.message.slice(0, 300)}. The rows before are read.`;
    diagnostics.push({ code: 'parse-failure', severity: 'warning', message, file: path, span: { line, col: 1, endLine: line, endCol: 1 } });
  }
  const [header, ...records] = rows;
  const names = header?.record.map((name) => name.trim().toLowerCase()) ?? [];
  const at = (wanted: readonly string[]): number => wanted.map((name) => names.indexOf(name)).find((index) => index >= 0) ?? -1;
  const [key, title, body, state, url] = [at(COLUMNS.key), at(COLUMNS.title), at(COLUMNS.body), at(COLUMNS.state), at(COLUMNS.url)];
  const isJira = names.includes('issue key');
  let previous = header?.last ?? 0;
  const tickets = records.flatMap(({ record, last }): readonly Ticket[] => {
    const span: Span = { line: Math.min(previous + 1, last), col: 1, endLine: last, endCol: 1 };
    previous = last;
    const name = record[key]?.trim() ?? '';
    const isKey = PROJECT_KEY.test(name);
    if (!isKey && !/^\d{1,9}$/.test(name)) return [];
    const text = (record[body] ?? '').slice(0, LONGEST_BODY);
    return [
      {
        key: name,
        source: isJira ? 'jira' : isKey ? 'linear' : 'github',
        title: record[title]?.trim() || name,
        body: isJira ? fromJiraMarkup(text) : text,
        ...stateOf(record[state]),
        ...urlOf(record[url]),
        span,
        bodySpan: span,
      },
    ];
  });
  return { tickets, diagnostics };
}

import { documentId, ticketId } from '../../../graph/model/id.ts';
import { collectFacts } from '../../facts.ts';
import type { Source, SourceFacts, SourceFormat } from '../../file-worker.ts';
import { wholeSpan } from '../../parse/lines.ts';
import { documentRole, MARKDOWN, readMarkdown } from '../../parse/markdown.ts';
import { mentionsIn, shortened } from '../../parse/mentions.ts';
import { isTicketCsv, readTicketCsv } from './ticket-csv.ts';
import { isTicketJson, readTicketJson } from './ticket-json.ts';
import { readTicketMarkdown } from './ticket-markdown.ts';
import { baseName } from '../../parse/paths.ts';

const CSV = /\.csv$/i;

/** Tickets: exports of GitHub, Jira and Linear as JSON or CSV, and Markdown files that are one ticket each. */
export const ticketsFormat: SourceFormat = {
  name: 'tickets',
  version: 2,
  claims: (path) => MARKDOWN.test(path) || CSV.test(path) || /\.json$/i.test(path),
  recognises: (text, path) =>
    MARKDOWN.test(path) ? documentRole(path, text) === 'ticket' : CSV.test(path) ? isTicketCsv(text) : isTicketJson(text, path),
  read: (source) => (MARKDOWN.test(source.path) ? readTicketMarkdown(source) : readExport(source)),
};

function readExport({ repo, path, text }: Pick<Source, 'repo' | 'path' | 'text'>): SourceFacts {
  const facts = collectFacts(path);
  const { tickets, diagnostics } = CSV.test(path) ? readTicketCsv(text, path) : readTicketJson(text, path);
  facts.diagnose(...diagnostics);
  const name = baseName(path);
  const document = facts.node({ id: documentId(repo, path), kind: 'Document', name, repo, file: path, span: wholeSpan(text), props: {} });
  facts.key({ key: 'document', id: document });
  const known = new Set<string>();
  for (const { key, title, body, source, state, url, span, bodySpan } of tickets) {
    if (known.has(key)) continue;
    known.add(key);
    const id = ticketId(repo, key);
    const { line, col } = bodySpan;
    facts.node({
      id,
      kind: 'Ticket',
      name: title,
      repo,
      file: path,
      span,
      props: {
        source,
        ...(state === undefined ? {} : { state }),
        ...(url === undefined ? {} : { url }),
        doc: shortened(`${key} ${title}. ${body.slice(0, 1000)}`),
      },
    });
    facts.edge(document, 'CONTAINS', id, span, 'ticket-export');
    facts.key({ key: 'document', id });
    // Of a body that is one value of a file, only the value has a place.
    for (const mention of mentionsIn(readMarkdown(`${title}\n\n${body}`, path), () => ({ from: id }))) facts.key({ ...mention, line, col });
  }
  return facts.done();
}

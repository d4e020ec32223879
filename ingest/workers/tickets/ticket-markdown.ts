import { ticketId } from '../../../graph/model/id.ts';
import type { Source, SourceFacts } from '../../file-worker.ts';
import { readMarkdown, stemOf } from '../../parse/markdown.ts';
import { excerptsOf, mentionsIn, shortened } from '../../parse/mentions.ts';
import { memberOf } from '../../parse/tree.ts';
import { stateOf, urlOf } from './ticket.ts';

const KEY_IN_NAME = /^(?:[A-Z][A-Z0-9]{1,9}-\d+|\d+)(?=[-_. ]|$)/;

/** A ticket in a Markdown file of its own: its key is in the front matter, or begins the name of the file. */
export function readTicketMarkdown({ repo, path, text }: Pick<Source, 'repo' | 'path' | 'text'>): SourceFacts {
  const document = readMarkdown(text, path);
  const matter = document.frontMatter?.value;
  const field = (...names: readonly string[]): string | undefined => {
    for (const name of names) {
      const value = memberOf(matter, name);
      if ((typeof value === 'string' && value.trim() !== '') || typeof value === 'number') return String(value).trim();
    }
    return undefined;
  };
  const key = (field('key', 'ticket', 'id') ?? KEY_IN_NAME.exec(stemOf(path))?.[0] ?? stemOf(path)).replace(/^#(?=\d)/, '').slice(0, 100);
  const id = ticketId(repo, key);
  const title = document.title?.replace(/^\[?#?(?:[A-Z][A-Z0-9]{1,9}-\d+|\d+)\]?\s*[:.–—-]\s*/, '') ?? key;
  const excerpt = [...excerptsOf(document.blocks).values()].find((part) => part !== '') ?? '';
  return {
    nodes: [
      {
        id,
        kind: 'Ticket',
        name: title,
        repo,
        file: path,
        span: document.span,
        props: {
          source: 'markdown',
          ...stateOf(field('status', 'state')),
          ...urlOf(field('url', 'link')),
          doc: shortened(`${key} ${title}. ${excerpt}`),
        },
      },
    ],
    edges: [],
    diagnostics: document.diagnostics,
    keys: [{ key: 'document', id }, ...mentionsIn(document, () => ({ from: id }))],
  };
}

import { isRecord, itemsOf, memberOf, readTrees, textOf, type Tree, type TreePath } from '../../parse/tree.ts';
import type { Diagnostic } from '../../../graph/model/provenance.ts';
import { fromJiraMarkup, LONGEST_BODY, MOST_TICKETS, PROJECT_KEY, stateOf, urlOf, type Ticket } from './ticket.ts';

/** Characters at the beginning of a text that are looked at. */
const LOOKED_AT = 200_000;
const GITHUB_URL = /"(?:html_url|url)"\s*:\s*"https?:\/\/[^"\s]{1,300}\/issues\/\d/;
const TICKETS_PATH = /(?:^|[/._-])(?:issues|tickets|github|jira|linear)(?:[/._-]|$)/i;

/** Whether a JSON text holds tickets: of GitHub (its API, or `gh issue list --json`), Jira or Linear. */
export function isTicketJson(text: string, path: string): boolean {
  const start = text.slice(0, LOOKED_AT);
  if (!/^\uFEFF?\s*[[{]/.test(start)) return false;
  if (/"fields"\s*:\s*\{/.test(start)) return /"key"\s*:\s*"[A-Z][A-Z0-9_]{0,14}-\d/.test(start);
  if (!/"title"\s*:\s*"/.test(start)) return false;
  if (/"identifier"\s*:\s*"[A-Z][A-Z0-9_]{0,14}-\d/.test(start)) return true;
  return /"number"\s*:\s*\d/.test(start) && (GITHUB_URL.test(start) || (/"(?:body|state)"\s*:/.test(start) && TICKETS_PATH.test(path)));
}

export function readTicketJson(text: string, path: string): { tickets: readonly Ticket[]; diagnostics: readonly Diagnostic[] } {
  const {
    trees: [tree],
    diagnostics,
  } = readTrees(text, path);
  if (!tree) return { tickets: [], diagnostics };
  const [at, items] = listIn(tree.value);
  const tickets = items.slice(0, MOST_TICKETS).flatMap((item, index) => readOne(tree, [...at, index], item) ?? []);
  return { tickets, diagnostics };
}

/** The list of tickets: the whole, or where GraphQL and search answers have it. */
function listIn(value: unknown): readonly [at: TreePath, items: readonly unknown[]] {
  for (const at of [
    [],
    ['issues'],
    ['tickets'],
    ['items'],
    ['nodes'],
    ['data', 'issues'],
    ['issues', 'nodes'],
    ['data', 'issues', 'nodes'],
  ]) {
    const found = at.reduce(memberOf, value);
    if (Array.isArray(found)) return [at, found as readonly unknown[]];
  }
  return [[], []];
}

function readOne(tree: Tree, at: TreePath, item: unknown): Ticket | undefined {
  const text = (...names: readonly string[]): string | undefined => textOf(names.reduce(memberOf, item));
  const made = (source: Ticket['source'], key: string, body: string, bodyAt: readonly string[], more: Partial<Ticket>): Ticket => ({
    source,
    key,
    title: (text('title') ?? text('fields', 'summary') ?? key).trim(),
    body: body.slice(0, LONGEST_BODY),
    span: tree.spanOf(at),
    bodySpan: tree.spanOf([...at, ...bodyAt]),
    ...more,
  });
  const key = text('key');
  if (key !== undefined && PROJECT_KEY.test(key) && isRecord(memberOf(item, 'fields'))) {
    const description = memberOf(memberOf(item, 'fields'), 'description');
    const body = typeof description === 'string' ? fromJiraMarkup(description) : textOfDocument(description);
    const site = /^https?:\/\/[^/]+/.exec(text('self') ?? '')?.[0];
    return made('jira', key, body, ['fields', 'description'], {
      ...stateOf(text('fields', 'status', 'name')),
      ...urlOf(site === undefined ? undefined : `${site}/browse/${key}`),
    });
  }
  const identifier = text('identifier');
  if (identifier !== undefined && PROJECT_KEY.test(identifier))
    return made('linear', identifier, text('description') ?? '', ['description'], {
      ...stateOf(text('state', 'name') ?? text('state') ?? text('status')),
      ...urlOf(text('url')),
    });
  const number = memberOf(item, 'number');
  // What GitHub's API lists beside issues are pull requests.
  if (typeof number !== 'number' || !Number.isSafeInteger(number) || text('title') === undefined) return undefined;
  if (isRecord(memberOf(item, 'pull_request'))) return undefined;
  return made('github', String(number), text('body') ?? '', ['body'], {
    ...stateOf(text('state')),
    ...urlOf(text('html_url') ?? text('url')),
  });
}

/** The text of a document as Jira Cloud keeps it, code in backticks. Without recursion, because depth is the writer's. */
function textOfDocument(document: unknown): string {
  let text = '';
  const stack: unknown[] = [document];
  while (stack.length > 0 && text.length < LONGEST_BODY) {
    const node = stack.pop();
    if (typeof node === 'string') text += node;
    if (!isRecord(node)) continue;
    const written = textOf(memberOf(node, 'text')) ?? '';
    const isCode = itemsOf(memberOf(node, 'marks')).some((mark) => memberOf(mark, 'type') === 'code');
    text += isCode ? `\`${written}\`` : written;
    const kind = textOf(memberOf(node, 'type')) ?? '';
    const [before, after] =
      kind === 'codeBlock' ? ['\n```\n', '\n```\n'] : /^(?:paragraph|heading|listItem)$/.test(kind) ? ['', '\n\n'] : ['', ''];
    stack.push(after, ...itemsOf(memberOf(node, 'content')).toReversed(), before);
  }
  return text;
}

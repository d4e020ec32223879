import type { NodeId } from '../../graph/model/id.ts';
import type { MentionKey } from '../keys.ts';
import { fencedNames } from './fenced-names.ts';
import type { Markdown, MarkdownBlock } from './markdown.ts';

/** Things that one document is taken to name: what names more is a generated list. */
const MOST_MENTIONS = 600;
const LONGEST = 200;

const NOTHING_NAMED = new Set(
  (
    'true false null undefined NaN any unknown never void string number boolean object symbol bigint this self super ' +
    'String Number Boolean Object Array Promise Map Set Date Error Function RegExp Symbol Record Partial Readonly JSON Math ' +
    'console.log console.error module.exports exports require async/await node_modules TODO FIXME GET POST PUT PATCH DELETE ' +
    'HEAD OPTIONS HTTP HTTPS JSON YAML HTML CSS'
  ).split(' '),
);
const COMMAND =
  /^(?:\$ |> ?|(?:npm|npx|yarn|pnpm|bun|deno|node|git|docker|docker-compose|kubectl|helm|terraform|curl|cd|cp|mv|rm|ls|mkdir|cat|echo|export|sudo|brew|apt|apt-get|pip|make|go|cargo|bash|sh|ssh) )/;
const NO_NAME = /^(?:-{1,2}[\w-]|[\d\s.,:;+\-*/<>=!?%^~v]+$|[^\p{L}]+$)/u;
/** One word without anything that makes it a name: `user`, `id`. */
const BARE_WORD = /^\p{Ll}+$/u;
/** A heading that is nothing but a name: `invoice.paid`, `POST /parcels`. */
const NAMING_HEADING = /^(?:(?:GET|POST|PUT|PATCH|DELETE) \/\S*|[\w-]+(?:[.:/][\w-]+)+)$/;
const REQUEST = /^(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS) \//;
const IMAGE = /\.(?:png|jpe?g|gif|svg|webp|ico|avif|mp4|webm)(?:[?#]|$)/i;

/** Names that stand out in prose: of the grammar of names, decisions, criteria and requests. */
const IN_PROSE = new RegExp(
  [
    String.raw`\b(?:api|gql|event|svc|table|env|adr|policy|spec|ticket|code|doc):[\w@][^\s,;)\]}'"]{1,150}`,
    String.raw`\bADR[-_ #]{0,2}\d{1,5}\b`,
    String.raw`\b[A-Za-z][\w-]{1,60}/(?:AC|NFR|REQ)-\d{1,4}\b`,
    String.raw`\b(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS) /[\w\-./{}:$*]{0,150}`,
  ].join('|'),
  'g',
);

/**
 * What a document names, each thing once for each node it is `of`: code spans, targets of links, identifiers and requests
 * in fenced code, and names in prose that cannot be anything else. What never names anything is left out.
 */
export function mentionsIn(
  document: Pick<Markdown, 'mentions' | 'blocks' | 'fences'> & Partial<Pick<Markdown, 'sections'>>,
  of: (section: number) => { readonly from: NodeId; readonly governs?: true },
): readonly MentionKey[] {
  const found = new Map<string, MentionKey>();
  const add = (section: number, text: string, form: MentionKey['form'], line: number, col: number, planned?: true): void => {
    if (found.size >= MOST_MENTIONS) return;
    const { from, governs } = of(section);
    const id = `${from}\n${text}`;
    if (found.has(id)) return;
    found.set(id, {
      key: 'mention',
      from,
      text,
      form,
      line,
      col,
      ...(governs && form !== 'fence' ? { governs } : {}),
      ...(planned ? { planned } : {}),
    });
  };
  for (const [section, { heading, span }] of (document.sections ?? []).entries())
    if (NAMING_HEADING.test(heading)) add(section, heading, 'code', span.line, span.col);
  for (const { section, form, text, line, col, planned } of document.mentions) {
    const named = form === 'link' ? linkTarget(text) : codeSpan(text);
    if (named !== undefined) add(section, named, form, line, col, planned);
    else if (form === 'code' && BARE_WORD.test(text.trim()) && text.length > 1 && !NOTHING_NAMED.has(text.trim()))
      add(section, text.trim(), 'word', line, col);
  }
  for (const { section, text, line, col } of document.blocks)
    for (const [named] of text.matchAll(IN_PROSE)) add(section, named.replace(/[.:]+$/, ''), 'prose', line, col);
  for (const { section, language, text, line } of document.fences)
    for (const name of fencedNames(language, text)) add(section, name.text, 'fence', line + name.line, 1);
  return [...found.values()].sort((a, b) => a.line - b.line || a.col - b.col);
}

/** What a code span names; undefined where it names nothing. */
export function codeSpan(written: string): string | undefined {
  const text = written
    .trim()
    .replace(/^(['"])(.*)\1$/, '$2')
    .replace(/[;,]$/, '');
  if (text.length < 2 || text.length > LONGEST || text.includes('\n')) return undefined;
  if (NOTHING_NAMED.has(text) || COMMAND.test(text) || NO_NAME.test(text) || BARE_WORD.test(text)) return undefined;
  return /\s/.test(text) && !REQUEST.test(text) && !/^[a-z]{2,8}:\S/.test(text) ? undefined : text;
}

/** A link into the repository, as written. */
function linkTarget(written: string): string | undefined {
  if (written === '' || written.length > LONGEST || /^(?:[a-z][a-z0-9+.-]*:|\/\/|#|\?)/i.test(written) || IMAGE.test(written))
    return undefined;
  return written;
}

const LONGEST_EXCERPT = 300;

/** The beginning of what stands in each section itself, by position; -1 is what stands before the first heading. */
export function excerptsOf(blocks: readonly MarkdownBlock[]): ReadonlyMap<number, string> {
  const excerpts = new Map<number, string>();
  for (const { section, text } of blocks) {
    const before = excerpts.get(section) ?? '';
    if (before.length < LONGEST_EXCERPT) excerpts.set(section, `${before} ${text.slice(0, 2 * LONGEST_EXCERPT)}`);
  }
  return new Map([...excerpts].map(([section, text]) => [section, shortened(text)]));
}

/** On one line, with at most about 300 characters, cut between words. */
export function shortened(text: string): string {
  const flat = text.replaceAll(/\s+/g, ' ').trim();
  if (flat.length <= LONGEST_EXCERPT) return flat;
  const cut = flat.lastIndexOf(' ', LONGEST_EXCERPT);
  return `${flat.slice(0, cut > LONGEST_EXCERPT / 2 ? cut : LONGEST_EXCERPT)}…`;
}

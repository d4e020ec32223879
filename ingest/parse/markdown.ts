import GithubSlugger from 'github-slugger';
import remarkFrontmatter from 'remark-frontmatter';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import type { Diagnostic, Span } from '../../graph/model/provenance.ts';
import { linesOf, type Lines } from './lines.ts';
import { tameMarkdown } from './tame-markdown.ts';
import { memberOf, readTrees, type Tree } from './tree.ts';
import { baseName } from './paths.ts';

/** What a document is for. One kind of worker reads each: a file is stated once. */
export type DocumentRole = 'adr' | 'policy' | 'spec-kit' | 'openspec' | 'kiro' | 'ticket' | 'doc';

export const MARKDOWN = /\.(?:md|mdx|markdown)$/i;
/** Characters at the beginning of a text that are looked at. */
const LOOKED_AT = 20_000;

const OPENSPEC = /(?:^|\/)openspec\//;
const KIRO = /(?:^|\/)\.kiro\//;
const SPEC_KIT = /(?:^|\/)(?:\.specify\/|specs\/(?:.+\/)?(?:spec|plan|tasks)\.md$)/;

/** A folder of architecture decision records. */
export const ADR_FOLDER = /^(?:adrs?|decisions?|architecture[-_]decisions?|decision[-_]records?|architecture[-_]decision[-_]records?)$/i;
/** `0003-title`, `adr-003-title`, `ADR0003`, `20200924-title`. */
export const ADR_FILE = /^(?:adr[-_ ]?)?(\d{1,8})(?:[-_. ].*)?$/i;
const NO_RECORD = /^(?:readme|index|template|.*[-_]template|template[-_].*|adr[-_]template.*|toc|contributing|changelog|agents|claude)$/i;
const ADR_NAMED = /^adr[-_ ]?\d{1,5}(?:[-_. ]|$)/i;
const ADR_HEADING = /^#{1,4}[ \t]+(?:\d+\.[ \t]+)?(?:status|context|decision|considered options|decision drivers)\b/im;

const POLICY_FOLDER = /(?:^|\/)polic(?:y|ies)\//i;
const POLICY_FILE = /(?:^|\/)(?:security|[^/]*[-_ ]policy|policy)\.(?:md|mdx|markdown)$/i;
const POLICY_TITLE = /^(?:---\r?\n[^]{0,2000}?\r?\n---\r?\n)?\s{0,100}#[ \t]+[^\n]{1,200}\bpolicy[ \t]*\r?$/im;

const TICKET_FOLDER = /(?:^|\/)(?:tickets|issues|stories|requirements)\//i;
const TICKET_FILE = /(?:^|\/)(?:[A-Z][A-Z0-9]{1,9}-\d+|\d+)(?:[-_. ][^/]*)?\.(?:md|mdx|markdown)$/;

/**
 * Which worker a Markdown file belongs to, by its path and the beginning of its text. Regular expressions only: asked of
 * every such file on every run.
 */
export function documentRole(path: string, text: string): DocumentRole {
  if (OPENSPEC.test(path)) return 'openspec';
  if (KIRO.test(path)) return 'kiro';
  if (SPEC_KIT.test(path)) return 'spec-kit';
  const beginning = text.slice(0, LOOKED_AT);
  const fields = frontMatterFields(beginning);
  if (isAdr(path, beginning, fields)) return 'adr';
  if (fields.has('ticket')) return 'ticket';
  if (TICKET_FOLDER.test(path) && (fields.has('id') || fields.has('key') || TICKET_FILE.test(path))) return 'ticket';
  if (POLICY_FILE.test(path) || POLICY_TITLE.test(beginning)) return 'policy';
  if (POLICY_FOLDER.test(path) && !NO_RECORD.test(stemOf(path))) return 'policy';
  return 'doc';
}

function isAdr(path: string, beginning: string, fields: ReadonlySet<string>): boolean {
  const stem = stemOf(path);
  if (NO_RECORD.test(stem)) return false;
  const looksLikeOne = ADR_HEADING.test(beginning) || fields.has('status');
  const inFolder = path
    .split('/')
    .slice(0, -1)
    .some((folder) => ADR_FOLDER.test(folder));
  return inFolder ? ADR_FILE.test(stem) || looksLikeOne : ADR_NAMED.test(stem) && looksLikeOne;
}

/** File name without its extension. */
export const stemOf = (path: string): string => baseName(path).replace(MARKDOWN, '');

/** Names of the top-level fields of a front matter. */
function frontMatterFields(beginning: string): ReadonlySet<string> {
  if (!/^\uFEFF?---[ \t]*\r?\n/.test(beginning)) return new Set();
  const end = beginning.indexOf('\n---', 3);
  if (end < 0) return new Set();
  return new Set([...beginning.slice(0, end).matchAll(/^([A-Za-z][\w-]*):/gm)].map(([, name]) => name!.toLowerCase()));
}

/** A stretch of text under one heading, up to the next heading that is not below it. */
export interface MarkdownSection {
  /** As GitHub makes it of the heading, or as written: `{#id}`. Unique in the document. */
  readonly slug: string;
  readonly heading: string;
  /** From the outermost inwards, its own last. */
  readonly headings: readonly string[];
  readonly depth: number;
  readonly span: Span;
  /** Position of the section around it in the list of sections. */
  readonly parent?: number;
}

/** A place in a document. `section` is a position in the list of sections, -1 before the first heading. */
interface Placed {
  readonly section: number;
  readonly line: number;
  readonly col: number;
}

/** A paragraph or table cell as plain text. */
export interface MarkdownBlock extends Placed {
  readonly text: string;
  readonly in: 'text' | 'list' | 'quote' | 'cell';
  /** What is linked, as a stretch of `text`. */
  readonly links: readonly { readonly start: number; readonly end: number; readonly target: string }[];
}

/** A code span, or the target of a link. */
export interface MarkdownMention extends Placed {
  readonly form: 'code' | 'link';
  readonly text: string;
  /** The words before it say to make it. */
  readonly planned?: true;
}

/** Fenced code; the place is that of its first line. */
export interface MarkdownFence extends Placed {
  /** Lower case; empty where none is given. */
  readonly language: string;
  readonly text: string;
}

export interface Markdown {
  readonly frontMatter?: Tree;
  /** Of the front matter, else the first heading of the highest level. */
  readonly title?: string;
  readonly sections: readonly MarkdownSection[];
  readonly blocks: readonly MarkdownBlock[];
  readonly mentions: readonly MarkdownMention[];
  readonly fences: readonly MarkdownFence[];
  readonly span: Span;
  readonly diagnostics: readonly Diagnostic[];
}

/** Characters. Of longer documents only the headings are read. */
const LONGEST = 500_000;
const PARSER = unified().use(remarkParse).use(remarkFrontmatter, ['yaml']).use(remarkGfm);
type Root = ReturnType<typeof PARSER.parse>;
type Nodes = Root | Root['children'][number];
/** Headings that are read of a text that is not parsed, and characters of each. */
const MOST_SCANNED = 5000;
const LONGEST_HEADING = 500;
const CUSTOM_ID = /\s?\{#([^}\s]{1,200})\}$/;

/** Reads a document. Whatever the text, it takes bounded time and memory. */
export function readMarkdown(text: string, file: string): Markdown {
  const bare = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  const lines = linesOf(bare);
  const { tree: frontMatter, diagnostics, end } = readFrontMatter(bare, file);
  const whole = lines.span(0, bare.length);
  const isLong = bare.length > LONGEST;
  const tamed = isLong ? { text: '', blanked: [] } : tameMarkdown(bare);
  const found = isLong ? { ...NOTHING, headings: scanHeadings(bare, end) } : walk(PARSER.parse(tamed.text));
  const sections = sectionsOf(found.headings, lines, bare.length);
  const title = titleOf(frontMatter) ?? sections.toSorted((a, b) => a.depth - b.depth)[0]?.heading;
  const unread = (message: string, span: Span): Diagnostic => ({ code: 'too-large', severity: 'info', message, file, span });
  return {
    ...(frontMatter ? { frontMatter } : {}),
    ...(title === undefined ? {} : { title }),
    sections,
    blocks: found.blocks,
    mentions: found.mentions,
    fences: found.fences,
    span: whole,
    diagnostics: [
      ...diagnostics,
      ...(isLong ? [unread(`Has ${bare.length} characters: only its headings are read. Split it to have the rest read.`, whole)] : []),
      ...tamed.blanked.slice(0, 1).map(([from, to]) => {
        const others = tamed.blanked.length === 1 ? '' : `, and ${tamed.blanked.length - 1} more`;
        return unread(`This stretch${others} is too long or too deeply nested to be read as Markdown.`, lines.span(from, to));
      }),
    ],
  };
}

/** A `---` block at the very beginning. It is handed on with that line, so that places are right. */
function readFrontMatter(text: string, file: string): { tree?: Tree; diagnostics: readonly Diagnostic[]; end: number } {
  const opened = /^---[ \t]*\r?\n/.exec(text);
  if (!opened) return { diagnostics: [], end: 0 };
  const closing = /^---[ \t]*$/gm;
  closing.lastIndex = opened[0].length;
  const closed = closing.exec(text.replaceAll('\r', ' '));
  if (!closed) return { diagnostics: [], end: 0 };
  const {
    trees: [tree],
    diagnostics,
  } = readTrees(text.slice(0, closed.index), `${file}.yaml`);
  return { ...(tree ? { tree } : {}), diagnostics: diagnostics.map((diagnostic) => ({ ...diagnostic, file })), end: closed.index };
}

function titleOf(frontMatter: Tree | undefined): string | undefined {
  const title = memberOf(frontMatter?.value, 'title');
  return typeof title === 'string' && title.trim() !== '' ? title.trim() : undefined;
}

interface Heading {
  readonly depth: number;
  readonly text: string;
  readonly offset: number;
}

interface Found {
  readonly headings: readonly Heading[];
  readonly blocks: readonly MarkdownBlock[];
  readonly mentions: readonly MarkdownMention[];
  readonly fences: readonly MarkdownFence[];
}
const NOTHING: Found = { headings: [], blocks: [], mentions: [], fences: [] };

/** Everything of interest in one pass, in the order of the text; without recursion, because depth is the writer's. */
function walk(root: Root): Found {
  const headings: Heading[] = [];
  const blocks: MarkdownBlock[] = [];
  const mentions: MarkdownMention[] = [];
  const fences: MarkdownFence[] = [];
  const definitions = definitionsOf(root);
  const stack: { readonly node: Nodes; readonly within: MarkdownBlock['in'] }[] = [{ node: root, within: 'text' }];
  for (let top = stack.pop(); top; top = stack.pop()) {
    const { node, within } = top;
    const at = { section: headings.length - 1, ...placeOf(node) };
    if (node.type === 'heading') {
      const text = inline(node, definitions).text.replaceAll(/\s+/g, ' ').trim();
      if (text !== '') headings.push({ depth: node.depth, text, offset: node.position?.start.offset ?? 0 });
      addMentions(node, { ...at, section: headings.length - 1 }, definitions, mentions);
    } else if (node.type === 'paragraph' || node.type === 'tableCell') {
      const { text, links } = inline(node, definitions);
      blocks.push({ ...at, in: node.type === 'tableCell' ? 'cell' : within, text, links });
      addMentions(node, at, definitions, mentions);
    } else if (node.type === 'code') {
      fences.push({
        ...at,
        line: at.line + (node.lang === undefined ? 0 : 1),
        language: (node.lang ?? '').toLowerCase(),
        text: node.value,
      });
    } else if ('children' in node) {
      const inside = node.type === 'listItem' ? 'list' : node.type === 'blockquote' ? 'quote' : within;
      for (const child of node.children.toReversed()) stack.push({ node: child, within: inside });
    }
  }
  return { headings, blocks, mentions, fences };
}

/** Targets of `[name]: target`, by name. */
function definitionsOf(root: Root): ReadonlyMap<string, string> {
  const targets = new Map<string, string>();
  const stack: Nodes[] = [root];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (node.type === 'definition' && !targets.has(node.identifier)) targets.set(node.identifier, node.url);
    if ('children' in node && node.type !== 'paragraph' && node.type !== 'heading') for (const child of node.children) stack.push(child);
  }
  return targets;
}

const targetOf = (node: Nodes, definitions: ReadonlyMap<string, string>): string | undefined =>
  node.type === 'link' ? node.url : node.type === 'linkReference' ? definitions.get(node.identifier) : undefined;

function inline(root: Nodes, definitions: ReadonlyMap<string, string>): Pick<MarkdownBlock, 'text' | 'links'> {
  let text = '';
  const links: { start: number; end: number; target: string }[] = [];
  const stack: (Nodes | (() => void))[] = [root];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (typeof node === 'function') {
      node();
      continue;
    }
    if (node.type === 'text' || node.type === 'inlineCode') text += node.value;
    else if (node.type === 'break') text += '\n';
    else if (node.type === 'image') text += node.alt ?? '';
    else if ('children' in node) {
      const target = targetOf(node, definitions);
      const start = text.length;
      if (target !== undefined) stack.push(() => links.push({ start, end: text.length, target }));
      for (const child of node.children.toReversed()) stack.push(child);
    }
  }
  return { text, links };
}

/** "Create a new file called …". */
const MAKING =
  /\b(?:creat(?:e|es|ed|ing)|generat(?:e|es|ed|ing)|writ(?:e|es|ing)|new)(?: (?:a|an|the|your|own|new|empty|file|files|called|named|in|at|under|config|configuration|module|test|migration|script|component|entity|type))*[\s:("']*$/i;
/** Characters before a code span that say what is done with it. */
const LONGEST_WORDS = 100;

function addMentions(root: Nodes, { section }: Placed, definitions: ReadonlyMap<string, string>, mentions: MarkdownMention[]): void {
  const stack: Nodes[] = [root];
  let before = '';
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (node.type === 'inlineCode') {
      const planned = MAKING.test(before) ? { planned: true as const } : {};
      mentions.push({ section, ...placeOf(node), form: 'code', text: node.value, ...planned });
    }
    if (node.type === 'text' || node.type === 'inlineCode') before = (before + node.value).slice(-LONGEST_WORDS);
    const target = targetOf(node, definitions);
    if (target !== undefined) mentions.push({ section, ...placeOf(node), form: 'link', text: target });
    if ('children' in node) for (const child of node.children.toReversed()) stack.push(child);
  }
}

const placeOf = ({ position }: Nodes): { line: number; col: number } => ({
  line: position?.start.line ?? 1,
  col: position?.start.column ?? 1,
});

function sectionsOf(headings: readonly Heading[], lines: Lines, length: number): readonly MarkdownSection[] {
  const slugger = new GithubSlugger();
  const slugs = new Set<string>();
  const around: number[] = [];
  const ends = endsOf(headings, length);
  return headings.map(({ depth, text, offset }, index) => {
    while (around.length > 0 && headings[around.at(-1)!]!.depth >= depth) around.pop();
    const parent = around.at(-1);
    const custom = CUSTOM_ID.exec(text);
    const heading = custom ? text.slice(0, custom.index) : text;
    const own = slugger.slug(heading);
    let slug = custom?.[1] ?? own;
    for (let next = 1; slugs.has(slug) || slug === ''; next++) slug = `${own}-${next}`;
    slugs.add(slug);
    const headingsAround = around.map((position) => headings[position]!.text.replace(CUSTOM_ID, ''));
    around.push(index);
    return {
      slug,
      heading,
      headings: [...headingsAround, heading],
      depth,
      span: lines.span(offset, ends[index]!),
      ...(parent === undefined ? {} : { parent }),
    };
  });
}

/** Where each section ends: at the next heading that is as high, or higher. */
function endsOf(headings: readonly Heading[], length: number): readonly number[] {
  const ends = headings.map(() => length);
  const open: number[] = [];
  for (const [index, { depth, offset }] of headings.entries()) {
    while (open.length > 0 && headings[open.at(-1)!]!.depth >= depth) ends[open.pop()!] = offset;
    open.push(index);
  }
  return ends;
}

/** `#` headings outside fences, line by line, for texts that are not parsed. */
function scanHeadings(text: string, from: number): readonly Heading[] {
  const headings: Heading[] = [];
  let fence: string | undefined;
  for (let offset = from, next; offset < text.length && headings.length < MOST_SCANNED; offset = next) {
    const end = text.indexOf('\n', offset);
    next = end < 0 ? text.length : end + 1;
    const line = text.slice(offset, Math.min(next, offset + LONGEST_HEADING));
    const marker = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (marker !== undefined) {
      if (fence === undefined) fence = marker;
      else if (marker.startsWith(fence)) fence = undefined;
      continue;
    }
    const found = fence === undefined ? /^ {0,3}(#{1,6})[ \t]+(\S.*)/.exec(line) : undefined;
    if (found) headings.push({ depth: found[1]!.length, text: found[2]!.replace(/[ \t]+#*\s*$/, ''), offset });
  }
  return headings;
}

import { lastLineOf, type Span } from '../../../graph/model/provenance.ts';
import { commentHeadings } from '../../parse/comment-headings.ts';
import { entriesOf, isRecord, itemsOf, memberOf, readTrees, scalarOf, valueAt, type Tree, type TreePath } from '../../parse/tree.ts';
import { baseName } from '../../parse/paths.ts';
import { grammarOf } from '../../parse/grammar.ts';

/** A part of a file that a reader would point at. */
export interface Part {
  /** Names from the outermost inwards, its own last. */
  readonly names: readonly string[];
  readonly span: Span;
}

/** Parts of one file: more of them is data. */
const MOST_PARTS = 300;
const LONGEST_NAME = 120;

const TREE = /\.(?:ya?ml|json[c5]?)$/i;
const INI = /(?:\.(?:ini|cfg|toml|service|timer|desktop)|(?:^|\/)(?:\.editorconfig|\.gitconfig|Pipfile))$/i;
const MAKE = /(?:^|\/)(?:(?:GNU)?[Mm]akefile(?:\.[\w-]+)?|[^/]+\.(?:mk|mak))$/;
const SHELL = /(?:\.(?:sh|bash|zsh|ksh|bats)|(?:^|\/)\.envrc)$/i;
const ASSIGNMENT = /^\s*[#;!]?\s*[\w.\-[\]]+\s*[=:]/;
const SHEBANG = /^#!\s*\S*(?:\/|\s)(?:ba|z|k|da)?sh\b/;

/** What of a file can be pointed at, in order of place; outer parts before those within them. Whatever the text, it takes bounded time. */
export async function outlineOf(path: string, text: string): Promise<readonly Part[]> {
  return (await partsOf(path, text))
    .filter(({ names }) => names.every((name) => name !== '' && name.length <= LONGEST_NAME))
    .slice(0, MOST_PARTS);
}

async function partsOf(path: string, text: string): Promise<readonly Part[]> {
  if (TREE.test(path)) return treeParts(text, path);
  if (INI.test(path)) return headed(await sections(text), text);
  if (MAKE.test(path)) return headed(targets(text), text);
  if (SHELL.test(path) || SHEBANG.test(text)) return headed(await functions(text), text);
  if (/\.properties$/i.test(path)) return headed([], text, (line) => ASSIGNMENT.test(line));
  if (/\.conf$/i.test(path) || /(?:^|\/)(?:Caddyfile|Jenkinsfile)$/.test(baseName(path))) return blocks(text);
  return [];
}

/** Parts that the format has, and those that comments head. */
function headed(parts: readonly Part[], text: string, isEntry?: (line: string) => boolean): readonly Part[] {
  const titles = commentHeadings(text, isEntry).map(({ heading, span }): Part => ({ names: [heading], span }));
  return [...parts, ...titles].sort((a, b) => a.span.line - b.span.line || b.span.endLine - a.span.endLine);
}

function treeParts(text: string, path: string): readonly Part[] {
  const lines = text.split('\n');
  return readTrees(text, path).trees.flatMap((tree) => entries(tree, lines, [], []));
}

/** Fields that entries of lists go by. */
const NAMES = ['name', 'id', 'job_name', 'alert', 'record', 'key', 'title', 'hosts'];
/** Levels of names. */
const DEEPEST = 3;

/** Entries of several lines: of the top level; of what holds things by name; and of the only thing at the top. */
function entries(tree: Tree, lines: readonly string[], at: TreePath, names: readonly string[]): readonly Part[] {
  const value = valueAt(tree.value, at);
  const found = Array.isArray(value)
    ? itemsOf(value).flatMap((item, index) => {
        const name = NAMES.flatMap((field) => scalarOf(memberOf(item, field))?.trim() ?? [])[0];
        return name === undefined ? [] : [{ name, at: [...at, index] }];
      })
    : entriesOf(value).map(([name]) => ({ name, at: [...at, name] }));
  const long = found.flatMap((entry) => {
    const span = within(tree.spanOf(entry.at), lines);
    return span.endLine > span.line ? [{ ...entry, span }] : [];
  });
  return long.flatMap(({ name, at: inner, span }) => {
    const part = { names: [...names, name], span };
    const isWrapper = names.length === 0 && long.length === 1;
    const goesOn = part.names.length < DEEPEST && (isWrapper || holdsThings(valueAt(tree.value, inner)));
    return [part, ...(goesOn ? entries(tree, lines, inner, part.names) : [])];
  });
}

/** Whether a value is a collection of things that have names and parts of their own. */
const holdsThings = (value: unknown): boolean => {
  const items = Array.isArray(value) ? itemsOf(value) : entriesOf(value).map(([, item]) => item);
  return items.length > 0 && items.every((item) => isRecord(item));
};

/** A stretch that does not reach into the line after it. */
function within(span: Span, lines: readonly string[]): Span {
  const { line, col, endLine, endCol } = span;
  let last = lastLineOf(span);
  while (last > line && (lines[last - 1] ?? '').trim() === '') last--;
  return { line, col, endLine: last, endCol: last === endLine ? endCol : (lines[last - 1] ?? '').length + 1 };
}

/** From the places where parts begin: each goes on to the next. */
function upToNext(starts: readonly { readonly name: string; readonly line: number }[], text: string): readonly Part[] {
  const lines = text.split('\n');
  return starts.map(({ name, line }, index) => {
    const end = (starts[index + 1]?.line ?? lines.length + 1) - 1;
    return { names: [name], span: within({ line, col: 1, endLine: end, endCol: (lines[end - 1] ?? '').length + 1 }, lines) };
  });
}

/** `[section]` of INI files, and tables of TOML: the grammar finds their heads in both. */
async function sections(text: string): Promise<readonly Part[]> {
  const grammar = await grammarOf('ini', '(section (section_name (text) @name)) @section');
  const starts: { name: string; line: number }[] = [];
  grammar.match(text, (matches) => {
    for (const { name, section } of matches)
      if (name && section) starts.push({ name: name.text.replaceAll(/^\[|\]$/g, '').trim(), line: section.startPosition.row + 1 });
  });
  return upToNext(starts, text);
}

async function functions(text: string): Promise<readonly Part[]> {
  const grammar = await grammarOf('bash', '(function_definition name: (word) @name) @function');
  const found: Part[] = [];
  grammar.match(text, (matches) => {
    for (const { name, function: whole } of matches) {
      if (!name || !whole) continue;
      const { startPosition: start, endPosition: end } = whole;
      found.push({
        names: [name.text],
        span: { line: start.row + 1, col: start.column + 1, endLine: end.row + 1, endCol: end.column + 1 },
      });
    }
  });
  return found;
}

/** `build: deps`, not `NAME := value`, nor what only steers make. */
const TARGET = /^([A-Za-z0-9_][\w./%$(){}-]*(?:[ \t]+[\w./%$(){}-]+)*)[ \t]*::?(?![:=])/;

/** Targets of a Makefile, with the comment above and the commands below. */
function targets(text: string): readonly Part[] {
  const lines = text.split('\n');
  return lines.flatMap((line, index) => {
    const name = TARGET.exec(line.slice(0, 500))?.[1];
    if (name === undefined) return [];
    let from = index;
    while (from > 0 && lines[from - 1]!.startsWith('#')) from--;
    let end = index + 1;
    while (end < lines.length && (lines[end]!.startsWith('\t') || (/^\s*$/.test(lines[end]!) && lines[end + 1]?.startsWith('\t')))) end++;
    return [{ names: [name], span: { line: from + 1, col: 1, endLine: end, endCol: lines[end - 1]!.length + 1 } }];
  });
}

/** Blocks in braces by what stands before them, as nginx, HAProxy's kin and Jenkins write them: `server {`, `location /api {`. */
function blocks(text: string): readonly Part[] {
  const lines = text.split('\n');
  const open: { readonly names: readonly string[]; readonly line: number }[] = [];
  const found: Part[] = [];
  for (const [index, written] of lines.entries()) {
    const line = written.replace(/(?:^|\s)(?:#|\/\/).*$/, '').trim();
    if (line.endsWith('{')) {
      const name = line.slice(0, -1).trim().slice(0, LONGEST_NAME);
      open.push({ names: [...(open.at(-1)?.names ?? []).slice(0, DEEPEST), name], line: index + 1 });
    } else if (line.startsWith('}')) {
      const block = open.pop();
      const span = block && { line: block.line, col: 1, endLine: index + 1, endCol: written.length + 1 };
      if (block && span && block.names.length <= DEEPEST) found.push({ names: block.names, span });
    }
  }
  return found.sort((a, b) => a.span.line - b.span.line || b.span.endLine - a.span.endLine);
}

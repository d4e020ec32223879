import { parseTree, printParseErrorCode, type Node as JsonNode, type ParseError } from 'jsonc-parser';
import { Composer, isAlias, isMap, isScalar, isSeq, Parser, visit, type CST, type Document, type Node as YamlNode } from 'yaml';
import type { Diagnostic, Span } from '../../graph/model/provenance.ts';
import { linesOf, type Lines } from './lines.ts';
import { messageOf } from '../../graph/errors.ts';

export type Segment = string | number;
export type TreePath = readonly Segment[];

/** A YAML or JSON document: plain data, and where each part of it stands. */
export interface Tree {
  /** Maps have string keys and no prototype to pollute; aliases are followed. Undefined when the document is empty. */
  readonly value: unknown;
  /** Of the entry at a path, from its key on; of the nearest thing around it where there is no such entry. */
  spanOf(path: TreePath): Span;
  /** The text of a scalar as written, which `1.10` and `1.1` differ in. */
  sourceOf(path: TreePath): string | undefined;
}

export interface Trees {
  /** One for JSON; one for each document of a YAML stream. Empty when nothing could be read. */
  readonly trees: readonly Tree[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Characters of YAML that are parsed; JSON, which parses a hundred times faster, is bounded by the pipeline alone. */
const LONGEST_YAML = 8_000_000;
/** Lines and parts of flow collections of YAML: each takes a kilobyte of memory while it is parsed. */
const MOST_YAML_PARTS = 500_000;
/** Nodes that aliases may add up to: more is an attack, or a mistake. */
const MOST_ALIASES = 10_000;
/** Levels of YAML: to compose nested flow maps takes time with the cube of them. */
const DEEPEST_YAML = 300;
const MOST_DIAGNOSTICS = 20;

/** Reads YAML, or JSON where the path or the text says so. Whatever the text, it takes bounded time and memory. */
export function readTrees(text: string, file: string): Trees {
  const bare = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  const lines = linesOf(bare);
  const isJson = /\.json[c5]?$/i.test(file) || /^\s*[{[]\s*"/.test(bare.slice(0, 1000));
  return isJson ? readJson(bare, file, lines) : readYaml(bare, file, lines);
}

function readJson(text: string, file: string, lines: Lines): Trees {
  let root: JsonNode | undefined;
  const errors: ParseError[] = [];
  let isTooDeep = false;
  const parsed = (): JsonNode | undefined => {
    if (root || isTooDeep) return root;
    try {
      return (root = parseTree(text, errors, { allowTrailingComma: true }));
    } catch {
      // The tolerant parser recurses, unlike `JSON.parse`: what is nested deeper than its stack has no places.
      isTooDeep = true;
      return undefined;
    }
  };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // Comments, trailing commas, or no JSON at all: the tolerant parser knows where.
    if (!parsed() || errors.length > 0) {
      const diagnostics = errors.slice(0, MOST_DIAGNOSTICS).map(({ error, offset, length }) => {
        const message = `Is not valid JSON: ${printParseErrorCode(error)}. ${LOST}`;
        return failure(file, message, lines.span(offset, offset + length));
      });
      return {
        trees: [],
        diagnostics: diagnostics.length > 0 ? diagnostics : [failure(file, `Holds no JSON value. ${LOST}`, lines.span(0, 0))],
      };
    }
    value = plain(root!);
  }
  const children = new WeakMap<JsonNode, ReadonlyMap<string, JsonNode>>();
  const childOf = (node: JsonNode, segment: Segment): JsonNode | undefined => {
    if (node.type === 'array') return node.children?.[Number(segment)];
    if (node.type !== 'object') return undefined;
    let known = children.get(node);
    if (!known) children.set(node, (known = new Map((node.children ?? []).map((entry) => [String(entry.children![0]!.value), entry]))));
    return known.get(String(segment));
  };
  const find = (
    path: TreePath,
  ): { readonly node: JsonNode | undefined; readonly entry: JsonNode | undefined; readonly complete: boolean } => {
    let node = parsed();
    let entry = node;
    for (const segment of path) {
      const next = node && childOf(node, segment);
      if (!next) return { node, entry, complete: false };
      entry = next;
      node = next.type === 'property' ? next.children?.[1] : next;
    }
    return { node, entry, complete: true };
  };
  const tree: Tree = {
    value,
    spanOf: (path) => {
      const { entry } = find(path);
      return entry ? lines.span(entry.offset, entry.offset + entry.length) : lines.span(0, 0);
    },
    sourceOf: (path) => {
      const { node, complete } = find(path);
      return complete && node && node.type !== 'object' && node.type !== 'array'
        ? text.slice(node.offset, node.offset + node.length)
        : undefined;
    },
  };
  return { trees: [tree], diagnostics: [] };
}

function plain(node: JsonNode): unknown {
  if (node.type === 'array') return (node.children ?? []).map(plain);
  if (node.type !== 'object') return node.value;
  return Object.fromEntries(
    (node.children ?? []).map(({ children }) => [String(children![0]!.value), children![1] ? plain(children![1]) : null]),
  );
}

function readYaml(text: string, file: string, lines: Lines): Trees {
  const parts = text.length > LONGEST_YAML ? 0 : partsIn(text);
  if (text.length > LONGEST_YAML || parts > MOST_YAML_PARTS) {
    const most =
      parts > 0
        ? `${parts} lines and parts of YAML; the most that are read are ${MOST_YAML_PARTS}`
        : `${text.length} characters of YAML; the most that are read are ${LONGEST_YAML}`;
    return { trees: [], diagnostics: [{ ...failure(file, `Has ${most}.`, lines.span(0, 0)), code: 'too-large' }] };
  }
  const diagnostics: Diagnostic[] = [];
  const trees: Tree[] = [];
  let documents: readonly Document.Parsed[];
  try {
    const tokens = [...new Parser().parse(text)];
    const deep = tooDeep(tokens);
    if (deep) {
      const message = `Is nested more than ${DEEPEST_YAML} levels deep. ${LOST}`;
      return { trees, diagnostics: [failure(file, message, lines.span(deep.offset, deep.offset + 1))] };
    }
    // Pretty errors quote the text around them, which takes time with the square of their number.
    const composer = new Composer({ merge: true, strict: false, uniqueKeys: false, logLevel: 'silent', prettyErrors: false });
    documents = [...composer.compose(tokens)];
  } catch (error) {
    return { trees, diagnostics: [failure(file, unreadable(error), lines.span(0, 0))] };
  }
  for (const document of documents) {
    for (const { message, pos } of document.errors.slice(0, MOST_DIAGNOSTICS))
      diagnostics.push({ ...failure(file, `${message.split('\n')[0]!}.`, lines.span(...pos)), severity: 'warning' });
    // A map as a key names nothing, and to write it down takes exponential time when they are nested: `{{{{`.
    visit(document, { Pair: (_, { key }) => (isMap(key) || isSeq(key) ? visit.REMOVE : undefined) });
    try {
      trees.push(yamlTree(document, text, lines, document.toJS({ maxAliasCount: MOST_ALIASES })));
    } catch (error) {
      diagnostics.push(failure(file, unreadable(error), lines.span(...rangeOf(document))));
    }
  }
  return { trees, diagnostics };
}

/** How many parts a text can have at most: what ends or opens one is counted also where it is text. */
function partsIn(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 10 || code === 44 || code === 91 || code === 123) count++; // line feed , [ {
  }
  return count;
}

/** The token that is nested too deeply to be composed, if there is one. */
function tooDeep(tokens: readonly CST.Token[]): CST.Token | undefined {
  let level: readonly CST.Token[] = tokens;
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEEPEST_YAML) return level[0];
    const next: CST.Token[] = [];
    for (const token of level) {
      if (token.type === 'document' && token.value) next.push(token.value);
      if ('items' in token)
        for (const { key, value } of token.items) {
          if (key && 'items' in key) next.push(key);
          if (value && 'items' in value) next.push(value);
        }
    }
    level = next;
  }
  return undefined;
}

function yamlTree(document: Document.Parsed, text: string, lines: Lines, value: unknown): Tree {
  interface Entry {
    readonly start: number;
    readonly node: YamlNode | undefined;
  }
  const entries = new WeakMap<YamlNode, ReadonlyMap<string, Entry>>();
  const resolved = (node: YamlNode | undefined): YamlNode | undefined => (isAlias(node) ? node.resolve(document) : node);
  const entriesOf = (node: YamlNode): ReadonlyMap<string, Entry> => {
    let known = entries.get(node);
    if (!known) {
      const made = new Map<string, Entry>();
      if (isMap(node))
        for (const { key, value: inner } of node.items)
          if (isScalar(key)) made.set(String(key.value), { start: key.range?.[0] ?? 0, node: (inner as YamlNode | null) ?? undefined });
      if (isSeq(node))
        node.items.forEach((item, index) => made.set(String(index), { start: (item as YamlNode).range?.[0] ?? 0, node: item as YamlNode }));
      entries.set(node, (known = made));
    }
    return known;
  };
  const find = (path: TreePath): { readonly entry: Entry; readonly complete: boolean } => {
    let entry: Entry = { start: rangeOf(document)[0], node: (document.contents as YamlNode | null) ?? undefined };
    for (const segment of path) {
      const node = resolved(entry.node);
      const next = node && entriesOf(node).get(String(segment));
      if (!next) return { entry, complete: false };
      entry = next;
    }
    return { entry, complete: true };
  };
  return {
    value,
    spanOf: (path) => {
      const { start, node } = find(path).entry;
      return lines.span(start, node?.range?.[1] ?? start);
    },
    sourceOf: (path) => {
      const { entry, complete } = find(path);
      const node = complete ? resolved(entry.node) : undefined;
      if (!isScalar(node)) return undefined;
      return node.source ?? (node.range ? text.slice(node.range[0], node.range[1]) : undefined);
    },
  };
}

const rangeOf = ({ range, contents }: Document.Parsed): [number, number] => [
  (contents as YamlNode | null)?.range?.[0] ?? range[0],
  range[1],
];

const LOST = 'Nothing of the document is known until that is corrected.';
const unreadable = (error: unknown): string => `Cannot be read as YAML: ${messageOf(error).replace(/\.?$/, '.')} ${LOST}`;

const failure = (file: string, message: string, span: Span): Diagnostic => ({
  code: 'parse-failure',
  severity: 'error',
  message,
  file,
  span,
});

/* Reading plain data without trusting its shape. */

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
/** Own entries of a map; none of anything else. */
export const entriesOf = (value: unknown): readonly (readonly [string, unknown])[] => (isRecord(value) ? Object.entries(value) : []);
export const itemsOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
export const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
/** Text, number or boolean as text. */
export const scalarOf = (value: unknown): string | undefined =>
  typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint' ? String(value) : textOf(value);
/** The own member of a map. */
export const memberOf = (value: unknown, name: string): unknown =>
  isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined;
/** What stands at a path of plain data. */
export const valueAt = (value: unknown, path: TreePath): unknown =>
  path.reduce<unknown>((found, segment) => (typeof segment === 'number' ? itemsOf(found)[segment] : memberOf(found, segment)), value);
/** A scalar as people wrote it: strings without their quotes, numbers with all their digits. */
export function scalarAt(tree: Tree, at: TreePath): string | undefined {
  const value = valueAt(tree.value, at);
  return typeof value === 'number' || typeof value === 'boolean' ? (tree.sourceOf(at) ?? String(value)) : textOf(value);
}

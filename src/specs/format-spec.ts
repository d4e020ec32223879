import { isAlias, isMap, isNode, isScalar, isSeq, parseDocument, Scalar, YAMLMap, YAMLSeq, type Document, type Node } from 'yaml';
import type { Diagnostic } from '../../graph/model/provenance.ts';
import type { TreePath } from '../../ingest/parse/tree.ts';
import { readSpec } from './read-spec.ts';
import type { Spec, SpecFile } from './spec.ts';

export interface Formatted {
  /** The text as it was where it cannot be formatted; the errors say why. */
  readonly text: string;
  /** Ids that were written down, in the order of the file. */
  readonly assigned: readonly { readonly id: string; readonly text: string }[];
  readonly diagnostics: readonly Diagnostic[];
}

/** What stops formatting: written anew, the text would say less than it does. */
const STOPS: ReadonlySet<string> = new Set(['parse-failure', 'too-large', 'duplicate-key', 'several-specs', 'yaml-tag', 'merge-conflict']);

/**
 * Writes a spec down in the one form: every part has its id, texts that YAML reads as something else are quoted. Comments and order
 * stay. An id follows from the text it is first given to, so that two people who format the same spec get the same ids; once
 * written it never changes. Formatting again changes nothing.
 */
export function formatSpec(text: string, path: string): Formatted {
  const source = withQuotes(text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n'));
  const file = readSpec(source, path);
  const { spec, diagnostics } = file;
  if (!spec || diagnostics.some(({ code }) => STOPS.has(code))) return { text, assigned: [], diagnostics };
  const document = parseSpec(source);
  const assigned = settle(document, file, spec);
  const written = writeSpec(document);
  return { text: text.includes('\r\n') ? written.replaceAll('\n', '\r\n') : written, assigned, diagnostics };
}

/** Of a text that {@link readSpec} has taken. */
export const parseSpec = (text: string): Document => parseDocument(text, { strict: false, uniqueKeys: false, logLevel: 'silent' });

/** Lines are as long as what stands on them: folded ones would change with every word. */
export const writeSpec = (document: Document): string =>
  document.toString({ lineWidth: 0, doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER });

/** `owner: @team` is an error to YAML. What begins with `@` or a backtick is put into quotes, where that is all that is wrong. */
function withQuotes(text: string): string {
  let quoted = text;
  for (let time = 0; time < 50; time++) {
    const error = parseSpec(quoted).errors.find(({ code }) => code === 'BAD_SCALAR_START');
    if (!error) return quoted;
    const [start] = error.pos;
    const line = quoted.slice(quoted.lastIndexOf('\n', start - 1) + 1, start);
    const [value = ''] = /^[@`][^\n]*?(?=\s+#|\s*$)/m.exec(quoted.slice(start)) ?? [];
    const plain = /[{[]/.test(line) ? value.replace(/\s*[,}\]].*$/, '') : value;
    if (plain === '') return text;
    quoted = `${quoted.slice(0, start)}${JSON.stringify(plain)}${quoted.slice(start + plain.length)}`;
  }
  return text;
}

/** Gives every part its id, and every text the form of one. Returns the ids that were written down. */
export function settle(document: Document, file: SpecFile, spec: Spec): Formatted['assigned'] {
  const assigned: { id: string; text: string }[] = [];
  for (const { id, hasId, text, at } of [...spec.criteria, ...spec.nfrs, ...spec.questions]) {
    if (hasId) continue;
    assigned.push({ id, text });
    replaceAt(document, at, (node) => withId(document, node, id, text));
  }
  for (const [category, node] of entriesOf(document.get('nfrs')))
    if (isMap(node) && node.has('text')) document.setIn(['nfrs', category], listOf(node));
  for (const list of ['dependencies', 'outOfScope']) {
    const seq = document.get(list);
    if (isSeq(seq)) seq.items.forEach((_, index) => replaceAt(document, [list, index], asText));
  }
  const version = document.get('specVersion', true);
  if (isScalar(version) && typeof version.value === 'number' && version.source !== undefined) {
    const text = quoted(version.source);
    text.comment = version.comment ?? null;
    document.set('specVersion', text);
  }
  nameParts(document, file, spec);
  return assigned;
}

function entriesOf(node: unknown): readonly (readonly [string, Node])[] {
  if (!isMap(node)) return [];
  return node.items.flatMap(({ key, value }) => (isScalar(key) && isNode(value) ? [[String(key.value), value] as const] : []));
}

function listOf(node: Node): YAMLSeq {
  const list = new YAMLSeq();
  list.items.push(node);
  return list;
}

function replaceAt(document: Document, at: TreePath, replace: (node: Node) => Node): void {
  const node = document.getIn(at, true);
  if (isNode(node)) document.setIn(at, replace(node));
}

/** The item with an id: a text becomes a map, comments stay where they stand. */
function withId(document: Document, node: Node, id: string, text: string): Node {
  if (isMap(node) && node.has('text')) {
    node.items.unshift(document.createPair('id', id));
    return node;
  }
  const map = new YAMLMap();
  // A block starts the line of the text, whose comment would end up above it.
  const said = isAlias(node) ? node : asText(node, text);
  map.commentBefore = node.commentBefore ?? null;
  if (node.spaceBefore) map.spaceBefore = true;
  if (isNode(said)) {
    said.commentBefore = null;
    said.spaceBefore = false;
  }
  map.items.push(document.createPair('id', id), document.createPair('text', said));
  return map;
}

/** What YAML made of `k: v` without quotes is text again; all else is as it is. */
function asText(node: Node, text?: string): Node {
  if (!isMap(node))
    return isScalar(node) && typeof node.value !== 'string' ? copied(node, quoted(node.source ?? String(node.value))) : node;
  const [pair] = node.items;
  if (!pair || node.items.length > 1 || !isScalar(pair.key) || ['text', 'target'].includes(String(pair.key.value))) return node;
  const value = isScalar(pair.value) ? textOf(pair.value) : undefined;
  if (value === undefined) return node;
  const whole = quoted(text ?? `${String(pair.key.value)}: ${value}`.trim());
  whole.comment = isScalar(pair.value) ? (pair.value.comment ?? null) : null;
  return copied(node, whole);
}

const textOf = ({ source, value }: Scalar): string => source ?? (typeof value === 'string' ? value : '');

function copied(from: Node, to: Scalar): Scalar {
  to.commentBefore = from.commentBefore ?? null;
  if (from.spaceBefore) to.spaceBefore = true;
  to.comment ??= from.comment ?? null;
  return to;
}

function quoted(text: string): Scalar {
  const scalar = new Scalar(text);
  scalar.type = Scalar.QUOTE_DOUBLE;
  return scalar;
}

/** `/acceptance/0` becomes `/acceptance/AC-1`, which still means the same when criteria move. */
function nameParts(document: Document, { pointers }: SpecFile, spec: Spec): void {
  const named = new Map<string, string>();
  for (const { at, id } of [...spec.criteria, ...spec.nfrs, ...spec.questions]) {
    const within = typeof at.at(-1) === 'number' ? at.slice(0, -1) : at;
    named.set(`/${at.join('/')}`, `/${[...within, id].join('/')}`);
  }
  for (const [list, key] of [
    ['questions', 'about'],
    ['provenance', 'claim'],
  ] as const) {
    const seq = document.get(list);
    if (!isSeq(seq)) continue;
    for (const item of seq.items) {
      const pointer = isMap(item) ? item.get(key) : undefined;
      const name = typeof pointer === 'string' && pointers.has(pointer) ? named.get(pointer) : undefined;
      if (name !== undefined && isMap(item)) item.set(key, name);
    }
  }
}

import { parseTree, type Node } from 'jsonc-parser';
import type { InputKind, Intake, Source } from './source.ts';

/** Keys whose text people wrote, and what it is. */
const TEXTS: Readonly<Record<string, Source['role']>> = {
  title: 'title',
  summary: 'title',
  subject: 'title',
  body: 'body',
  description: 'body',
  bodyText: 'body',
  text: 'message',
  message: 'message',
  content: 'message',
  comment: 'message',
};
/** Keys that say who wrote it, best first; the value is a name or an object with one. */
const SPEAKERS = ['author', 'user', 'from', 'sender', 'speaker', 'creator', 'reporter', 'user_profile'];
const NAMES = ['displayName', 'display_name', 'real_name', 'login', 'name', 'username', 'email', 'emailAddress'];
/** Keys of what belongs to another thing: read as text it would be said of this one. */
const APART = new Set([
  'project',
  'labels',
  'milestone',
  'repository',
  'reactions',
  'assignee',
  'assignees',
  'attachments',
  'team',
  'cycle',
  'state',
  'status',
  'parent',
  'issuetype',
  'priority',
  'components',
  'fixVersions',
  'edited',
  'blocks',
  'files',
  ...SPEAKERS,
]);
/** Keys that only exports of tickets have. */
const OF_TICKETS = new Set(['title', 'summary', 'body', 'description', 'fields', 'issues']);
/** Deepest nesting read. Exports of documents nest by the paragraph, a list, a list in it. */
const DEEPEST = 60;

/** The texts of an export of tickets or chats, in the order of the export. Undefined when the input is no such export. */
export function readJson(input: string): Intake | undefined {
  if (!/^\uFEFF?\s*[[{]/.test(input)) return undefined;
  const root = treeOf(input);
  if (root === undefined) return undefined;
  const sources: Source[] = [];
  const keys = new Set<string>();
  collect(root, undefined, 0);
  return sources.length === 0 ? undefined : { kind: kindOf(keys), sources };

  function collect(node: Node, speaker: string | undefined, depth: number): void {
    if (depth > DEEPEST) return;
    if (node.type === 'array') for (const item of node.children ?? []) collect(item, speaker, depth + 1);
    if (node.type !== 'object') return;
    if (isParagraph(node)) return addParagraph(node, speaker);
    const here = speakerOf(node) ?? speaker;
    for (const { key, value } of propertiesOf(node)) {
      keys.add(key);
      const role = TEXTS[key];
      if (value.type === 'string' && role !== undefined) {
        if (String(value.value).trim() !== '') sources.push(sourceOf(input, [value], role, here));
      } else if (!APART.has(key)) collect(value, here, depth + 1);
    }
  }

  /** Jira's documents: a paragraph is a list of texts, cut where one is bold. */
  function addParagraph(node: Node, speaker: string | undefined): void {
    const texts: Node[] = [];
    for (const { key, value } of propertiesOf(node)) {
      if (key !== 'content') continue;
      for (const item of value.children ?? [])
        for (const inner of propertiesOf(item)) if (inner.key === 'text' && inner.value.type === 'string') texts.push(inner.value);
    }
    if (texts.length > 0) sources.push(sourceOf(input, texts, 'body', speaker));
  }
}

function treeOf(input: string): Node | undefined {
  try {
    JSON.parse(input.replace(/^\uFEFF/, ''));
    return parseTree(input.replace(/^\uFEFF/, ' '));
  } catch {
    return undefined; // no JSON, or nested too deep to be an export
  }
}

const kindOf = (keys: ReadonlySet<string>): InputKind => ([...OF_TICKETS].some((key) => keys.has(key)) ? 'ticket' : 'chat');

function propertiesOf(node: Node): readonly { readonly key: string; readonly value: Node }[] {
  if (node.type !== 'object') return [];
  return (node.children ?? []).flatMap(({ children }) =>
    children?.length === 2 ? [{ key: String(children[0]!.value), value: children[1]! }] : [],
  );
}

const isParagraph = (node: Node): boolean =>
  propertiesOf(node).some(({ key, value }) => key === 'type' && (value.value === 'paragraph' || value.value === 'heading')) &&
  propertiesOf(node).some(({ key, value }) => key === 'content' && value.type === 'array');

function speakerOf(node: Node): string | undefined {
  const properties = new Map(propertiesOf(node).map(({ key, value }) => [key, value]));
  for (const key of SPEAKERS) {
    const value = properties.get(key);
    if (value?.type === 'string' && String(value.value) !== '') return String(value.value);
    if (value?.type !== 'object') continue;
    const names = new Map(propertiesOf(value).map((property) => [property.key, property.value]));
    for (const name of NAMES) if (names.get(name)?.type === 'string') return String(names.get(name)!.value);
  }
  return undefined;
}

/** One text out of string literals that stand in the input, with where each of its characters stands there. */
function sourceOf(input: string, literals: readonly Node[], role: Source['role'], speaker: string | undefined): Source {
  const starts: number[] = [];
  const ends: number[] = [];
  let text = '';
  for (const { offset, length } of literals) {
    for (let at = offset + 1; at < offset + length - 1;) {
      const size = input[at] !== '\\' ? 1 : input[at + 1] === 'u' ? 6 : 2;
      text += size === 1 ? input[at] : (JSON.parse(`"${input.slice(at, at + size)}"`) as string);
      starts.push(at);
      ends.push(at + size);
      at += size;
    }
  }
  const place: Source['place'] = ({ start, end }) => ({
    start: starts[start] ?? 0,
    end: end > start ? ends[end - 1]! : (starts[start] ?? 0),
  });
  return { text, role, place, ...(speaker === undefined ? {} : { speaker }) };
}

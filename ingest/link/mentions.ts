import { fieldId, parseId, type NodeId } from '../../graph/model/id.ts';
import type { LinkKeys, MentionKey, Published } from '../keys.ts';
import type { Linker, Links } from './linker.ts';
import { createLinks } from './links.ts';
import { referentsOf } from './referents.ts';
import { mentionResolver } from './resolve-mention.ts';
import { folderOf } from '../parse/paths.ts';

/**
 * What documents, decisions, policies, specs and tickets name. Never on a bare word, and never where more than three
 * declarations are left: a wrong link costs more than a missing one.
 */
export const mentionsLinker: Linker = { name: 'mentions', link };

function link(repo: string, keys: LinkKeys): Links {
  const links = createLinks();
  const resolve = mentionResolver(keys);
  const partOf = partsOf(keys);
  /** By the text that mentions: what it names that has parts. */
  const wholes = new Map<NodeId, Set<NodeId>>();
  const names: Published<MentionKey>[] = [];
  for (const mention of keys.of('mention')) {
    if (mention.repo !== repo) continue;
    const { from, line, col, form, text } = mention.value;
    if ((form === 'code' || form === 'word') && PART.test(text)) names.push(mention);
    if (form === 'word') continue;
    const { referents, rule, missing } = resolve(mention);
    for (const { id } of referents) wholes.set(from, (wholes.get(from) ?? new Set()).add(id));
    const sites = [{ line, col, file: mention.file }];
    for (const { id, confidence } of referents)
      if (id !== from) links.edge({ from, type: 'MENTIONS', to: id, tier: 'text', confidence, rule, sites });
    // What a ticket names may well be gone by now, and what a plan names is not there yet.
    const isMeant =
      parseId(from)?.scheme !== 'ticket' &&
      !PLAN.test(mention.file) &&
      !mention.value.planned &&
      !TEMPLATE.test(mention.file) &&
      !PLACEHOLDER.test(text);
    if (missing !== undefined && isMeant) links.diagnostic(unresolved(mention, missing));
  }
  // A field is named beside what it is a field of.
  for (const {
    file,
    value: { from, text, line, col },
  } of names)
    for (const whole of wholes.get(from) ?? [])
      for (const id of partOf(whole, text))
        links.edge({ from, type: 'MENTIONS', to: id, tier: 'text', confidence: 0.75, rule: 'mention-part', sites: [{ line, col, file }] });
  tablesBeside(names, wholes, keys, (from, to, rule, confidence, { file, value: { line, col } }) =>
    links.edge({ from, type: 'MENTIONS', to, tier: 'text', confidence, rule, sites: [{ line, col, file }] }),
  );
  for (const { repo: at, file, value } of keys.of('document')) {
    if (at !== repo || !value.readme) continue;
    const folder = folderOf(file);
    const about = [...keys.of('package'), ...keys.of('service')].filter((key) => key.repo === repo && key.value.folder === folder);
    for (const { value: thing } of about)
      links.edge({
        from: value.id,
        type: 'DOCUMENTS',
        to: thing.id,
        tier: 'heuristic',
        confidence: 0.9,
        rule: 'readme-of-folder',
        sites: [{ line: 1, col: 1, file }],
      });
  }
  return links.done();
}

const PLAN = /(?:^|\/)(?:plans?|proposals?|rfcs?|roadmap)\/|(?:^|\/)(?:plan|roadmap|proposal)\.[^/]*$/i;
/** What stands in a text to be copied is filled in by whoever copies it. */
const TEMPLATE = /(?:^|\/)templates?\/|(?:^|[-_./])template[-_.][^/]*$/i;
/** `yyyymmdd-xxx.md`, `{slug}.md`, `path/to/file.ts`: stands for a name. */
const PLACEHOLDER = /[{}<>$]|(?:^|[-_./])(?:x{3,}|n{3,}|yyyy\w*|path\/to|your[-_]\w+)(?=[-_./]|$)/i;

/** `recipient_email`: no word that a text uses for something else. */
const DISTINCTIVE = /[a-z\d]_[a-z]|[a-z\d][A-Z]/;

/**
 * Tables that go by a common word: where a text names a column of theirs as well, or surely speaks of another table.
 */
function tablesBeside(
  names: readonly Published<MentionKey>[],
  wholes: ReadonlyMap<NodeId, ReadonlySet<NodeId>>,
  keys: LinkKeys,
  add: (from: NodeId, to: NodeId, rule: string, confidence: number, at: Published<MentionKey>) => void,
): void {
  const known = referentsOf(keys);
  const byText = new Map<NodeId, Published<MentionKey>[]>();
  for (const name of names) byText.set(name.value.from, [...(byText.get(name.value.from) ?? []), name]);
  for (const [from, named] of byText) {
    const tables = named.flatMap((at) => {
      const id = at.value.form === 'word' ? known.table(at.repo, at.value.text) : undefined;
      return id === undefined ? [] : [{ id, at }];
    });
    if (tables.length === 0) continue;
    const columns = tables.flatMap(({ id }) =>
      named.flatMap((at) =>
        DISTINCTIVE.test(at.value.text) && known.has(`${id}.${at.value.text}`) ? [{ id: `${id}.${at.value.text}`, at }] : [],
      ),
    );
    for (const { id, at } of columns) add(from, id, 'mention-part', 0.75, at);
    const isAboutTables = columns.length > 0 || [...(wholes.get(from) ?? [])].some((id) => parseId(id)?.scheme === 'table');
    if (isAboutTables) for (const { id, at } of tables) add(from, id, 'mention-table', 0.65, at);
  }
}

const PART = /^[A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*)*$/;

/** Fields and columns, by name, of operations, channels and tables. */
function partsOf(keys: LinkKeys): (whole: NodeId, name: string) => readonly NodeId[] {
  const parts = new Map<NodeId, Map<string, NodeId[]>>();
  const add = (whole: NodeId, name: string, id: NodeId): void => {
    const known = parts.get(whole) ?? new Map<string, NodeId[]>();
    parts.set(whole, known);
    known.set(name, [...(known.get(name) ?? []), id]);
  };
  for (const {
    value: { id, fields },
  } of keys.of('operation'))
    for (const field of fields) add(id, field.slice(field.lastIndexOf('.') + 1), fieldId(id, field));
  for (const {
    value: { id, fields },
  } of keys.of('channel'))
    for (const field of fields) add(id, field.slice(field.lastIndexOf('.') + 1), `${id} payload.${field}`);
  for (const {
    value: { id, columns },
  } of keys.of('table'))
    for (const column of columns) add(id, column, `${id}.${column}`);
  return (whole, name) => parts.get(whole)?.get(name.slice(name.lastIndexOf('.') + 1)) ?? [];
}

const unresolved = ({ file, value: { line, col, text } }: Published<MentionKey>, cause: string) =>
  ({
    code: 'mention-unresolved',
    severity: 'info',
    message: `${cause}. Correct what is written here, or remove it.`,
    file,
    span: { line, col, endLine: line, endCol: col + text.length },
  }) as const;

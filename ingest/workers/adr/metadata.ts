import type { Markdown, MarkdownBlock } from '../../parse/markdown.ts';
import { isRecord, itemsOf } from '../../parse/tree.ts';
import { relationsIn, saysSuperseded, type Relation } from './relations.ts';
import { normalisedStatus } from './status.ts';

interface PlacedRelation extends Relation {
  readonly line: number;
  readonly col: number;
}

export interface Metadata {
  readonly status?: string;
  /** As written. */
  readonly date?: string;
  readonly relations: readonly PlacedRelation[];
}

const STATUS_HEADING = /^(?:\d+\.\s*)?status\b/i;
const FIELD = /^[\s*_-]*(status|state|date|superseded by|supersedes|amends|amended by)[\s*_]*:[\s*_]*(.*)$/i;
/** Fields of a front matter, and how they would read in the text. */
const RELATIONS: readonly (readonly [field: string, verb: string])[] = [
  ['supersedes', 'supersedes'],
  ['replaces', 'supersedes'],
  ['superseded-by', 'superseded by'],
  ['superseded_by', 'superseded by'],
  ['supersededBy', 'superseded by'],
  ['amends', 'amends'],
  ['refines', 'amends'],
  ['amended-by', 'amended by'],
  ['amended_by', 'amended by'],
];

/** Status, date and relations, from a front matter, a list or lines above the first section, or sections of their own. */
export function metadataOf(document: Markdown, path: string): Metadata {
  const head = document.blocks.filter(({ section }) => section < 0 || document.sections[section]!.depth === 1);
  const own = document.blocks.filter(({ section }) => section >= 0 && STATUS_HEADING.test(document.sections[section]!.heading));
  const matter = frontMatterOf(document);
  const inHead = fieldsOf(head);
  const written = matter.fields.get('status') ?? inHead.get('status') ?? inHead.get('state') ?? own[0]?.text;
  const isSuperseded = [...head, ...own].some((block) => saysSuperseded(block, path));
  const status = isSuperseded ? 'superseded' : written === undefined ? undefined : normalisedStatus(written);
  const date = dateIn(matter.fields.get('date') ?? inHead.get('date') ?? sectionText(document, /^date$/i));
  const relations = [
    ...document.blocks.flatMap((block) => relationsOf(block, path)),
    ...matter.relations.flatMap((block) => relationsOf(block, path)),
  ];
  return {
    ...(status === undefined ? {} : { status }),
    ...(date === undefined ? {} : { date }),
    relations: [...new Map(relations.map((relation) => [`${relation.edge} ${relation.inverse} ${relation.ref}`, relation])).values()],
  };
}

const relationsOf = (block: MarkdownBlock, path: string): readonly PlacedRelation[] =>
  relationsIn(block, path).map((relation) => ({ ...relation, line: block.line, col: block.col }));

/** `Status: accepted`, in lines, in a list, or in the cells of a table. */
function fieldsOf(blocks: readonly MarkdownBlock[]): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const [index, { text, in: where }] of blocks.entries()) {
    if (where === 'quote') continue;
    if (where === 'cell' && /^(?:status|date)$/i.test(text.trim())) {
      const next = blocks[index + 1]?.text;
      if (next !== undefined && !fields.has(text.trim().toLowerCase())) fields.set(text.trim().toLowerCase(), next);
    }
    for (const line of text.split('\n')) {
      const [, name = '', value = ''] = FIELD.exec(line) ?? [];
      if (name !== '' && value.trim() !== '' && !fields.has(name.toLowerCase())) fields.set(name.toLowerCase(), value);
    }
  }
  return fields;
}

function frontMatterOf({ frontMatter }: Markdown): { fields: ReadonlyMap<string, string>; relations: readonly MarkdownBlock[] } {
  const value = frontMatter?.value;
  const fields = new Map<string, string>();
  const relations: MarkdownBlock[] = [];
  if (!frontMatter || !isRecord(value)) return { fields, relations };
  const block = (field: string, text: string): MarkdownBlock => {
    const { line, col } = frontMatter.spanOf([field]);
    return { section: -1, line, col, in: 'text', text, links: [] };
  };
  for (const [name, given] of Object.entries(value)) {
    const text = given instanceof Date ? given.toISOString().slice(0, 10) : typeof given === 'string' ? given : undefined;
    if (text !== undefined) fields.set(name.toLowerCase(), text);
    if (name.toLowerCase() === 'status' && text !== undefined) relations.push(block(name, text));
    const verb = RELATIONS.find(([field]) => field === name)?.[1];
    if (verb !== undefined)
      for (const other of Array.isArray(given) ? itemsOf(given) : [given])
        if (typeof other === 'string' || typeof other === 'number') relations.push(block(name, `${verb} ${other}`));
  }
  return { fields, relations };
}

const sectionText = ({ blocks, sections }: Markdown, heading: RegExp): string | undefined =>
  blocks.find(({ section }) => section >= 0 && heading.test(sections[section]!.heading))?.text;

const dateIn = (text: string | undefined): string | undefined =>
  text === undefined ? undefined : (/\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{4}|\d{4}\/\d{2}\/\d{2}/.exec(text)?.[0] ?? undefined);

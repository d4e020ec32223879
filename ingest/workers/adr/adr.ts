import type { Diagnostic, Span } from '../../../graph/model/provenance.ts';
import { adrId } from '../../../graph/model/id.ts';
import type { Source, SourceFacts, SourceFormat } from '../../file-worker.ts';
import type { DemandKey, GovernsKey, LinkKey } from '../../keys.ts';
import { documentRole, MARKDOWN, readMarkdown, stemOf, type Markdown } from '../../parse/markdown.ts';
import { excerptsOf, mentionsIn, shortened } from '../../parse/mentions.ts';
import { sectionFacts } from '../../parse/sections.ts';
import { selectorOf } from '../../parse/selector.ts';
import { isRecord, itemsOf, memberOf } from '../../parse/tree.ts';
import { adrName } from './adr-name.ts';
import { metadataOf } from './metadata.ts';
import { isInForce } from './status.ts';

const NUMBERED_TITLE = /^(?:(?:ADR|architecture decision record)[-_ #]*\d*\s*[:.–—-]\s*|\d{1,5}\s*[.:–—-]\s*)/i;
const CONTEXT = /^(?:\d+\.\s*)?(?:context|problem)\b/i;
const DECISION = /^(?:\d+\.\s*)?(?:decision(?: outcome| made)?|solution|resolution)s?$/i;
const BINDING = /^(?:\d+\.\s*)?(?:decision(?: outcome| made)?|solution|resolution|(?:positive |negative )?consequences)s?$/i;
/** Fields of a front matter that say what has to obey. */
const GOVERNS = ['governs', 'affects', 'scope', 'applies-to', 'appliesTo', 'applies_to'];

/**
 * Architecture decision records: MADR 2 to 4, Nygard's, log4brains. Sections are there to be found and cited by themselves; what
 * the record states, it states as a whole, and a link to one of its headings leads to the record.
 */
export const adrFormat: SourceFormat = {
  name: 'adr',
  version: 4,
  claims: (path) => MARKDOWN.test(path),
  recognises: (text, path) => documentRole(path, text) === 'adr',
  read: readAdr,
};

function readAdr({ repo, path, text }: Pick<Source, 'repo' | 'path' | 'text'>): SourceFacts {
  const document = readMarkdown(text, path);
  const { name: ref, number, slug } = adrName(path);
  const id = adrId(repo, ref);
  const title = document.title?.replace(NUMBERED_TITLE, '').trim() || titleFromFile(path);
  const { status, date, relations } = metadataOf(document, path);
  const decision = textUnder(document, DECISION);
  const context = textUnder(document, CONTEXT);
  const diagnostics: readonly Diagnostic[] = document.diagnostics;
  const at = ({ line, col }: Span): { line: number; col: number } => ({ line, col });
  const binding = sectionsUnder(document, BINDING);
  const sections = sectionFacts(repo, path, id, document.sections, excerptsOf(document.blocks));
  const keys: LinkKey[] = [
    { key: 'adr', id, slug, title, ...(number === undefined ? {} : { number }) },
    { key: 'document', id },
    ...relations.map(({ edge, inverse, ref: other, line, col }): DemandKey => ({
      key: 'demand',
      from: id,
      edge,
      ref: other,
      line,
      col,
      ...(inverse ? { inverse } : {}),
    })),
    ...(status === undefined || status === 'accepted' || status === 'proposed' ? declaredScope(document) : []).map(
      ({ selector, span }): GovernsKey => ({ key: 'governs', from: id, ...selector, ...at(span) }),
    ),
    ...mentionsIn(document, (section) => ({ from: id, ...(binding.has(section) && isInForce(status) ? { governs: true } : {}) })),
  ];
  return {
    nodes: [
      {
        id,
        kind: 'Adr',
        name: title,
        repo,
        file: path,
        span: document.span,
        props: {
          ...(status === undefined ? {} : { status }),
          ...(number === undefined ? {} : { number }),
          ...(date === undefined ? {} : { date }),
          ...(decision === undefined ? {} : { decision: shortened(decision) }),
          doc: shortened([title, context ?? decision ?? ''].join('. ')),
        },
      },
      ...sections.nodes,
    ],
    edges: sections.edges,
    diagnostics,
    keys,
  };
}

const titleFromFile = (path: string): string =>
  stemOf(path)
    .replace(/^(?:adr[-_ ]?)?\d+[-_. ]+/i, '')
    .replaceAll(/[-_]+/g, ' ');

/** The first paragraph under a heading. */
function textUnder(document: Markdown, heading: RegExp): string | undefined {
  const sections = sectionsUnder(document, heading);
  return document.blocks.find(({ section, text }) => sections.has(section) && text.trim() !== '')?.text;
}

/** Sections with such a heading, and those inside them. */
function sectionsUnder({ sections }: Markdown, heading: RegExp): ReadonlySet<number> {
  const found = new Set<number>();
  for (const [index, section] of sections.entries())
    if (heading.test(section.heading.trim()) || (section.parent !== undefined && found.has(section.parent))) found.add(index);
  return found;
}

function declaredScope({ frontMatter }: Markdown): readonly { readonly selector: ReturnType<typeof selectorOf>; readonly span: Span }[] {
  const value = frontMatter?.value;
  if (!frontMatter || !isRecord(value)) return [];
  return GOVERNS.flatMap((field) => {
    const given = memberOf(value, field);
    const entries = typeof given === 'string' ? given.split(',').map((part) => part.trim()) : itemsOf(given);
    return entries.flatMap((entry, index) =>
      typeof entry === 'string' && entry !== ''
        ? [{ selector: selectorOf(entry), span: frontMatter.spanOf(typeof given === 'string' ? [field] : [field, index]) }]
        : [],
    );
  });
}

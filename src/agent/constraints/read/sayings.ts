import { lastLineOf } from '../../../../graph/model/provenance.ts';
import { compare } from '../../../../graph/model/edge.ts';
import type { Node } from '../../../../graph/model/node.ts';
import { findAll } from '../../../../graph/query/find-all.ts';
import { createQuotedFiles } from '../../../retrieval/quoted-file.ts';
import { sentencesOf } from '../../parse/sentences.ts';
import type { StepContext } from '../../model.ts';
import type { Saying } from '../saying.ts';
import { inWords } from '../words/terms.ts';
import { sayingsOfOpenApi } from './openapi/document.ts';
import { evidenceAt, evidenceFrom, type Quotable } from './place-in-file.ts';

/** Statuses of decisions that bind nobody, or nobody any more. */
const NOT_IN_FORCE = /^(?:superseded|rejected|deprecated|proposed|draft|withdrawn|obsolete)/;
/** Headings of a decision record under which it says what holds. */
const DECIDES =
  /^\s{0,3}#{1,6}\s*(?:\d+\.\s*)?(?:decision(?: outcome| made)?s?|solution|resolution|outcome|policy|rules?|we decided|consequences?|(?:positive |negative )?consequences)\b/i;
const HEADING = /^\s{0,3}#{1,6}\s/;

/** Everything in a repository that binds: specs, policies, decisions in force and contracts, each with its place. */
export async function sayingsIn({ graph: { reader }, repo }: Pick<StepContext, 'graph' | 'repo'>): Promise<readonly Saying[]> {
  const files = createQuotedFiles(reader);
  const all = await findAll(reader, { repo, kinds: ['Adr', 'Policy', 'PolicyRule', 'Spec', 'AcceptanceCriterion', 'Nfr', 'Api'] });
  const sayings: Saying[] = [];
  const titles = new Map(all.map((node) => [node.id, `${node.name} ${textProp(node, 'title') ?? ''} ${textProp(node, 'doc') ?? ''}`]));
  const contracts = new Set<string>();
  for (const node of all.toSorted((a, b) => compare(a.id, b.id))) {
    const file = await files.of(node);
    if (!file || node.span === undefined) continue;
    if (node.kind === 'AcceptanceCriterion' || node.kind === 'Nfr') sayings.push(...ofCriterion(node, file));
    else if (node.kind === 'PolicyRule') sayings.push(ofRule(node, file, titles));
    else if (node.kind === 'Policy' && /\.mdx?$|\.markdown$/i.test(file.path)) sayings.push(...prose(node, file, 'policy', (text) => text));
    else if (node.kind === 'Adr' && !NOT_IN_FORCE.test(textProp(node, 'status') ?? ''))
      sayings.push(...prose(node, file, 'adr', decisionOf));
    else if (node.kind === 'Api' && textProp(node, 'format') === 'openapi' && !contracts.has(file.path)) {
      contracts.add(file.path);
      sayings.push(...sayingsOfOpenApi(file, node.id));
    }
  }
  return sayings;
}

const textProp = ({ props }: Node, name: string): string | undefined => {
  const value = (props as Readonly<Record<string, unknown>>)[name];
  return typeof value === 'string' ? value : undefined;
};

function ofCriterion(node: Node, file: Quotable): readonly Saying[] {
  const text = textProp(node, 'text') ?? textProp(node, 'doc');
  if (text === undefined || node.span === undefined) return [];
  const [, feature = ''] = /spec:([^/]+)/.exec(node.id) ?? [];
  return [
    {
      layer: 'spec',
      evidence: evidenceAt(file, node.id, node.span.line, lastLineOf(node.span), text),
      text,
      context: inWords(feature),
      document: `spec:${feature}`,
      feature,
    },
  ];
}

function ofRule(node: Node, file: Quotable, titles: ReadonlyMap<string, string>): Saying {
  const text = textProp(node, 'statement') ?? textProp(node, 'doc') ?? '';
  const span = node.span!;
  const document = node.id.replace(/\/[^/]*$/, '');
  return {
    layer: 'policy',
    evidence: evidenceAt(file, node.id, span.line, lastLineOf(span), text),
    text,
    context: titles.get(document)?.split(' ').slice(0, 12).join(' ') ?? '',
    document,
  };
}

/** Sentences of a document of prose; `part` blanks what does not bind, and keeps every offset. */
function prose(node: Node, file: Quotable, layer: 'policy' | 'adr', part: (text: string) => string): readonly Saying[] {
  const text = part(file.text);
  const sayings: Saying[] = [];
  for (const block of blocksOf(text))
    for (const range of sentencesOf(text, block)) {
      const said = text.slice(range.start, range.end).replace(/^[-*+]\s+|^\d+[.)]\s+/, '');
      if (said.trim().length < 8) continue;
      const from = range.end - said.length;
      sayings.push({
        layer,
        evidence: evidenceFrom(file, node.id, from, range.end),
        text: said.replace(/\s+/g, ' '),
        context: node.name,
        document: node.id,
      });
    }
  return sayings;
}

/** Stretches that are one paragraph or one item of a list. */
function blocksOf(text: string): readonly { readonly start: number; readonly end: number }[] {
  const blocks: { start: number; end: number }[] = [];
  let at = 0;
  let open: { start: number; end: number } | undefined;
  let isFenced = false;
  for (const row of text.split('\n')) {
    const end = at + row.length;
    if (/^\s*```/.test(row)) isFenced = !isFenced;
    if (row.trim() === '' || HEADING.test(row) || isFenced || /^\s*(?:```|\||>|---)/.test(row)) open = undefined;
    else if (open === undefined || /^\s*(?:[-*+]|\d+[.)])\s/.test(row))
      blocks.push((open = { start: at + (row.length - row.trimStart().length), end }));
    else open.end = end;
    at = end + 1;
  }
  return blocks;
}

/** The part of a decision record that decides, all else blanked. */
function decisionOf(text: string): string {
  let deciding = false;
  return text
    .split('\n')
    .map((row) => {
      if (HEADING.test(row)) deciding = DECIDES.test(row);
      return deciding && !HEADING.test(row) ? row : row.replace(/\S/g, ' ');
    })
    .join('\n');
}

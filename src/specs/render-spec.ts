import { visible } from '../visible.ts';
import { isProposed, type Criterion, type Measure, type Nfr, type Question, type Scenario, type Spec } from './spec.ts';

/** One thing on a page, whatever it is written as. */
type Block =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'table'; readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] };

/** A spec for reading, as Markdown. What people wrote is text on the page: it opens no tag and no link. */
export const renderMarkdown = (spec: Spec): string => `${pageOf(spec).map(markdownOf).join('\n\n')}\n`;

/** The same as a page of HTML that needs nothing else. */
export const renderHtml = (spec: Spec): string =>
  `<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<title>${escapeHtml(spec.feature)}</title>\n<style>body{font:16px/1.5 sans-serif;max-width:50em;margin:2em auto;padding:0 1em}table{border-collapse:collapse}td,th{border:1px solid #ccc;padding:.2em .6em;text-align:left}</style>\n${pageOf(spec).map(htmlOf).join('\n')}\n</html>\n`;

function pageOf(spec: Spec): readonly Block[] {
  const owner =
    spec.owner.name ??
    Object.entries(spec.owner)
      .map(([of, name]: [string, string]) => `${of}: ${name}`)
      .join(', ');
  return [
    { kind: 'heading', level: 1, text: spec.feature },
    {
      kind: 'text',
      text: [
        `Version ${spec.version}`,
        ...(owner === '' ? [] : [`owner ${owner}`]),
        ...(spec.supersedes ? [`supersedes ${spec.supersedes}`] : []),
      ].join(' · '),
    },
    { kind: 'text', text: spec.description },
    ...(spec.why === undefined ? [] : [{ kind: 'heading', level: 2, text: 'Why' } as const, { kind: 'text', text: spec.why } as const]),
    { kind: 'heading', level: 2, text: 'Acceptance criteria' },
    ...spec.criteria.flatMap(criterionBlocks),
    ...nfrBlocks(spec.nfrs),
    ...listBlocks(
      'Dependencies',
      spec.dependencies.map(({ target, contract, range, reason }) =>
        [target, contract, range, reason].filter((part) => part !== undefined).join(' — '),
      ),
    ),
    ...listBlocks('Out of scope', spec.outOfScope),
    ...listBlocks('Questions', spec.questions.map(questionLine)),
    ...listBlocks(
      'Links',
      spec.links.map(({ rel, target }) => `${rel} ${target}`),
    ),
  ];
}

function questionLine(question: Question): string {
  const { id, text, options, answer, answeredBy, waived } = question;
  const proposal = isProposed(question) ? ` (proposed by ${answeredBy}, not confirmed)` : '';
  const state = answer !== undefined ? `${answer}${proposal}` : waived === undefined ? 'open' : `waived: ${waived}`;
  return `${id}: ${text}${options.length > 0 ? ` (${options.join(' / ')})` : ''} — ${state}`;
}

function criterionBlocks({ id, text, priority, scenarios, verify }: Criterion): readonly Block[] {
  const checks = verify.map(({ kind, ref }) => (ref === undefined ? kind : `${kind}: ${ref}`));
  return [
    { kind: 'heading', level: 3, text: `${id} (${priority})` },
    { kind: 'text', text },
    ...scenarios.map((scenario): Block => ({ kind: 'list', items: stepsOf(scenario) })),
    ...(checks.length === 0 ? [] : [{ kind: 'text', text: `Verified by ${checks.join('; ')}` } as const]),
  ];
}

const stepsOf = ({ given, when, outcome }: Scenario): readonly string[] => [
  ...given.map((step) => `Given ${step}`),
  ...when.map((step) => `When ${step}`),
  ...outcome.map((step) => `Then ${step}`),
];

function nfrBlocks(nfrs: readonly Nfr[]): readonly Block[] {
  if (nfrs.length === 0) return [];
  const rows = nfrs.map(({ id, category, text, measure }) => [id, category, text, measure ? measured(measure) : '']);
  return [
    { kind: 'heading', level: 2, text: 'Qualities' },
    { kind: 'table', head: ['id', 'of', 'demand', 'measure'], rows },
  ];
}

const measured = ({ metric, op, value, unit = '', percentile, window }: Measure): string =>
  `${percentile === undefined ? '' : `p${percentile} of `}${metric} ${op} ${value} ${unit}${window === undefined ? '' : ` over ${window}`}`.trim();

const listBlocks = (title: string, items: readonly string[]): readonly Block[] =>
  items.length === 0
    ? []
    : [
        { kind: 'heading', level: 2, text: title },
        { kind: 'list', items },
      ];

const oneLine = (text: string): string => visible(text.replace(/\s+/g, ' ').trim());
const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[sign]!);
export const escapeMarkdown = (text: string): string => oneLine(text).replace(/[\\`*_[\]<>|~#]/g, (sign) => `\\${sign}`);

function markdownOf(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `${'#'.repeat(block.level)} ${escapeMarkdown(block.text)}`;
    case 'text':
      return escapeMarkdown(block.text);
    case 'list':
      return block.items.map((item) => `- ${escapeMarkdown(item)}`).join('\n');
    case 'table': {
      const row = (cells: readonly string[]): string => `| ${cells.map(escapeMarkdown).join(' | ')} |`;
      return [row(block.head), `|${block.head.map(() => '---').join('|')}|`, ...block.rows.map(row)].join('\n');
    }
  }
}

function htmlOf(block: Block): string {
  const cells = (row: readonly string[], tag: 'td' | 'th'): string =>
    `<tr>${row.map((cell) => `<${tag}>${escapeHtml(oneLine(cell))}</${tag}>`).join('')}</tr>`;
  switch (block.kind) {
    case 'heading':
      return `<h${block.level}>${escapeHtml(oneLine(block.text))}</h${block.level}>`;
    case 'text':
      return `<p>${escapeHtml(oneLine(block.text))}</p>`;
    case 'list':
      return `<ul>${block.items.map((item) => `<li>${escapeHtml(oneLine(item))}</li>`).join('')}</ul>`;
    case 'table':
      return `<table>${cells(block.head, 'th')}${block.rows.map((row) => cells(row, 'td')).join('')}</table>`;
  }
}

import { describe, expect, it } from 'vitest';
import type { DemandKey, LinkKey } from '../../../../../ingest/keys.ts';
import { chunksOf } from '../../../../../ingest/chunks.ts';
import { demandsLinker } from '../../../../../ingest/link/demands.ts';
import { adrFormat } from '../../../../../ingest/workers/adr/adr.ts';
import { markdownFormat } from '../../../../../ingest/workers/markdown/markdown.ts';
import { linkFiles } from '../../link/link-files.ts';
import { readFormat } from '../../read-format.ts';

const read = (text: string, path = 'docs/adr/0007-store-orders.md') => readFormat(adrFormat, { [path]: text });
const demands = (keys: readonly LinkKey[]): readonly string[] =>
  keys
    .filter((key): key is DemandKey => key.key === 'demand')
    .map(({ edge, inverse, ref, line }) => `${line} ${edge}${inverse ? ' by' : ''} ${ref}`);

describe('a decision record', () => {
  it('of Nygard has its status in a section', async () => {
    const { nodes, keys } = await read(`# 7. Store orders in PostgreSQL

Date: 2024-03-01

## Status

Accepted

Supersedes [3. Store orders in files](0003-store-orders-in-files.md)

Amended by [9. Split orders](0009-split-orders.md)

## Context

Files are lost.

## Decision

Orders go to \`orders.total\`.
`);
    expect(nodes.filter(({ kind }) => kind !== 'Section')).toMatchObject([
      {
        id: 'shop//adr:0007',
        kind: 'Adr',
        name: 'Store orders in PostgreSQL',
        props: {
          status: 'accepted',
          number: '0007',
          date: '2024-03-01',
          decision: 'Orders go to orders.total.',
          doc: 'Store orders in PostgreSQL. Files are lost.',
        },
      },
    ]);
    expect(demands(keys)).toEqual([
      '9 SUPERSEDES doc:docs/adr/0003-store-orders-in-files.md',
      '11 REFINES by doc:docs/adr/0009-split-orders.md',
    ]);
    expect(keys).toContainEqual({
      key: 'mention',
      from: 'shop//adr:0007',
      text: 'orders.total',
      form: 'code',
      line: 19,
      col: 14,
      governs: true,
    });
  });

  it('has sections as other documents have them, and states what it states itself', async () => {
    const text = `---\nstatus: accepted\n---\n# Store orders\n\n## Context\n\nFiles are lost.\n\n## Decision\n\nUse \`orders\`.\n\n### Details\n\nAs \`orders.total\`.\n`;
    const record = await read(text);
    const prose = await readFormat(markdownFormat, { 'docs/adr/0007-store-orders.md': text });
    const sectionsOf = ({ nodes }: typeof record) => nodes.filter(({ kind }) => kind === 'Section');
    expect(sectionsOf(record).map(({ id, name, span }) => [id.slice(6), name, span?.line, span?.endLine])).toEqual([
      ['doc:docs/adr/0007-store-orders.md#store-orders', 'Store orders', 4, 17],
      ['doc:docs/adr/0007-store-orders.md#context', 'Context', 6, 10],
      ['doc:docs/adr/0007-store-orders.md#decision', 'Decision', 10, 17],
      ['doc:docs/adr/0007-store-orders.md#details', 'Details', 14, 17],
    ]);
    expect(sectionsOf(record)).toEqual(sectionsOf(prose));
    expect(record.arrows).toEqual([
      'shop//adr:0007 CONTAINS shop//doc:docs/adr/0007-store-orders.md#store-orders',
      'shop//doc:docs/adr/0007-store-orders.md#decision CONTAINS shop//doc:docs/adr/0007-store-orders.md#details',
      'shop//doc:docs/adr/0007-store-orders.md#store-orders CONTAINS shop//doc:docs/adr/0007-store-orders.md#context',
      'shop//doc:docs/adr/0007-store-orders.md#store-orders CONTAINS shop//doc:docs/adr/0007-store-orders.md#decision',
    ]);
    expect(record.keys.filter((key) => key.key === 'mention').map(({ from, text: named }) => [from, named])).toEqual([
      ['shop//adr:0007', 'orders'],
      ['shop//adr:0007', 'orders.total'],
    ]);
    const chunks = chunksOf('docs/adr/0007-store-orders.md', text, record.nodes);
    expect(chunks.map(({ set, node }) => [set, node])).toEqual([
      ['text-file', 'shop//adr:0007'],
      ...sectionsOf(record).map(({ id }) => ['text-part', id]),
    ]);
    expect(chunks[2]?.text).toContain('Files are lost.');
  });

  it('of MADR has it in front matter, with what it governs', async () => {
    const { nodes, keys } = await read(`---
status: "superseded by ADR-0012"
date: 2024-03-01
governs: [src/orders/**, "table:orders", OrderService]
---
# Store orders

## Decision Outcome

\`OrderService\` stores.
`);
    expect(nodes[0]?.props).toMatchObject({ status: 'superseded' });
    expect(demands(keys)).toEqual(['2 SUPERSEDES by adr:0012']);
    // It is not in force any more.
    expect(keys.filter(({ key }) => key === 'governs')).toEqual([]);
    expect(keys.find(({ key }) => key === 'mention')).not.toHaveProperty('governs');
  });

  it('in force governs what its front matter selects', async () => {
    const { keys } = await read(`---\nstatus: accepted\ngoverns: [src/orders/**, "table:orders", OrderService]\n---\n# Store orders\n`);
    expect(keys.filter(({ key }) => key === 'governs')).toMatchObject([
      { paths: ['src/orders/**'], line: 3 },
      { refs: ['table:orders'] },
      { names: ['OrderService'] },
    ]);
  });

  it.each([
    ['* Status: accepted', 'accepted'],
    ['- **Status**: Approved', 'accepted'],
    ['| Status | Proposed |\n|---|---|\n', 'proposed'],
    ['Status: Draft', 'draft'],
    ['Status: rejected, see below', 'rejected'],
    ['Status: [proposed | accepted | rejected]', undefined],
    ['> Status: accepted', undefined],
    ['## Status\n\nDeprecated', 'deprecated'],
    ['## Status\n\nSuperceded by [ADR 9](0009-x.md)', 'superseded'],
    ['Status: accepted\n\n**Note:** Superseded by ADR-9.', 'superseded'],
    ['Status: accepted\n\nSome sections are superseded by ADR-9.', 'accepted'],
    ['Just text.', undefined],
  ])('that says %j has status %s', async (text, status) => {
    const { nodes } = await read(`# Store orders\n\n${text}\n\n## Context\n\nText.\n`);
    expect(nodes[0]?.props).toEqual(expect.objectContaining(status === undefined ? { number: '0007' } : { status }));
    expect(status === undefined && 'status' in (nodes[0]?.props ?? {})).toBe(false);
  });

  it('says of several others in one sentence what becomes of each, whatever stands in brackets', async () => {
    const { keys } = await read(`# Hand-written client

- Status: accepted

## Consequences

- Relations: **amends [ADR 2](0002-a.md)** (kept; now an option); **supersedes the mechanisms of [ADR 5](0005-b.md)** (gone;
  the decision stands. Really), and of [ADR 6](0006-c.md)/[ADR 9](0009-d.md) (moved). See [ADR 1](0001-e.md).
- The old store, which ADR-4 replaces, is gone.
`);
    expect(demands(keys)).toEqual([
      '7 REFINES doc:docs/adr/0002-a.md',
      '7 REFINES doc:docs/adr/0005-b.md',
      '7 REFINES doc:docs/adr/0006-c.md',
      '7 REFINES doc:docs/adr/0009-d.md',
    ]);
  });

  it('is replaced as a whole where the other one says so, whatever this one says of parts', async () => {
    const files = {
      'docs/adr/0001-files.md': '# Files\n\nStatus: superseded by [2](0002-tables.md)\n',
      'docs/adr/0002-tables.md': '# Tables\n\nStatus: accepted\n\nSupersedes the mechanisms of [1](0001-files.md).\n',
      'docs/adr/0003-views.md': '# Views\n\nStatus: accepted, amends ADR-0002 and supersedes ADR-0099\n',
    };
    const { arrows, diagnostics } = await linkFiles(demandsLinker, [adrFormat], files);
    expect(arrows).toEqual(['adr:0002 SUPERSEDES adr:0001', 'adr:0003 REFINES adr:0002']);
    expect(diagnostics).toMatchObject([{ code: 'unknown-reference', file: 'docs/adr/0003-views.md' }]);
  });
});

describe('which files are decision records, and their names', () => {
  it.each([
    ['docs/adr/0003-x.md', 'adr:0003'],
    ['doc/architecture/decisions/0003-x.md', 'adr:0003'],
    ['packages/core/docs/adr/0003-x.md', 'adr:packages/core/0003'],
    ['docs/adr/20200924-use-markdown.md', 'adr:20200924-use-markdown'],
    ['docs/decisions/use-markdown.md', 'adr:use-markdown'],
  ])('%s is %s', async (path, name) => {
    const text = '# Use Markdown\n\n## Status\n\nAccepted\n';
    expect(adrFormat.recognises!(text, path)).toBe(true);
    expect((await read(text, path)).nodes[0]?.id).toBe(`shop//${name}`);
  });

  it.each(['docs/adr/README.md', 'docs/adr/template.md', 'docs/adr/adr-template.md', 'docs/guide/0003-x.md', 'src/adr.md'])(
    '%s is none',
    (path) => expect(adrFormat.recognises!('# Use Markdown\n\n## Status\n\nAccepted\n', path)).toBe(false),
  );
});

describe('a hostile record', () => {
  it.each([
    ['nothing', ''],
    ['front matter that is not closed', '---\nstatus: accepted\n'],
    ['front matter that is no YAML', '---\nstatus: [\n---\n# T\n'],
    ['polluted front matter', '---\n__proto__: { status: accepted }\nconstructor: x\n---\n# T\n'],
    ['byte order mark and CRLF', '\uFEFF---\r\nstatus: accepted\r\n---\r\n# T\r\n'],
  ])('with %s is one record', async (_, text) => {
    const { nodes } = await read(text);
    expect(nodes.filter(({ kind }) => kind === 'Adr')).toMatchObject([{ id: 'shop//adr:0007' }]);
  });

  it('takes bounded time', async () => {
    const started = performance.now();
    await read(`# T\n\n${'superseded by ('.repeat(30_000)}`);
    await read(`# T\n\n${`Supersedes ADR-1; amends ADR-2, ${'('.repeat(50)}. `.repeat(4000)}`);
    await read(`# T\n\n${'> '.repeat(50_000)}x`);
    expect(performance.now() - started).toBeLessThan(8000);
  });
});

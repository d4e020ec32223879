import { describe, expect, it } from 'vitest';
import { documentRole, readMarkdown } from '../../../../ingest/parse/markdown.ts';

const GUIDE = `---
title: Sending parcels
tags: [guide]
---
Before anything else.

# Sending

Call [the API](api.md#send) or \`POST /parcels\`.

## Errors & limits

See [limits][l].

### Errors & limits

\`\`\`ts title="send.ts"
await send();
\`\`\`

# Costs {#what-it-costs}

| Field | Meaning |
|---|---|
| \`cents\` | never euros |

[l]: ../limits.md
`;

describe('a Markdown document', () => {
  it('has sections with the slugs of GitHub, each in the one around it', () => {
    const { title, sections } = readMarkdown(GUIDE, 'docs/sending.md');
    expect(title).toBe('Sending parcels');
    expect(sections.map(({ slug, headings, parent, span }) => [slug, headings.join(' > '), parent, span.line, span.endLine])).toEqual([
      ['sending', 'Sending', undefined, 7, 21],
      ['errors--limits', 'Sending > Errors & limits', 0, 11, 21],
      ['errors--limits-1', 'Sending > Errors & limits > Errors & limits', 1, 15, 21],
      ['what-it-costs', 'Costs', undefined, 21, 28],
    ]);
  });

  it('names what stands in code spans and leads to what is linked, by reference too', () => {
    const { mentions, fences } = readMarkdown(GUIDE, 'docs/sending.md');
    expect(mentions.map(({ section, form, text, line }) => `${section} ${form} ${text} @${line}`)).toEqual([
      '0 link api.md#send @9',
      '0 code POST /parcels @9',
      '1 link ../limits.md @13',
      '3 code cents @25',
    ]);
    expect(fences).toEqual([{ section: 2, language: 'ts', text: 'await send();', line: 18, col: 1 }]);
  });

  it('says what a reader is told to make', () => {
    const planned = (text: string): readonly (true | undefined)[] => readMarkdown(text, 'a.md').mentions.map((mention) => mention.planned);
    for (const text of [
      '1. Create `src/seed.ts`:',
      'Create a new file called `x.ts`',
      'Then **generate** the `x.ts`',
      'Creates an empty `x.ts`.',
    ])
      expect(planned(text), text).toEqual([true]);
    for (const text of ['Add it to `src/seed.ts`', 'Create a user in the console, see `x.ts`', 'It is created. See `x.ts`', 'renew `x.ts`'])
      expect(planned(text), text).toEqual([undefined]);
    expect(planned('Create `a.ts` and look at `b.ts`')).toEqual([true, undefined]);
  });

  it('keeps the place of its front matter', () => {
    const { frontMatter } = readMarkdown(`\uFEFF${GUIDE}`, 'docs/sending.md');
    expect(frontMatter?.spanOf(['tags'])).toMatchObject({ line: 3, col: 1 });
    expect(readMarkdown('---\nbroken: [\n---\n# Title\n', 'a.md').diagnostics).toEqual([
      expect.objectContaining({ code: 'parse-failure', file: 'a.md' }),
    ]);
    expect(readMarkdown('---\nno end\n\n# Title\n', 'a.md').frontMatter).toBeUndefined();
  });

  it('reads lines that end in CR LF alike', () => {
    const { sections, mentions } = readMarkdown(GUIDE.replaceAll('\n', '\r\n'), 'docs/sending.md');
    expect(sections.map(({ slug }) => slug)).toEqual(['sending', 'errors--limits', 'errors--limits-1', 'what-it-costs']);
    expect(mentions).toHaveLength(4);
  });

  it('has no two sections of one slug, and none without', () => {
    const { sections } = readMarkdown('# A {#x}\n# B {#x}\n# ![logo](l.png)\n# 🚀\n# 🚀\n', 'a.md');
    const slugs = sections.map(({ slug }) => slug);
    expect(new Set(slugs).size).toBe(slugs.length);
    expect(slugs).not.toContain('');
  });

  it('of more than half a megabyte has its headings only', () => {
    const text = `# Log\n\n${'`a.b` is here. '.repeat(400_000)}\n\n\`\`\`\n# no heading\n\`\`\`\n\n## Last\n`;
    expect(text.length).toBeGreaterThan(5_000_000);
    const { sections, mentions, diagnostics } = readMarkdown(text, 'a.md');
    expect(sections.map(({ slug }) => slug)).toEqual(['log', 'last']);
    expect(mentions).toEqual([]);
    expect(diagnostics).toEqual([expect.objectContaining({ code: 'too-large', file: 'a.md' })]);
  });

  it.each([
    ['quotes in quotes', '> '.repeat(60_000)],
    ['quotes without spaces', '>'.repeat(100_000)],
    ['numbered lists in lists', '1. '.repeat(40_000)],
    ['emphasis', '*_'.repeat(50_000)],
    ['links in links', '[a]('.repeat(25_000)],
    ['closing brackets', ']('.repeat(50_000)],
    ['footnotes', '[^1]'.repeat(25_000)],
    ['strikes', '~~a'.repeat(30_000)],
    ['an underlined heading every two lines', 'a\n===\n'.repeat(16_000)],
    ['a quote after each line', '> a\nb\n'.repeat(16_000)],
    ['a table of thousands of columns', `${'|a'.repeat(10_000)}\n${'|-'.repeat(10_000)}\n`],
  ])('of hostile %s takes bounded time, and says what it did not read', (_, hostile) => {
    const { sections, diagnostics } = readMarkdown(`# First\n\n${hostile}\n\n# Last\n`, 'a.md');
    expect(sections.map(({ slug }) => slug)).toContain('first');
    expect(sections.at(-1)?.slug).toBe('last');
    expect(diagnostics).toEqual([expect.objectContaining({ code: 'too-large', severity: 'info' })]);
  });

  it('whose fence is never closed ends in it', () => {
    const { fences, sections } = readMarkdown(`# One\n\n\`\`\`ts\nfoo();\n${'# no\n'.repeat(10_000)}`, 'a.md');
    expect(sections).toHaveLength(1);
    expect(fences).toHaveLength(1);
  });

  it('that is empty has nothing', () => {
    expect(readMarkdown('', 'a.md')).toMatchObject({ sections: [], blocks: [], mentions: [], fences: [], diagnostics: [] });
  });
});

describe('the role of a document', () => {
  it.each([
    ['README.md', '# Shop', 'doc'],
    ['docs/adr/0003-queues.md', '# Queues', 'adr'],
    ['docs/adr/README.md', '# Decisions\n## Status', 'doc'],
    ['docs/adr/template.md', '# {title}\n## Status', 'doc'],
    ['docs/decisions/how-we-decide.md', '# How we decide', 'doc'],
    ['docs/decisions/use-queues.md', '# Use queues\n\n## Context\n', 'adr'],
    ['adr-001-use-adrs.md', '# Use ADRs\n\n## Decision\n', 'adr'],
    ['notes/adr-001-draft.md', 'Nothing yet.', 'doc'],
    ['specs/001-login/spec.md', '# Login', 'spec-kit'],
    ['specs/001-login/research.md', '# Login', 'doc'],
    ['.specify/memory/constitution.md', '', 'spec-kit'],
    ['openspec/changes/add-2fa/proposal.md', '', 'openspec'],
    ['.kiro/specs/login/requirements.md', '', 'kiro'],
    ['SECURITY.md', '# Security', 'policy'],
    ['policies/retention.md', '# Retention', 'policy'],
    ['docs/backup.md', '# Backup Policy\n', 'policy'],
    ['docs/retry.md', '# Retry policy of the client\n', 'doc'],
    ['tickets/SHOP-12-refunds.md', '# Refunds', 'ticket'],
    ['docs/refunds.md', '---\nticket: SHOP-12\n---\n# Refunds', 'ticket'],
    ['docs/issues/overview.md', '# Known issues', 'doc'],
  ])('%s is a %s', (path, text, role) => {
    expect(documentRole(path, text)).toBe(role);
  });

  it('is found in bounded time', () => {
    const hostile = `---\n${'a:\n'.repeat(300_000)}`;
    const before = performance.now();
    for (const path of ['a.md', 'docs/adr/x.md', 'tickets/x.md']) documentRole(path, hostile);
    for (const text of [' '.repeat(500_000), '#'.repeat(500_000), '\n'.repeat(500_000), '# a'.repeat(200_000)]) documentRole('a.md', text);
    expect(performance.now() - before).toBeLessThan(2000);
  });
});

import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { CHANGE_KINDS } from '../../../graph/query/change.ts';
import { DIAGRAM_KINDS } from '../../../graph/query/diagram/kinds.ts';
import { CHECKS } from '../../../graph/query/findings/find.ts';
import { loadLinkers } from '../../../ingest/link/registry.ts';
import { loadWorkers } from '../../../ingest/registry.ts';
import { LINT_RULES } from '../../../src/specs/lint/lint-spec.ts';

const root = join(import.meta.dirname, '../../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** The program's commands, as `src/cli/main.ts` adds them, each with the words that call it: "show", "agent parse". */
async function commands(): Promise<readonly (readonly [string, Command])[]> {
  const folder = join(root, 'src/cli/commands');
  const program = new Command();
  // `spec` is a folder of its own, with a file for each of its commands.
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const file = entry.isDirectory() ? `${entry.name}/${entry.name}.ts` : entry.name;
    const exported = (await import(join(folder, file))) as Readonly<Record<string, unknown>>;
    for (const [name, add] of Object.entries(exported))
      if (name.startsWith('add')) (add as (program: Command, context: unknown) => void)(program, {});
  }
  const called = (command: Command): (readonly [string, Command])[] =>
    command.commands.length === 0
      ? [[command.name(), command]]
      : command.commands.flatMap((inner) => called(inner).map(([words, leaf]) => [`${command.name()} ${words}`, leaf] as const));
  return program.commands.flatMap(called);
}

/** A page's text under a heading of the second level. */
const sectionOf = (page: string, heading: string): string => page.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';

describe('docs/reference/cli.md', async () => {
  const page = read('docs/reference/cli.md');
  const all = await commands();

  test('knows more than ten commands', () => expect(all.length).toBeGreaterThan(10));

  test.each(all)('tells all of %s', (name, { options }) => {
    const section = sectionOf(page, name) || sectionOf(page, name.split(' ')[0]!); // one section for all commands of `spec`
    expect(section).not.toBe('');
    const common = page.slice(0, page.indexOf('\n## '));
    const missing = options
      .map(({ flags }) => flags)
      .filter((flags) => !section.includes(`\`${flags}\``) && !common.includes(`\`${flags}\``));
    expect(missing).toEqual([]);
  });

  test('has no option that no command has', () => {
    const known = new Set(['--help', '--version', ...all.flatMap(([, { options }]) => options.map(({ long }) => long))]);
    const told = [...page.matchAll(/`(?<option>--[a-z-]+)/g)].map(({ groups }) => groups?.['option'] ?? '');
    expect(told.filter((option) => !known.has(option))).toEqual([]);
  });

  test.each([
    ['impact', CHANGE_KINDS],
    ['diagram', DIAGRAM_KINDS],
  ] as const)('names every kind that %s takes', (name, kinds) => {
    expect(kinds.filter((kind) => !sectionOf(page, name).includes(`\`${kind}\``))).toEqual([]);
  });
});

test('docs/reference/findings.md tells every code and how bad it is', () => {
  const page = read('docs/reference/findings.md');
  expect(CHECKS.filter(({ code, severity }) => !sectionOf(page, code).includes(severity)).map(({ code }) => code)).toEqual([]);
});

test('docs/reference/sources.md tells every worker', async () => {
  const page = read('docs/reference/sources.md');
  expect((await loadWorkers()).map(({ name }) => name).filter((name) => !page.includes(`| \`${name}\` |`))).toEqual([]);
});

describe('docs/reference/links.md', () => {
  const page = read('docs/reference/links.md');

  test('tells every linker', async () => {
    expect((await loadLinkers()).map(({ name }) => name).filter((name) => !page.includes(`\n## ${name}\n`))).toEqual([]);
  });

  test('tells every rule that a linker names', () => {
    const files = readdirSync(join(root, 'ingest/link'), { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));
    const rules = files.flatMap((path) =>
      [...read(join('ingest/link', path)).matchAll(/\brule: ?'(?<rule>[a-z-]+)'|\bas\('(?<mention>[a-z-]+)'/g)].map(
        ({ groups }) => groups?.['rule'] ?? groups?.['mention'] ?? '',
      ),
    );
    expect(rules.length).toBeGreaterThan(30);
    expect([...new Set(rules)].filter((rule) => !page.includes(`\`${rule}\``))).toEqual([]);
  });
});

describe('links between documents', () => {
  const pages = [
    'README.md',
    'CONTRIBUTING.md',
    ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' }).map((path) => `docs/${path}`),
  ];

  test.each(pages.filter((path) => path.endsWith('.md')))('%s', (path) => {
    const text = read(path).replaceAll(/^```[\s\S]*?^```/gm, '');
    const targets = [...text.matchAll(/\]\((?<target>[^)\s#]+)[^)]*\)/g)].map(({ groups }) => groups?.['target'] ?? '');
    expect(targets.filter((target) => !/^https?:/.test(target) && !existsSync(join(root, dirname(path), target)))).toEqual([]);
  });
});

test('docs/reference/specs.md tells every rule of lint and how bad it is', () => {
  const page = sectionOf(read('docs/reference/specs.md'), 'Lint');
  expect(LINT_RULES.filter(({ code, severity, title }) => !page.includes(`| \`${code}\` | ${severity} | ${title} |`))).toEqual([]);
});

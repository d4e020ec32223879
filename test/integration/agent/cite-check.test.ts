import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { citeCheck } from '../../../src/agent/cite-check.ts';
import { sha256 } from '../../../src/specs/normative.ts';
import { specgraph } from '../../e2e/cli.ts';
import { openLibrary, type Library } from './library.ts';

const NOTE = 'Readers want to see what they pay.\nA fine must be at most 5 EUR, and it must not be shown to others.\n';
const NOTE_FILE = 'specs/requests/desk-1.md';

let library: Library;
beforeAll(async () => {
  library = await openLibrary();
});
afterAll(() => library[Symbol.asyncDispose]());

interface Cited {
  readonly text?: string;
  readonly basis?: string;
  readonly node?: string;
  readonly file?: string;
  readonly span?: string;
  readonly sha?: string;
  readonly quote?: string;
}

/** A spec by hand, with one criterion and what it cites. */
const specOf = (provenance: string, text = 'The LoanService shall ensure that a fine is at most 5 EUR.') => `feature: showFines
specVersion: "0.1"
owner: desk@library
description: Readers want to see what they pay.
acceptance:
  - id: AC-1
    text: ${JSON.stringify(text)}
    ears: { system: LoanService }
provenance:
  - { claim: /description, basis: quoted, sources: [{ node: "note:desk-1", file: ${NOTE_FILE}, span: L1, sha: "${sha256(NOTE)}", quote: Readers want to see what they pay. }] }
${provenance}`;

/** The truth, with these changes. */
function citing(change: Cited): string {
  const { text, basis = 'extracted', ...source } = change;
  const cited = {
    node: 'note:desk-1',
    file: NOTE_FILE,
    span: 'L2',
    sha: sha256(NOTE).slice(0, 23),
    quote: 'A fine must be at most 5 EUR',
    ...source,
  };
  const members = Object.entries(cited).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
  return specOf(`  - { claim: /acceptance/AC-1, basis: ${basis}, sources: [{ ${members.join(', ')} }] }\n`, text);
}

const kept = new Map([[NOTE_FILE, NOTE]]);
const codesOf = async (text: string) =>
  (await citeCheck(text, 'specs/showFines.spec.yaml', library.sources(kept))).problems.map(({ code }) => code);
const rule = (): Cited => ({
  text: 'A loan never shows who had the book before.',
  basis: 'quoted',
  node: 'policy:privacy/P-1',
  file: 'policies/privacy.policy.yaml',
  span: 'L4',
  sha: library.head,
  quote: 'A loan never shows who had the book before.',
});

describe('what is true', () => {
  test('of people and of the graph, whole and abbreviated, by hand or by program', async () => {
    expect(await codesOf(citing({}))).toEqual([]);
    expect(await codesOf(citing({ span: 'L1-L2' }))).toEqual([]);
    expect(await codesOf(citing({ sha: sha256(NOTE) }))).toEqual([]);
    expect(await codesOf(citing(rule()))).toEqual([]);
    expect(await codesOf(citing({ ...rule(), sha: library.head.slice(0, 9), node: 'library//policy:privacy/P-1' }))).toEqual([]);
    const { file: _, ...fileless } = rule();
    expect(await codesOf(citing({ ...rule(), ...fileless }))).toEqual([]);
  });

  test('counts sentences by what they are based on', async () => {
    expect(await citeCheck(citing({}), 'a.spec.yaml', library.sources(kept))).toEqual({
      sentences: 2,
      bases: { quoted: 1, extracted: 1 },
      problems: [],
    });
  });
});

describe('what is not true', () => {
  test.each<readonly [string, Cited, string]>([
    ['a figure that is another', { quote: 'A fine must be at most 9 EUR' }, 'altered-quote'],
    ['a word left out', { quote: 'A fine must be 5 EUR' }, 'altered-quote'],
    ['other lines', { span: 'L1' }, 'wrong-place'],
    ['lines that there are not', { span: 'L2-L99' }, 'wrong-place'],
    ['no lines', { span: 'here' }, 'incomplete-source'],
    ['no quote', { quote: ' ' }, 'incomplete-source'],
    ['another text', { sha: sha256('another') }, 'unknown-text'],
    ['a hash so short that it says nothing', { sha: sha256(NOTE).slice(0, 10) }, 'unknown-text'],
    ['another thread', { node: 'note:desk-2' }, 'unknown-source'],
    ['a commit for what no commit has', { sha: '0123456789ab' }, 'unknown-text'],
    ['a name instead of a commit', { ...{}, sha: 'HEAD' }, 'unknown-text'],
    ['a basis that there is not', { basis: 'guessed' }, 'unknown-basis'],
    ['a sentence with another figure', { text: 'The LoanService shall ensure that a fine is at most 50 EUR.' }, 'unfounded'],
    ['a sentence with another unit', { text: 'The LoanService shall ensure that a fine is at most 5 USD.' }, 'unfounded'],
    ['a sentence that says more', { text: 'The LoanService shall encrypt a fine of at most 5 EUR.' }, 'unfounded'],
    ['a sentence that denies', { text: 'The LoanService shall ensure that a fine is not at most 5 EUR.' }, 'unfounded'],
    ['not word for word', { basis: 'quoted' }, 'unfounded'],
    [
      'half of what is denied',
      { basis: 'quoted', text: 'It must be shown to others', quote: 'it must not be shown to others' },
      'unfounded',
    ],
    ['a rule that says nothing of it', { basis: 'rule', text: 'The LoanService shall print receipts in colour.' }, 'unfounded'],
    [
      'a template with a figure of its own',
      { basis: 'templated', text: 'The LoanService shall keep a fine of at most 7 EUR.' },
      'unfounded',
    ],
  ])('%s', async (_, change, code) => {
    expect(await codesOf(citing(change))).toEqual([code]);
  });

  test.each<readonly [string, Cited, string]>([
    ['an entity that is not there', { node: 'policy:privacy/P-9' }, 'unknown-source'],
    ['another entity', { node: 'code:src/loan-service.ts#LoanService' }, 'wrong-place'],
    ['another entity of the same file', { node: 'policy:privacy', span: 'L1', quote: 'policy: privacy' }, 'unfounded'],
    ['a commit that is not there', { sha: 'deadbeefdeadbeef' }, 'unknown-text'],
    ['an option instead of a commit', { sha: '--output=/tmp/x' }, 'unknown-text'],
    ['a path out of the repository', { node: 'note:passwd', file: '../../../etc/passwd', sha: sha256('x') }, 'unknown-text'],
    ['an absolute path', { node: 'note:passwd', file: '/etc/passwd', sha: sha256('x') }, 'unknown-text'],
  ])('of the graph: %s', async (_, change, code) => {
    expect(await codesOf(citing({ ...rule(), ...change }))).toEqual([code]);
  });

  test('a declaration that does not stand there, in a file where the words do', async () => {
    const change = {
      text: 'export class FineService',
      basis: 'quoted',
      node: 'code:src/loan-service.ts#LoanService',
      file: 'src/loan-service.ts',
      span: 'L7',
      sha: library.head,
      quote: 'export class FineService',
    };
    expect(await codesOf(citing(change))).toEqual(['wrong-place']);
    expect(await codesOf(citing({ ...change, node: 'code:src/loan-service.ts#FineService' }))).toEqual([]);
  });

  test('nothing at all, and claims of nothing', async () => {
    expect(await codesOf(specOf(''))).toEqual(['uncited']);
    expect(await codesOf(specOf('  - { claim: /acceptance/AC-1, basis: quoted, sources: [] }\n'))).toEqual(['uncited']);
    expect(await codesOf(`${citing({})}  - { claim: /acceptance/AC-7, basis: quoted, sources: [] }\n`)).toEqual(['dangling-claim']);
    expect(await codesOf('no: spec')).not.toEqual([]);
    expect(await codesOf(': [')).toEqual(['unsound-spec']);
  });

  test('a link that leads out of the repository', async () => {
    const outside = path.join(library.root, '..', 'outside.md');
    writeFileSync(outside, NOTE);
    mkdirSync(path.join(library.root, 'specs/requests'), { recursive: true });
    symlinkSync(outside, path.join(library.root, 'specs/requests/desk-2.md'));
    expect(await codesOf(citing({ node: 'note:desk-2', file: 'specs/requests/desk-2.md' }))).toEqual(['unknown-text']);
  });
});

test('commits go on: what a source says no more is told, what only moved is not', async () => {
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@library', '-c', 'commit.gpgsign=false', ...args], {
      cwd: moving.root,
    });
  const moving = await openLibrary();
  try {
    const file = path.join(moving.root, 'specs/showFines.spec.yaml');
    mkdirSync(path.join(moving.root, 'specs/requests'), { recursive: true });
    writeFileSync(path.join(moving.root, NOTE_FILE), NOTE);
    const text = citing({ ...rule(), sha: moving.head });
    writeFileSync(file, text);
    const run = () => specgraph(['spec', 'check', file, '--store', moving.location, '--json']);
    const ingest = () => specgraph(['ingest', moving.root, '--store', moving.location]);
    const codes = (stdout: string) =>
      (JSON.parse(stdout) as { specs: { problems: { code: string }[] }[] }).specs[0]!.problems.map(({ code }) => code);
    const first = await run();
    expect({ code: first.code, codes: codes(first.stdout) }).toEqual({ code: 0, codes: [] });

    const policy = path.join(moving.root, 'policies/privacy.policy.yaml');
    writeFileSync(policy, '# moved\npolicy: privacy\nrules:\n  - id: P-1\n    statement: A loan never shows who had the book before.\n');
    git('commit', '-qam', 'docs: a comment');
    await ingest();
    expect(codes((await run()).stdout)).toEqual([]);

    writeFileSync(policy, 'policy: privacy\nrules:\n  - id: P-1\n    statement: A loan shows all who had the book.\n');
    appendFileSync(policy, '  - id: P-2\n    statement: A loan never shows who had the book before.\n');
    git('commit', '-qam', 'feat: show readers');
    await ingest();
    const last = await run();
    expect({ code: last.code, codes: codes(last.stdout) }).toEqual({ code: 1, codes: ['outdated-source'] });

    const told = await specgraph(['spec', 'check', file, '--store', moving.location]);
    expect(told.stdout).toMatch(/showFines\.spec\.yaml:\d+:\d+ {2}error {2}\/acceptance\/AC-1: .* \[outdated-source\]/);
    expect(told.stdout).toContain('2 sentences: 2 quoted');
  } finally {
    await moving[Symbol.asyncDispose]();
  }
});

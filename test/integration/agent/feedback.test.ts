import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { System } from '../../../src/index.ts';
import { openSystem } from '../../../src/platform.ts';

/** A post office whose letters are weighed. */
const BEFORE: Readonly<Record<string, string>> = {
  'package.json': '{ "name": "post", "type": "module", "dependencies": { "pino": "9.0.0" } }\n',
  '.gitignore': '.graph/\n',
  'src/scale.ts': 'export const port = process.env.PORT;\n\nexport function weigh(letter: string): number {\n  return letter.length;\n}\n',
  'migrations/1_letters.sql': 'CREATE TABLE letters (id TEXT PRIMARY KEY);\n',
  'docs/adr/0001-metric.md': '# 1. Metric\n\n## Status\n\nAccepted\n\n## Decision\n\nWeights are in grams.\n',
  'specs/weighLetters.spec.yaml': `feature: weighLetters
specVersion: "1.0"
owner: post
description: As a clerk, I want to weigh letters so that I know the price.
acceptance:
  - { id: AC-1, text: "The scale shall show the weight.", verify: [{ kind: test }] }
  - { id: AC-2, text: "The scale shall refuse letters of more than 1000 grams." }
  - { id: AC-3, text: "The scale shall print \\u001b[31m in red \\u202e.", priority: wont }
`,
};

const AFTER: Readonly<Record<string, string>> = {
  'package.json':
    '{\n  "name": "post",\n  "type": "module",\n  "dependencies": {\n    "pino": "9.0.0",\n    "left-pad": "1.3.0",\n    "grams": "2.0.0"\n  }\n}\n',
  // `port` only moves down; `SCALE_URL` is new, `POST_TARIFF` is in a decision.
  'src/scale.ts':
    'export const url = process.env.SCALE_URL;\nexport const tariff = process.env.POST_TARIFF;\n\nexport function weigh(letter: string): number {\n  return letter.length;\n}\n\nexport const port = process.env.PORT;\n',
  'migrations/2_weights.sql': 'CREATE TABLE weights (letter TEXT, grams INTEGER);\n',
  'docs/adr/0002-tariff.md':
    '# 2. Tariff\n\n## Status\n\nAccepted\n\n## Decision\n\nThe tariff is set by `POST_TARIFF`. We take `grams` for units.\n',
  'test/scale.test.ts':
    "import { test } from 'vitest';\nimport { weigh } from '../src/scale.ts';\ntest('[weighLetters/AC-1] shows the weight', () => void weigh('a'));\ntest.skip('[weighLetters/AC-2] refuses', () => void weigh('b'));\n",
};

const folder = mkdtempSync(path.join(tmpdir(), 'specgraph feedback '));
const root = path.join(folder, 'post');
const SPEC = path.join(root, 'specs/weighLetters.spec.yaml');
let system: System;

function write(files: Readonly<Record<string, string>>): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  }
}
const git = (...args: readonly string[]): string =>
  execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@post', '-c', 'commit.gpgsign=false', ...args], {
    cwd: root,
    encoding: 'utf8',
  });
const feedback = async (order: { readonly since?: string; readonly write?: boolean; readonly spec?: string } = {}) =>
  (await system.agent({ root })).feedback({ spec: SPEC, since: 'HEAD', ...order });

beforeAll(async () => {
  write(BEFORE);
  git('init', '-q');
  git('add', '-A');
  git('commit', '-q', '-m', 'feat: weigh letters');
  write(AFTER);
  system = await openSystem({ store: path.join(folder, 'graph.db'), embedder: { use: 'none' } });
  await system.ingest(root);
});
afterAll(async () => {
  await system.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('decisions in a diff', () => {
  test('are told with the line that brought them, and with what documents them', async () => {
    const { decisions } = (await feedback()).feedback;
    const told = decisions.map(({ kind, name, documentedBy, evidence }) =>
      [kind, name, documentedBy, `${evidence.file}:${evidence.line}`].join(' '),
    );
    expect(told).toEqual([
      'decision-record Tariff post//adr:0002 docs/adr/0002-tariff.md:1',
      'table weights  migrations/2_weights.sql:1',
      'dependency left-pad  package.json:6',
      'dependency grams post//adr:0002 package.json:7',
      'config SCALE_URL  src/scale.ts:1',
      'config POST_TARIFF post//adr:0002 src/scale.ts:2',
    ]);
    for (const { evidence } of decisions)
      expect(readFileSync(path.join(root, evidence.file), 'utf8').split('\n')[evidence.line - 1]?.trim()).toBe(evidence.quote);
  });

  test('become records for those that nobody wrote down', async () => {
    const { adrs } = (await feedback()).feedback.proposals;
    expect(adrs.map((adr) => adr.path)).toEqual([
      'docs/adr/0003-keep-data-in-the-table-weights.md',
      'docs/adr/0004-depend-on-left-pad.md',
      'docs/adr/0005-configure-by-scale-url.md',
    ]);
    expect(adrs[1]?.text).toContain('## Status\n\nProposed\n');
  });
});

test('a criterion is bound by a test that is run; what is not promised is not looked at', async () => {
  const { criteria } = (await feedback()).feedback;
  expect(criteria.map(({ id, level, tests, leftOut }) => [id, level, tests.length, leftOut.length])).toEqual([
    ['AC-1', 'L1', 1, 0],
    ['AC-2', 'L0', 0, 1],
  ]);
});

test('the same state gives the same answer', async () => {
  expect(JSON.stringify(await feedback())).toBe(JSON.stringify(await feedback()));
});

test('is written beside a spec without a thread, touches nothing else, and is no part of the system', async () => {
  const before = git('status', '--porcelain', '-uall');
  const { folder: at, feedback: said, isDone } = await feedback({ write: true });
  expect({ at, isDone, notes: said.notes }).toEqual({
    at: 'specs/weighLetters.feedback',
    isDone: true, // nothing was planned, so nothing is missing
    notes: ['No thread wrote this spec, so there is no plan to compare with.'],
  });
  const written = git('status', '--porcelain', '-uall')
    .split('\n')
    .filter((row) => !before.split('\n').includes(row));
  expect(written.every((row) => row.includes('specs/weighLetters.feedback/'))).toBe(true);
  expect(existsSync(path.join(root, at ?? '', 'adr/0004-depend-on-left-pad.md'))).toBe(true);
  const report = await system.ingest(root);
  expect(report.replaced).toBe(0);
  // eslint-disable-next-line no-control-regex
  expect(readFileSync(path.join(root, at ?? '', 'FEEDBACK.md'), 'utf8')).not.toMatch(/\u001b|\u202e/);
  rmSync(path.join(root, at ?? ''), { recursive: true });
});

describe('refuses', () => {
  test('a spec that was never approved, where nothing is given to compare with', async () => {
    const agent = await system.agent({ root });
    await expect(agent.feedback({ spec: SPEC })).rejects.toMatchObject({
      code: 'BAD_INPUT',
      message: expect.stringContaining('--since') as string,
    });
  });

  test('revisions that there are not, or that would be an option', async () => {
    await expect(feedback({ since: 'nowhere' })).rejects.toMatchObject({ code: 'GIT_FAILED' });
    await expect(feedback({ since: '--output=/tmp/x' })).rejects.toMatchObject({ code: 'BAD_INPUT' });
    await expect(feedback({ since: 'HEAD..HEAD' })).rejects.toMatchObject({ code: 'BAD_INPUT' });
  });

  test('specs that are not there, or are somewhere else', async () => {
    await expect(feedback({ spec: path.join(root, 'specs/none.spec.yaml') })).rejects.toMatchObject({ code: 'BAD_INPUT' });
    const outside = path.join(folder, 'other.spec.yaml');
    writeFileSync(outside, BEFORE['specs/weighLetters.spec.yaml']!);
    await expect(feedback({ spec: outside })).rejects.toMatchObject({ code: 'BAD_INPUT' });
  });

  test('a graph that is older than the files', async () => {
    const text = AFTER['src/scale.ts']!;
    write({ 'src/scale.ts': `// later\n${text}` });
    await expect(feedback()).rejects.toMatchObject({ code: 'BAD_INPUT', message: expect.stringContaining('specgraph ingest') as string });
    write({ 'src/scale.ts': text });
  });
});

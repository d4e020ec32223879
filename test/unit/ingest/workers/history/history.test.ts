import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, writeFileSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { UnitDelta, UnitRecord } from '../../../../../graph/model/delta.ts';
import { createLogReader } from '../../../../../ingest/workers/history/git-log.ts';
import { createHistoryWorker, historyOf } from '../../../../../ingest/workers/history/history.ts';

const commit = (files: readonly string[], author = 'Ada') => ({ commit: '', author, subject: '', body: '', files });
const arrows = (changes: Parameters<typeof historyOf>[1]): readonly string[] =>
  historyOf('shop', changes).edges.map(({ from, to, confidence }) => `${from.slice(11)} ${to.slice(11)} ${confidence}`);

describe('what commits say of modules', () => {
  it('relates files that change together, each by the share of the other’s changes', () => {
    const pair = commit(['cart.ts', 'total.ts']);
    expect(arrows([pair, pair, pair, commit(['total.ts'])])).toEqual(['cart.ts total.ts 0.75', 'total.ts cart.ts 1']);
  });

  it('says nothing of two commits, of files that are not sources, and of commits that touch everything', () => {
    const pair = commit(['cart.ts', 'total.ts']);
    expect(arrows([pair, pair])).toEqual([]);
    expect(arrows(Array(5).fill(commit(['cart.ts', 'README.md'])))).toEqual([]);
    expect(arrows(Array(5).fill(commit(Array.from({ length: 31 }, (_, at) => `${at}.ts`))))).toEqual([]);
  });

  it('leaves out what happens to change with a file that always changes', () => {
    const changes = [...Array<ReturnType<typeof commit>>(12).fill(commit(['index.ts'])), ...Array(3).fill(commit(['index.ts', 'rare.ts']))];
    expect(arrows(changes)).toEqual(['index.ts rare.ts 1']);
  });

  it('counts changes and names those who made most of them', () => {
    const by = (author: string) => commit(['cart.ts'], author);
    expect(historyOf('shop', ['Bo', 'Ada', 'Cy', 'Ada', 'Di'].map(by)).keys).toEqual([
      { key: 'history', module: 'shop//code:cart.ts', changes: 5, authors: ['Ada', 'Bo', 'Cy'] },
    ]);
  });

  it('bounds what one module is related to', () => {
    const all = commit(Array.from({ length: 30 }, (_, at) => `${at}.ts`));
    expect(historyOf('shop', [all, all, all]).edges).toHaveLength(30 * 20);
  });
});

describe('the output of Git', () => {
  const read = (...pieces: readonly string[]) => {
    const reader = createLogReader();
    for (const piece of pieces) reader.read(piece);
    return reader.changes().map(({ author, files }) => `${author}: ${files.join(' ')}`);
  };

  it('is read whatever pieces it comes in', () => {
    const text =
      '\u0001aa\0Ada\0Add a\0Why.\n\0\nM\0src/a b.ts\0A\0\u0001odd\0\u0001bb\0Bo\0\0\0\u0001cc\0\0\0\u0001no commit\0\nM\0x.ts\0';
    const whole = read(text);
    expect(whole).toEqual(['Ada: src/a b.ts \u0001odd', 'Bo: ', ': x.ts']);
    expect(read(...text.split(''))).toEqual(whole);
  });

  it('follows renames and forgets files that are gone', () => {
    const log =
      '\u0001c\0A\0\0\0\nR100\0old.ts\0new.ts\0\u0001b\0A\0\0\0\nD\0gone.ts\0M\0old.ts\0\u0001a\0A\0\0\0\nM\0gone.ts\0M\0old.ts\0M\0new.ts\0';
    expect(read(log)).toEqual(['A: new.ts', 'A: new.ts', 'A: new.ts new.ts']);
  });
});

describe('the history worker', () => {
  let root: string;
  beforeEach(() => {
    root = realpathSync(mkdtempSync(path.join(tmpdir(), 'history-')));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const git = (...args: readonly string[]): string =>
    execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@shop', '-c', 'commit.gpgsign=false', ...args], {
      cwd: root,
      encoding: 'utf8',
    });
  const save = (files: Readonly<Record<string, string>>, message = 'change'): void => {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
      writeFileSync(path.join(root, file), text);
    }
    git('add', '-A');
    git('commit', '-qm', message);
  };
  const extract = async (at: string, before: readonly UnitRecord[] = [], window?: number): Promise<readonly UnitDelta[]> => {
    const deltas: UnitDelta[] = [];
    const input = { files: [], previous: new Map(before.map((unit) => [unit.path, unit])) };
    for await (const delta of createHistoryWorker(window).open({ name: 'shop', root: at }).extract(input, {})) deltas.push(delta);
    return deltas;
  };
  const lines = ([delta]: readonly UnitDelta[]): readonly string[] => delta?.edges.map(({ from, to }) => `${from} ${to}`) ?? [];

  it('states one unit, again only when another commit is checked out', async () => {
    git('init', '-q');
    for (const text of ['1', '2', '3']) save({ 'src/cart.ts': text, 'src/total.ts': text });
    const first = await extract(root);
    expect(lines(first)).toEqual(['shop//code:src/cart.ts shop//code:src/total.ts', 'shop//code:src/total.ts shop//code:src/cart.ts']);
    const units = first.map(({ unit }) => unit);
    expect(await extract(root, units)).toEqual([]);
    renameSync(path.join(root, 'src/total.ts'), path.join(root, 'src/sum.ts'));
    save({});
    const second = await extract(root, units);
    expect(lines(second)).toContain('shop//code:src/cart.ts shop//code:src/sum.ts');
    expect(second).toEqual(await extract(root));
  });

  it('gives what each commit says it did to which files: to code, else to tests, else to texts', async () => {
    git('init', '-q');
    save({ 'src/cart.ts': '1', 'test/cart.test.ts': '1', 'README.md': '1' }, 'Total the cart\n\nRounds half up.');
    save({ 'test/cart.test.ts': '2', 'README.md': '2' }, 'Test rounding');
    save({ 'README.md': '3' }, 'Say how to round');
    save(Object.fromEntries(Array.from({ length: 31 }, (_, at) => [`src/${at}.ts`, ''])), 'Move everything');
    const [delta] = await extract(root);
    expect(delta?.chunks?.map(({ set, files, title, text }) => [set, files, title?.replace(/^[0-9a-f]{12} /, ''), text])).toEqual([
      ['text-commit', ['README.md'], 'Say how to round', 'Say how to round\n'],
      ['test-commit', ['test/cart.test.ts'], 'Test rounding', 'Test rounding\n'],
      ['code-commit', ['src/cart.ts'], 'Total the cart', 'Total the cart\nRounds half up.'],
    ]);
    expect(delta?.chunks?.map(({ along }) => along?.toSorted())).toEqual([undefined, ['README.md'], ['README.md', 'test/cart.test.ts']]);
  });

  it('looks no further back than its window', async () => {
    git('init', '-q');
    for (const text of ['1', '2', '3']) save({ 'cart.ts': text, 'total.ts': text });
    expect(lines(await extract(root, [], 2))).toEqual([]);
  });

  it('states nothing of folders within a work tree, without Git, without commits, or with a broken .git', async () => {
    expect(await extract(root)).toEqual([]);
    git('init', '-q');
    expect(await extract(root)).toEqual([]);
    for (const text of ['1', '2', '3']) save({ 'app/cart.ts': text, 'app/total.ts': text });
    expect(await extract(path.join(root, 'app'))).toEqual([]);
    writeFileSync(path.join(root, 'app/.git'), 'gitdir: /nowhere');
    expect(await extract(path.join(root, 'app'))).toEqual([]);
    writeFileSync(path.join(root, 'app/.git'), 'gitdir: ../.git');
    expect(await extract(path.join(root, 'app'))).toHaveLength(1);
  });

  it('runs nothing that the repository configures', async () => {
    git('init', '-q');
    for (const text of ['1', '2', '3']) save({ 'cart.ts': text, 'total.ts': text, '.gitattributes': '*.ts diff=evil\n' });
    const script = path.join(root, '.git/evil.sh');
    writeFileSync(script, `#!/bin/sh\ntouch "${root}/pwned"\n`);
    chmodSync(script, 0o755);
    const keys = [
      'diff.external',
      'diff.evil.command',
      'diff.evil.textconv',
      'core.fsmonitor',
      'core.pager',
      'gpg.program',
      'core.sshCommand',
      'alias.log',
    ];
    for (const key of keys) git('config', key, key === 'alias.log' ? `!${script}` : script);
    git('config', 'log.showSignature', 'true');
    git('config', 'pager.log', script);
    expect(lines(await extract(root))).toHaveLength(2);
    expect(existsSync(path.join(root, 'pwned'))).toBe(false);
  });
});

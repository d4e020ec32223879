import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { committedFiles } from '../../../ingest/committed.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'specgraph committed ü '));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const WHO = ['-c', 'user.name=Ada', '-c', 'user.email=ada@shop', '-c', 'commit.gpgsign=false'];
const git = (...args: readonly string[]): string => execFileSync('git', [...WHO, ...args], { cwd: root, encoding: 'utf8' }).trim();
function write(file: string, content: string | Uint8Array): void {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), content);
}
/** Commits everything; the hash of the commit. */
function commit(): string {
  git('add', '-A');
  git('commit', '-q', '--allow-empty', '-m', 'all');
  return git('rev-parse', 'HEAD');
}
const commitOf = async (file: string, folder = root) => (await committedFiles(folder))(file, readFileSync(path.join(folder, file)));

describe('the commit of a file', () => {
  beforeEach(() => {
    git('init', '-q');
  });

  it('is the one that is checked out, where it holds these bytes', async () => {
    write('src/a.ts', 'one\n');
    write('empty.ts', '');
    const head = commit();
    expect(await commitOf('src/a.ts')).toBe(head);
    expect(await commitOf('empty.ts')).toBe(head);
    expect(execFileSync('git', ['show', `${head}:./src/a.ts`], { cwd: root, encoding: 'utf8' })).toBe('one\n');
    write('src/a.ts', 'two\n');
    const next = commit();
    expect(next).not.toBe(head);
    expect(await commitOf('src/a.ts')).toBe(next);
  });

  it.each([
    ['modified', () => write('a.ts', 'two\n')],
    ['modified and staged', () => (write('a.ts', 'two\n'), git('add', 'a.ts'))],
    ['modified in its last line end', () => write('a.ts', 'one')],
    ['of the same length', () => write('a.ts', 'eno\n')],
  ])('is none where the file is %s', async (_, change) => {
    write('a.ts', 'one\n');
    commit();
    change();
    expect(await commitOf('a.ts')).toBeUndefined();
  });

  it('is none of files that are untracked, only staged, or ignored', async () => {
    write('.gitignore', 'ignored.ts\n');
    commit();
    for (const file of ['untracked.ts', 'staged.ts', 'ignored.ts']) write(file, 'one\n');
    git('add', 'staged.ts');
    for (const file of ['untracked.ts', 'staged.ts', 'ignored.ts']) expect(await commitOf(file), file).toBeUndefined();
  });

  it('is told of what was read, not of what stands there now', async () => {
    write('a.ts', 'one\n');
    const head = commit();
    const of = await committedFiles(root);
    write('a.ts', 'two\n');
    expect(of('a.ts', Buffer.from('one\n'))).toBe(head);
    expect(of('a.ts', Buffer.from('two\n'))).toBeUndefined();
    expect(of('b.ts', Buffer.from('one\n'))).toBeUndefined();
    expect(of('', Buffer.from(''))).toBeUndefined();
  });

  it('is found below a folder of the work tree', async () => {
    write('services/user/a.ts', 'one\n');
    write('a.ts', 'outer\n');
    const head = commit();
    const folder = path.join(root, 'services/user');
    expect(await commitOf('a.ts', folder)).toBe(head);
    expect((await committedFiles(folder))('a.ts', Buffer.from('outer\n'))).toBeUndefined();
    expect(execFileSync('git', ['show', `${head}:./a.ts`], { cwd: folder, encoding: 'utf8' })).toBe('one\n');
  });

  it('is none in a folder that no commit has', async () => {
    write('a.ts', 'one\n');
    commit();
    write('new/a.ts', 'one\n');
    expect(await commitOf('a.ts', path.join(root, 'new'))).toBeUndefined();
  });

  it('is none where Git checks out other bytes than it keeps', async () => {
    git('config', 'core.autocrlf', 'true');
    write('windows.ts', 'one\r\ntwo\r\n');
    write('unix.ts', 'one\ntwo\n');
    const head = commit();
    expect(await commitOf('windows.ts')).toBeUndefined();
    expect(await commitOf('unix.ts')).toBe(head);
  });

  it('is that of a file that is kept with Windows line ends', async () => {
    write('windows.ts', 'one\r\ntwo\r\n');
    expect(await commitOf('windows.ts')).toBeUndefined();
    const head = commit();
    expect(await commitOf('windows.ts')).toBe(head);
  });

  it.each([
    ['binary', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0xff, 0xfe)],
    ['Latin-1', Uint8Array.of(0x66, 0xfc, 0x72, 0x0a)],
    ['half a character', Uint8Array.of(0x61, 0xe2, 0x80)],
    ['a surrogate', Uint8Array.of(0xed, 0xa0, 0x80)],
  ])('is none of what is no text: %s', async (_, bytes) => {
    write('image.ts', bytes);
    commit();
    expect(await commitOf('image.ts')).toBeUndefined();
  });

  it('is that of texts with a byte order mark, null bytes and emoji', async () => {
    write('a.ts', '\ufeffconst a = "\0🚀";\n');
    const head = commit();
    expect(await commitOf('a.ts')).toBe(head);
  });

  it.each(['with space.ts', 'grüße/日本.ts', 'new\nline.ts', 'tab\there.ts', '"quoted".ts', '-dash.ts', ':(glob)x.ts', '🚀.ts'])(
    'is that of a file called %j',
    async (file) => {
      write(file, 'one\n');
      write('tab', 'another\n');
      const head = commit();
      expect(await commitOf(file)).toBe(head);
      expect(await commitOf('tab')).toBe(head);
      write(file, 'two\n');
      expect(await commitOf(file)).toBeUndefined();
    },
  );

  it('is not taken from a file whose name begins alike', async () => {
    write('a', 'one\n');
    write('a\tb', 'two\n');
    commit();
    write('a', 'two\n');
    expect(await commitOf('a')).toBeUndefined();
  });

  it('is none of a link, whose target reads otherwise than what is kept', async () => {
    write('real.ts', 'one\n');
    symlinkSync('real.ts', path.join(root, 'link.ts'));
    const head = commit();
    expect(await commitOf('link.ts')).toBeUndefined();
    expect(await commitOf('real.ts')).toBe(head);
  });

  it('is found where hashes are longer', async () => {
    rmSync(path.join(root, '.git'), { recursive: true });
    git('init', '-q', '--object-format=sha256');
    write('a.ts', 'one\n');
    const head = commit();
    expect(head).toHaveLength(64);
    expect(await commitOf('a.ts')).toBe(head);
  });

  it('is none before the first commit', async () => {
    write('a.ts', 'one\n');
    git('add', '-A');
    expect(await commitOf('a.ts')).toBeUndefined();
  });

  it('is found without running what the repository configures', async () => {
    write('a.ts', 'one\n');
    const head = commit();
    const trap = path.join(root, 'trap.sh');
    writeFileSync(trap, `#!/bin/sh\ntouch "${root}/sprung"\n`, { mode: 0o755 });
    git('config', 'core.fsmonitor', trap);
    git('config', 'core.pager', trap);
    expect(await commitOf('a.ts')).toBe(head);
    expect(() => readFileSync(path.join(root, 'sprung'))).toThrow();
  });
});

describe('without Git', () => {
  it('there is no commit, and no failure', async () => {
    write('a.ts', 'one\n');
    expect(await commitOf('a.ts')).toBeUndefined();
    expect((await committedFiles(path.join(root, 'missing')))('a.ts', Buffer.from(''))).toBeUndefined();
  });
});

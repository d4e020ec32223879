import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { discover } from '../../../ingest/discover.ts';

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(path.join(tmpdir(), 'discover-')));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(files: Readonly<Record<string, string | Uint8Array>>, at = root): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(at, file)), { recursive: true });
    writeFileSync(path.join(at, file), text);
  }
}
const pathsOf = async (at = root): Promise<readonly string[]> => (await discover(at, [])).files.map((file) => file.path);

describe('discover', () => {
  it('lists files in code-unit order, whatever order the file system has', async () => {
    write({ 'b.ts': '', 'a/z.ts': '', 'B.ts': '', 'a.ts': '', 'a-b/c.ts': '' });
    expect(await pathsOf()).toEqual(['B.ts', 'a-b/c.ts', 'a.ts', 'a/z.ts', 'b.ts']);
  });

  it('works without Git and never enters .git, node_modules or .specgraph', async () => {
    write({
      'src/a.ts': '',
      '.git/config': '',
      'node_modules/x/index.js': '',
      'packages/p/node_modules/y.js': '',
      '.specgraph/graph.db': '',
    });
    expect(await pathsOf()).toEqual(['src/a.ts']);
  });

  it('keeps build folders that nothing ignores', async () => {
    write({ 'dist/a.js': '', 'build/b.js': '' });
    expect(await pathsOf()).toEqual(['build/b.js', 'dist/a.js']);
  });

  it('applies .gitignore at every level, nearest first', async () => {
    write({
      '.gitignore': 'dist/\n*.log\n/only-here.ts\n',
      'dist/a.js': '',
      'x.log': '',
      'only-here.ts': '',
      'sub/only-here.ts': '',
      'sub/.gitignore': '!keep.log\nlocal.ts\n',
      'sub/keep.log': '',
      'sub/other.log': '',
      'sub/local.ts': '',
      'local.ts': '',
    });
    expect(await pathsOf()).toEqual(['.gitignore', 'local.ts', 'sub/.gitignore', 'sub/keep.log', 'sub/only-here.ts']);
  });

  it('cannot re-include a file below an ignored folder, as in Git', async () => {
    write({ '.gitignore': 'out/\n!out/a.ts\n', 'out/a.ts': '' });
    expect(await pathsOf()).toEqual(['.gitignore']);
  });

  it('lets .specgraphignore overrule .gitignore', async () => {
    write({ '.gitignore': 'generated/\n', '.specgraphignore': '!generated/\nfixtures/\n', 'generated/a.ts': '', 'fixtures/b.ts': '' });
    expect(await pathsOf()).toEqual(['.gitignore', '.specgraphignore', 'generated/a.ts']);
  });

  it('honours the ignore files above the root, up to the top of the work tree', async () => {
    write({
      '.gitignore': 'outermost.ts\n',
      'work/.git/HEAD': '',
      'work/.gitignore': '*.gen.ts\n',
      'work/p/a.gen.ts': '',
      'work/p/outermost.ts': '',
    });
    expect(await pathsOf(path.join(root, 'work/p'))).toEqual(['outermost.ts']);
  });

  it('lists a root that its surroundings ignore', async () => {
    write({
      '.git/HEAD': '',
      '.gitignore': '.cache/\n',
      '.cache/clone/a.ts': '',
      '.cache/clone/b.log': '',
      '.cache/clone/.gitignore': '*.log\n',
    });
    expect(await pathsOf(path.join(root, '.cache/clone'))).toEqual(['.gitignore', 'a.ts']);
  });

  it('does not follow symbolic links, in loops or out of the root', async () => {
    const outside = mkdtempSync(path.join(tmpdir(), 'outside-'));
    write({ 'secret.ts': '' }, outside);
    write({ 'src/a.ts': '' });
    symlinkSync(root, path.join(root, 'src/loop'));
    symlinkSync(outside, path.join(root, 'out'));
    symlinkSync(path.join(root, 'src/a.ts'), path.join(root, 'alias.ts'));
    symlinkSync('nowhere', path.join(root, 'dangling.ts'));
    expect(await pathsOf()).toEqual(['src/a.ts']);
    rmSync(outside, { recursive: true });
  });

  it('hashes bytes, the same way below and above the size read whole', async () => {
    const large = Buffer.alloc(2_000_001, 'x');
    write({ 'a.ts': 'one', 'b.ts': 'one', 'c.ts': 'two', 'large.json': large });
    const { files } = await discover(root, []);
    expect(files.map(({ size }) => size)).toEqual([3, 3, 3, large.length]);
    const [a, b, c, d] = files.map(({ hash }) => hash);
    expect(a).toBe(b);
    expect(a).not.toBe(c);
    const { createHash } = await import('node:crypto');
    expect(d).toBe(createHash('sha256').update(large).digest('hex'));
  });

  it('lists what it cannot read, with a diagnostic, and goes on', async () => {
    writeFileSync(Buffer.concat([Buffer.from(`${root}/latin-`), Buffer.from([0xe9]), Buffer.from('.ts')]), '');
    write({ 'z.ts': '' });
    const { files, diagnostics } = await discover(root, []);
    expect(files.map(({ path: file, hash }) => [file, hash === 'unreadable'])).toEqual([
      ['latin-\uFFFD.ts', true],
      ['z.ts', false],
    ]);
    expect(diagnostics).toEqual([expect.objectContaining({ code: 'unreadable', severity: 'error', file: 'latin-\uFFFD.ts' })]);
  });

  it('refuses a root that is not there', async () => {
    await expect(discover(path.join(root, 'nowhere'), [])).rejects.toMatchObject({ code: 'SOURCE_NOT_FOUND' });
  });

  it('stops when it is told to', async () => {
    write({ 'a.ts': '' });
    await expect(discover(root, [], { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'ABORTED' });
  });
});

describe('what discovery says of the workers that claim a file', () => {
  const byPath = { name: 'note', claims: (file: string) => file.endsWith('.note') };
  const byText = {
    name: 'openapi',
    claims: (file: string) => file.endsWith('.yaml'),
    recognises: (text: string) => /^openapi:/m.test(text),
  };

  it('asks the path, and the text where a worker wants to see it', async () => {
    write({ 'a.note': '', 'b.yaml': 'info: {}\nopenapi: 3.1.0', 'c.yaml': 'services: {}', 'd.yaml': Buffer.alloc(2_000_001, 'x') });
    const { files } = await discover(root, [byPath, byText]);
    expect(files.map(({ path: file, claimedBy }) => [file, ...claimedBy])).toEqual([
      ['a.note', 'note'],
      ['b.yaml', 'openapi'],
      ['c.yaml'],
      ['d.yaml'],
    ]);
  });

  it('gives what is left to workers that take that, whatever their place', async () => {
    const rest = {
      name: 'text',
      leftover: true,
      claims: (file: string) => /\.(?:yaml|note)$/.test(file),
      recognises: (text: string) => text !== '',
    };
    write({ 'a.note': 'x', 'b.yaml': 'openapi: 3.1.0', 'c.yaml': 'services: {}', 'd.yaml': '', 'e.md': 'x' });
    const { files } = await discover(root, [rest, byPath, byText]);
    expect(files.map(({ path: file, claimedBy }) => [file, ...claimedBy])).toEqual([
      ['a.note', 'note'],
      ['b.yaml', 'openapi'],
      ['c.yaml', 'text'],
      ['d.yaml'],
      ['e.md'],
    ]);
  });
});

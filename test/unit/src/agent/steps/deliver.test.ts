import { mkdir, mkdtemp, readdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deliver } from '../../../../../src/agent/steps/deliver.ts';
import { temporaryBeside } from '../../../../../src/specs/temporary-file.ts';
import { beginThread, type Thread } from '../../../../../src/agent/thread/thread.ts';

let root: string;
let thread: Thread;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'deliver-'));
  thread = await beginThread({ root, specs: 'specs' }, 'export', 'Export users');
});
afterEach(() => rm(root, { recursive: true, force: true }));

const FILES = [
  { path: 'README.md', text: 'read\n' },
  { path: 'src/a/b.ts', text: 'b\n' },
];
const there = async (): Promise<readonly string[]> =>
  (await readdir(join(thread.folder, 'hand-off'), { recursive: true })).map((name) => name.replaceAll('\\', '/')).toSorted();

describe('a hand-off', () => {
  it('takes the place of an earlier one, and of what a killed process left of it', async () => {
    expect(await deliver(FILES, thread)).toBe('specs/.threads/export/hand-off');
    const folder = join(thread.folder, 'hand-off');
    await mkdir(join(folder, 'old/deep'), { recursive: true });
    await writeFile(join(folder, 'old/deep/x.ts'), 'x');
    await writeFile(join(folder, 'src/a/gone.ts'), 'gone');
    await writeFile(join(folder, 'README.md'), 're');
    await deliver(FILES, thread);
    expect(await there()).toEqual(['README.md', 'src', 'src/a', 'src/a/b.ts']);
    expect(await readFile(join(folder, 'README.md'), 'utf8')).toBe('read\n');
  });

  it('is whole when ten deliver it at once', async () => {
    const many = Array.from({ length: 40 }, (_, index) => ({ path: `d${index % 4}/f${index}.md`, text: `${index}\n` }));
    await Promise.all(Array.from({ length: 10 }, () => deliver(many, thread)));
    for (const { path, text } of many) expect(await readFile(join(thread.folder, 'hand-off', path), 'utf8')).toBe(text);
    expect((await there()).length).toBe(44);
  });

  it('leaves alone what another process is about to give its name', async () => {
    await deliver(FILES, thread);
    const [theirs, old] = [
      temporaryBeside(join(thread.folder, 'hand-off/src/a/c.ts')),
      join(thread.folder, 'hand-off/x.md.0123456789ab.tmp'),
    ];
    for (const file of [theirs, old]) await writeFile(file, 'half');
    await utimes(old, new Date(0), new Date(0));
    await deliver(FILES, thread);
    expect((await there()).filter((name) => name.endsWith('.tmp'))).toEqual([relative(join(thread.folder, 'hand-off'), theirs)]);
  });

  it('is not put outside of its folder', async () => {
    await expect(deliver([{ path: '../request.md', text: '' }], thread)).rejects.toMatchObject({ code: 'INTERNAL' });
    await deliver([{ path: '..x/y.md', text: 'y' }], thread);
    expect(await there()).toEqual(['..x', '..x/y.md']);
  });

  it('neither removes nor writes anything where a link leads, in place of its folder, of one below or of a file', async () => {
    const [outside, folder] = [join(root, 'src'), join(thread.folder, 'hand-off')];
    await mkdir(outside);
    await writeFile(join(outside, 'mine.ts'), 'mine');
    const untouched = async () => [await readdir(outside), await readFile(join(outside, 'mine.ts'), 'utf8')];
    await symlink(outside, folder);
    await expect(deliver(FILES, thread)).rejects.toMatchObject({ code: 'BAD_INPUT' });
    expect(await untouched()).toEqual([['mine.ts'], 'mine']);
    await rm(folder);
    await mkdir(folder);
    await symlink(outside, join(folder, 'src'));
    await expect(deliver(FILES, thread)).rejects.toMatchObject({ code: 'BAD_INPUT' });
    expect(await untouched()).toEqual([['mine.ts'], 'mine']);
    await rm(join(folder, 'src'));
    await rm(join(folder, 'README.md'), { force: true });
    await symlink(join(outside, 'mine.ts'), join(folder, 'README.md'));
    await deliver(FILES, thread);
    expect(await untouched()).toEqual([['mine.ts'], 'mine']);
    expect(await readFile(join(folder, 'README.md'), 'utf8')).toBe('read\n');
  });
});

import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { filesInside, readInside } from '../../../../../src/agent/thread/files-inside.ts';
import { isInside } from '../../../../../src/inside.ts';

let base: string;
let folder: string;
beforeAll(() => {
  base = mkdtempSync(join(tmpdir(), 'files-inside-'));
  folder = join(base, 'pack');
  mkdirSync(join(folder, 'src'), { recursive: true });
  writeFileSync(join(folder, 'README.md'), 'read me');
  writeFileSync(join(folder, 'src/a.ts'), 'a');
  writeFileSync(join(folder, '..name'), 'odd');
  writeFileSync(join(base, 'secret'), 'secret');
  mkdirSync(join(base, 'pack-of-another'));
  writeFileSync(join(base, 'pack-of-another/x'), 'secret');
  symlinkSync(join(base, 'secret'), join(folder, 'link'));
  symlinkSync(base, join(folder, 'up'));
  writeFileSync(join(folder, 'src/large'), '');
  truncateSync(join(folder, 'src/large'), 1024 * 1024 + 1);
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

describe('files inside a folder', () => {
  it('are listed and read', async () => {
    expect(await filesInside(folder)).toEqual(['..name', 'README.md', 'src/a.ts', 'src/large']);
    expect(await readInside(folder, 'src/a.ts')).toBe('a');
    expect(await readInside(folder, 'src/../README.md')).toBe('read me');
    expect(await readInside(folder, '..name')).toBe('odd');
    expect(await filesInside(join(base, 'nowhere'))).toEqual([]);
  });

  it.each(['../secret', 'link', 'up/secret', '../pack-of-another/x', '/etc/passwd', 'src', '', '.', '..', 'nowhere', 'src/a.ts/b', 'a\0b'])(
    'are no others: %j',
    async (path) => {
      await expect(readInside(folder, path)).rejects.toMatchObject({ code: 'BAD_INPUT' });
    },
  );

  it('are not read when they are large', async () => {
    await expect(readInside(folder, 'src/large')).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' });
  });

  it('are told from what only begins alike', () => {
    expect(isInside('/a/b', '/a/b')).toBe(true);
    expect(isInside('/a/b', '/a/b/..c')).toBe(true);
    expect(isInside('/a/b', '/a/bc')).toBe(false);
    expect(isInside('/a/b', '/a')).toBe(false);
  });
});

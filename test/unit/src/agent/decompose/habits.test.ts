import { describe, expect, it } from 'vitest';
import type { ChunkSet } from '../../../../../graph/model/chunk.ts';
import type { ChunkHit, GraphReader, StoredChunk } from '../../../../../graph/store/store.ts';
import { coChanges } from '../../../../../src/agent/decompose/co-changes.ts';
import { comingAlong, testHabit, testsOfLikely } from '../../../../../src/agent/decompose/habits.ts';
import { testFiles } from '../../../../../src/agent/decompose/test-files.ts';
import { likely, repoOf } from './trees.ts';

/** So many commits that changed the first file and, at once, the others. */
const commits = (times: number, file: string, ...along: readonly string[]): readonly StoredChunk[] =>
  Array.from({ length: times }, () => ({ repo: 'shop', node: 'shop', files: [file], along: [...along] }));
const changesOf = (...all: readonly (readonly StoredChunk[])[]) => {
  const reader: Partial<GraphReader> = { allChunks: async (set: ChunkSet) => (set === 'code-commit' ? all.flat() : []) };
  return coChanges(reader as GraphReader, 'shop');
};
const alike = (count: number, along: readonly string[]): readonly ChunkHit[] =>
  Array.from({ length: count }, () => ({ repo: 'shop', node: 'shop', files: ['src/cart.ts'], along: [...along], score: 1 }));

describe('testsOfLikely', () => {
  it('says how often the test changed with what it tests, here and of this file', async () => {
    const { files } = await repoOf(['src/cart.ts', 'src/cart.test.ts', 'src/mail.ts', 'src/mail.test.ts', 'src/tax.ts']);
    const tests = testFiles(files);
    const changes = await changesOf(commits(6, 'src/cart.ts', 'src/cart.test.ts'), commits(2, 'src/cart.ts'), commits(8, 'src/mail.ts'));
    const habit = testHabit(files, tests, changes);
    expect(habit).toBe(6 / 16);
    const found = testsOfLikely(
      [likely('src/cart.ts'), likely('src/mail.ts', { score: 0.5 }), likely('src/tax.ts')],
      tests,
      changes,
      habit,
    );
    expect(found).toEqual([
      { path: 'src/cart.test.ts', tests: 'src/cart.ts', score: 0.625, reason: 'tests src/cart.ts, changed with it in 6 of its 8 changes' },
      { path: 'src/mail.test.ts', tests: 'src/mail.ts', score: 0.0625, reason: 'tests src/mail.ts' },
    ]);
  });

  it('goes by what is usual elsewhere where there is no history', async () => {
    const { files } = await repoOf(['src/cart.ts', 'src/cart.test.ts']);
    expect(testHabit(files, testFiles(files), await changesOf())).toBe(0.4);
  });
});

describe('comingAlong', () => {
  it('takes texts that change with what is sure to change, code and locks left out', async () => {
    const { files } = await repoOf(['src/cart.ts', 'src/mail.ts', 'docs/cart.md']);
    const along = ['docs/cart.md', 'locales/en.json', 'package-lock.json', 'src/mail.ts'];
    const changes = await changesOf(commits(7, 'src/cart.ts', ...along), commits(2, 'src/cart.ts', 'notes.md'));
    expect(comingAlong([likely('src/cart.ts')], [], files, changes)).toMatchObject([
      { path: 'docs/cart.md', kind: 'docs', score: 0.65, reason: 'changed with src/cart.ts in 7 of its 9 changes' },
      { path: 'locales/en.json', kind: 'code', score: 0.65 },
    ]);
    expect(comingAlong([], [], files, changes)).toEqual([]);
  });

  it('takes what most commits that did something alike had, half as sure', async () => {
    const { files } = await repoOf(['src/cart.ts']);
    const found = comingAlong([], [...alike(4, ['locales/en.json']), ...alike(2, ['CHANGELOG.md'])], files, await changesOf());
    expect(found).toMatchObject([{ path: 'locales/en.json', score: 0.3333, reason: 'changed by 4 of 6 commits that did something alike' }]);
  });

  it('leaves alone decisions, policies and applied migrations', async () => {
    const { files } = await repoOf(['src/cart.ts', { path: 'docs/adr/1.md', holds: ['Adr'] }, { path: 'db/1.sql', holds: ['Migration'] }]);
    expect(comingAlong([], alike(6, ['docs/adr/1.md', 'db/1.sql']), files, await changesOf())).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import type { GraphReader } from '../../../../../graph/store/store.ts';
import { sizeOf } from '../../../../../src/agent/decompose/size.ts';
import { testFiles } from '../../../../../src/agent/decompose/test-files.ts';
import { upkeepOf } from '../../../../../src/agent/decompose/upkeep.ts';
import { likely, repoOf, treeOf, type Leaf } from './trees.ts';

const users = (count: number, of: string): readonly Leaf[] =>
  Array.from({ length: count }, (_, at) => ({ path: `src/u${at}.ts`, imports: [of], changes: 1 }));

async function upkeep(leaves: readonly (Leaf | string)[], parts = 5, score = 1): Promise<readonly string[]> {
  const { files, graph } = await repoOf(leaves);
  const nodes = new Map(treeOf(leaves).nodes.map((node) => [node.id, node]));
  const reader: Partial<GraphReader> = { get: async (ids) => new Map(ids.flatMap((id) => (nodes.has(id) ? [[id, nodes.get(id)!]] : []))) };
  const found = await upkeepOf([likely('src/core.ts', { score })], parts, files, testFiles(files), graph, reader as GraphReader);
  return found.map(({ kind, reason }) => `${kind}: ${reason}`);
}

describe('upkeepOf', () => {
  const hotspot: Leaf = { path: 'src/core.ts', lines: 900, changes: 60 };
  const crowd = users(12, 'src/core.ts');
  const core = 'changed by 60 commits, 900 lines, imported by 12 files: take out what the feature changes before it changes';

  it('takes a hotspot apart first, with the figures', async () =>
    expect(await upkeep([hotspot, ...crowd])).toEqual([`refactoring: ${core}`]));

  it.each([
    ['it is short', { ...hotspot, lines: 80 }, 5, 1],
    ['it seldom changes', { ...hotspot, changes: 3 }, 5, 1],
    ['the feature is small', hotspot, 1, 1],
    ['it may not change at all', hotspot, 5, 0.3],
  ])('leaves it where %s', async (_, file, parts, score) => expect(await upkeep([file, ...crowd], parts, score)).toEqual([]));

  it('leaves it where few depend on it', async () => expect(await upkeep([hotspot, ...users(2, 'src/core.ts')])).toEqual([]));

  it('puts under test what many depend on and no test imports, where the others are tested', async () => {
    const tested = crowd.flatMap(({ path }) => [path.replace('.ts', '.test.ts')]);
    expect(await upkeep(['src/core.ts', ...crowd, ...tested])).toEqual([
      'debt: imported by 12 files and by no test: say what it does now before it changes',
    ]);
    expect(await upkeep(['src/core.ts', ...crowd, ...tested, { path: 'src/x.test.ts', imports: ['src/core.ts'] }])).toEqual([]);
    expect(await upkeep(['src/core.ts', ...crowd])).toEqual([]);
  });
});

describe('sizeOf', () => {
  const files = (count: number, score = 1) =>
    Array.from({ length: count }, (_, at) => ({ path: `src/f${at}.ts`, isNew: false, reason: '', score }));
  const wish = { kind: 'code', covers: ['AC-1'], tests: new Map<string, string>() } as const;

  it('counts what is to be expected to change', async () => {
    const { files: repo } = await repoOf([]);
    expect(sizeOf({ ...wish, files: files(1) }, repo)).toBe('S');
    expect(sizeOf({ ...wish, files: [...files(1), ...files(9, 0.1)] }, repo)).toBe('S');
    expect(sizeOf({ ...wish, files: files(6, 0.5) }, repo)).toBe('M');
    expect(sizeOf({ ...wish, files: files(5) }, repo)).toBe('L');
    expect(sizeOf({ ...wish, kind: 'contract', files: files(2) }, repo)).toBe('M');
    expect(sizeOf({ ...wish, files: files(3).map((file) => ({ ...file, isNew: true })) }, repo)).toBe('M');
    expect(sizeOf({ ...wish, covers: ['AC-1', 'AC-2', 'AC-3', 'AC-4', 'AC-5'], files: files(1) }, repo)).toBe('M');
  });

  it('counts what many import as more, and tests as part of what they test', async () => {
    const { files: repo } = await repoOf(['src/f0.ts', ...users(21, 'src/f0.ts')]);
    expect(sizeOf({ ...wish, files: files(2) }, repo)).toBe('M');
    expect(sizeOf({ ...wish, files: files(5), tests: new Map([['src/f4.ts', 'src/f3.ts']]) }, repo)).toBe('L');
    expect(sizeOf({ ...wish, files: files(3), tests: new Map([['src/f2.ts', 'src/f1.ts']]) }, (await repoOf([])).files)).toBe('S');
    expect(sizeOf({ ...wish, files: files(2) }, (await repoOf([])).files)).toBe('S');
  });
});

import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { LikelyFile } from '../../../../../src/agent/decompose/likely-files.ts';
import { settleOwners } from '../../../../../src/agent/decompose/owners.ts';
import type { RepoFiles } from '../../../../../src/agent/decompose/repo-files.ts';
import { testFiles } from '../../../../../src/agent/decompose/test-files.ts';
import type { Upkeep } from '../../../../../src/agent/decompose/upkeep.ts';
import { wishesOf } from '../../../../../src/agent/decompose/wishes.ts';
import type { Wish } from '../../../../../src/agent/decompose/wish.ts';
import { likely, repoOf } from './trees.ts';

const KINDS = ['code', 'code', 'code', 'contract', 'data', 'infrastructure', 'docs'] as const;
const EXTENSION = { code: 'ts', contract: 'yaml', data: 'sql', infrastructure: 'env', docs: 'md' } as const;
const FOLDERS = ['', 'services/orders', 'services/mail', 'apps/web'];
const partsOf = (count: number) => Array.from({ length: count }, (_, at) => ({ id: `AC-${at + 1}`, text: `It does what ${at + 1} says.` }));

/** Any selection: files of four packages, whatever they are near to; one at least. */
const anySelection = fc
  .array(
    fc.record({
      kind: fc.constantFrom(...KINDS),
      folder: fc.constantFrom(...FOLDERS),
      score: fc.double({ min: 0.35, max: 1, noNaN: true }),
      isNew: fc.boolean(),
      near: fc.dictionary(fc.constantFrom('AC-1', 'AC-2', 'AC-3', 'AC-4', 'AC-9'), fc.double({ min: 0, max: 1, noNaN: true })),
    }),
    { minLength: 1, maxLength: 24 },
  )
  .map((all) =>
    all
      .map(({ kind, folder, score, isNew, near }, at) =>
        likely(`${folder === '' ? '' : `${folder}/`}src/f${at}.${EXTENSION[kind]}`, {
          kind,
          score,
          isNew,
          parts: new Map(Object.entries(near)),
        }),
      )
      .sort((a, b) => b.score - a.score),
  );

let files: RepoFiles;
beforeAll(async () => {
  ({ files } = await repoOf(FOLDERS.map((folder) => ({ path: `${folder === '' ? '' : `${folder}/`}package.json` }))));
});

const planOf = (selected: readonly LikelyFile[], parts: number, upkeep: readonly Upkeep[] = []): readonly Wish[] =>
  settleOwners(
    wishesOf(selected, 'checkout', partsOf(parts), upkeep, files, { ...testFiles(files), near: [], likely: new Map(), habit: 0.4 }),
  );

describe('wishesOf', () => {
  it('covers every part, leaves no file out, and makes no task without file or part, nor too many', () => {
    fc.assert(
      fc.property(anySelection, fc.integer({ min: 1, max: 9 }), fc.boolean(), (selected, parts, careful) => {
        const first = selected.find(({ kind }) => kind === 'code');
        const upkeep: Upkeep[] = careful && first ? [{ kind: 'debt', file: first, reason: 'no test', test: 'test/old.test.ts' }] : [];
        const wishes = planOf(selected, parts, upkeep);
        const covered = new Set(wishes.flatMap(({ covers }) => covers));
        for (const { id } of partsOf(parts)) expect(covered).toContain(id);
        const owned = new Set(wishes.flatMap((wish) => wish.files.map(({ path }) => path)));
        for (const { path } of selected) expect(owned).toContain(path);
        for (const { files: own, covers } of wishes) {
          expect(own.length).toBeGreaterThan(0);
          expect(covers.length).toBeGreaterThan(0);
          for (const id of covers) expect(partsOf(parts).map((part) => part.id)).toContain(id);
        }
        expect(wishes.length).toBeLessThanOrEqual(3 + parts);
        expect(new Set(wishes.map(({ key }) => key)).size).toBe(wishes.length);
      }),
      { numRuns: 300 },
    );
  });

  it('makes one task of a small change, tests included', () => {
    const wishes = planOf([likely('src/cart.ts'), likely('src/total.ts', { score: 0.3, isGuess: true })], 1);
    expect(wishes.map(({ kind, title }) => `${kind} ${title}`)).toEqual(['code src/cart: It does what 1 says']);
    expect(wishes[0]!.files.map(({ path, isNew }) => `${path}${isNew ? ' new' : ''}`)).toEqual([
      'src/cart.ts',
      'src/total.ts',
      'src/cart.test.ts new',
    ]);
    expect(wishes[0]!.files.map(({ isGuess }) => isGuess)).toEqual([undefined, true, undefined]);
  });

  it('agrees on the contract and the data before code of several packages, which is done at once', () => {
    const both = new Map([
      ['AC-1', 1],
      ['AC-2', 0.9],
      ['AC-3', 0.9],
    ]);
    const wishes = planOf(
      [
        likely('services/orders/src/a.ts', { parts: both }),
        likely('apps/web/src/b.ts', { score: 0.9, parts: both }),
        likely('services/orders/openapi.yaml', { kind: 'contract', score: 0.8, parts: both }),
        likely('services/orders/migrations/2.sql', { kind: 'data', score: 0.7, parts: both }),
        likely('docs/orders.md', { kind: 'docs', score: 0.5, parts: both }),
      ],
      3,
    );
    expect(wishes.map(({ key, after }) => `${key} after ${after.join(', ')}`)).toEqual([
      'contract after ',
      'data after ',
      'code:services/orders after contract, data',
      'code:apps/web after contract, data',
      'docs after code:services/orders, code:apps/web',
    ]);
  });

  it('says what a file does now before it changes', () => {
    const cart = likely('src/cart.ts');
    const wishes = planOf([cart], 2, [
      { kind: 'debt', file: cart, reason: 'imported by 9 files and by no test', test: 'src/cart.test.ts' },
    ]);
    expect(wishes.map(({ kind, after }) => [kind, after])).toEqual([
      ['debt', []],
      ['code', ['debt:src/cart.ts']],
    ]);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitFiles } from '../../../../../src/agent/decompose/split.ts';
import { likely } from './trees.ts';

const near = (path: string, parts: Readonly<Record<string, number>>, isNew = false) =>
  likely(path, { parts: new Map(Object.entries(parts)), isNew });
const inWords = (...given: Parameters<typeof splitFiles>): readonly string[] =>
  splitFiles(...given).map(({ parts, files }) => `${parts.join(' ')}: ${files.map(({ path }) => path).join(' ')}`);

describe('splitFiles', () => {
  it('puts together what is changed for the same', () => {
    const files = [near('cart', { A: 1, B: 0.9 }), near('total', { A: 0.8, B: 1 }), near('mail', { C: 1 }), near('log', { C: 0.2 })];
    expect(inWords(files, ['A', 'B', 'C'], 2)).toEqual(['A B: cart total', 'C: mail log']);
  });

  it('keeps files to be made in one', () => {
    const files = [near('new', { A: 1, B: 1, C: 1 }, true), near('cart', { A: 1, B: 1 }), near('mail', { C: 1 })];
    expect(inWords(files, ['A', 'B', 'C'], 2)).toEqual(['A B: new cart', 'C: mail']);
  });

  it('does not split what is for one part', () =>
    expect(inWords([near('cart', { A: 1 }), near('mail', {})], ['A'], 3)).toEqual(['A: cart mail']));

  it('has every file, and no more clusters than asked for', () => {
    const part = fc.constantFrom('A', 'B', 'C', 'D', 'E');
    const file = fc.tuple(fc.dictionary(part, fc.double({ min: 0, max: 1, noNaN: true })), fc.boolean());
    fc.assert(
      fc.property(fc.array(file, { minLength: 1, maxLength: 12 }), fc.integer({ min: 1, max: 4 }), (all, most) => {
        const files = all.map(([parts, isNew], at) => near(`f${at}`, parts, isNew));
        const clusters = splitFiles(files, ['A', 'B', 'C', 'D', 'E'], most);
        expect(clusters.length).toBeLessThanOrEqual(most);
        expect(new Set(clusters.flatMap((cluster) => cluster.files.map(({ path }) => path))).size).toBe(files.length);
        for (const cluster of clusters) expect(Math.min(cluster.files.length, cluster.parts.length)).toBeGreaterThan(0);
        const parts = clusters.flatMap((cluster) => cluster.parts);
        expect(new Set(parts).size).toBe(parts.length);
      }),
    );
  });
});

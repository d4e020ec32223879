import { describe, expect, it } from 'vitest';
import { chancesOf, either, SURE } from '../../../../../src/agent/decompose/chance.ts';
import type { RankedFile } from '../../../../../src/retrieval/search.ts';

const file = (path: string, signals: RankedFile['signals']): RankedFile => ({
  ...{ repo: 'shop', path, signals },
  score: Object.values(signals).reduce((sum, share) => sum + share, 0),
});
const ALL = { file: 0.7, part: 1, commit: 1, meaning: 0.7, commitMeaning: 0.5 };

describe('chancesOf', () => {
  it('is sure of what every signal puts first, and not of what is first because nothing else is better', () => {
    const agreed = chancesOf([file('cart.ts', ALL), file('mail.ts', { part: 0.5, commit: 0.4 })]);
    expect(agreed.get('cart.ts')).toBe(1);
    expect(agreed.get('mail.ts')).toBeLessThan(0.01);
    const torn = chancesOf([
      file('cart.ts', { file: 0.7, part: 1, meaning: 0.2 }),
      file('mail.ts', { commit: 1, meaning: 0.7, commitMeaning: 0.5 }),
    ]);
    for (const chance of torn.values()) expect(chance).toBeLessThan(SURE);
  });

  it('is less sure with fewer signals', () => {
    const { file: whole, part } = ALL;
    expect(chancesOf([file('cart.ts', { file: whole, part })]).get('cart.ts')).toBe(0.4);
  });

  it('says nothing of nothing', () => {
    expect(chancesOf([]).size).toBe(0);
    expect(chancesOf([file('cart.ts', {})]).size).toBe(0);
  });
});

describe('either', () => {
  it('adds up as chances do', () => {
    expect(either(0.5, 0.5)).toBe(0.75);
    expect(either(0, 0.3)).toBe(0.3);
    expect(either(1, 0.3)).toBe(1);
  });
});

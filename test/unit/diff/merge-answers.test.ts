import { describe, expect, test } from 'vitest';
import type { ImpactAnswer, ImpactedItem, TestToRun, Verdict } from '../../../graph/query/change.ts';
import { mergeAnswers } from '../../../src/diff/merge-answers.ts';

const item = (id: string, facts: Partial<ImpactedItem>): ImpactedItem => ({
  id,
  ref: id,
  kind: 'Function',
  file: 'src/cart.ts',
  declaration: id,
  line: 1,
  effect: 'breaks',
  distance: 1,
  tier: 'compiler',
  confidence: 0.9,
  reason: 'calls it',
  ...facts,
});
const toRun = (id: string, facts: Partial<TestToRun>): TestToRun => ({
  id,
  ref: id,
  file: id,
  reason: 'runs it',
  distance: 1,
  confidence: 0.9,
  cases: [],
  ...facts,
});
const answer = (verdict: Verdict, facts: Partial<ImpactAnswer>): ImpactAnswer => ({
  target: { id: 'shop//code:src/cart.ts', kind: 'Module', name: 'cart.ts', props: { language: 'typescript' } },
  change: 'behaviour',
  verdict,
  totals: [],
  impacted: [],
  tests: [],
  unknown: [],
  generation: 1,
  ...facts,
});

describe('merged answers', () => {
  test('no change is compatible', () => {
    expect(mergeAnswers([])).toEqual({ verdict: 'compatible', impacted: [], tests: [], unknown: [] });
  });

  test.each<[readonly Verdict[], Verdict]>([
    [['compatible', 'breaking', 'unknown'], 'breaking'],
    [['behaves-differently', 'unknown'], 'unknown'],
    [['compatible', 'review'], 'review'],
  ])('%j together are %s', (verdicts, worst) => {
    expect(mergeAnswers(verdicts.map((verdict) => answer(verdict, {}))).verdict).toBe(worst);
  });

  test('an item keeps its worst effect and reason, nearest distance and highest confidence', () => {
    const { impacted } = mergeAnswers([
      answer('behaves-differently', {
        impacted: [item('total', { effect: 'behaves-differently', distance: 1, confidence: 0.97, reason: 'runs it' })],
      }),
      answer('breaking', { impacted: [item('total', { distance: 3, confidence: 0.5 })] }),
      answer('breaking', { impacted: [item('add', { distance: 2 })] }),
    ]);
    expect(impacted).toEqual([item('total', { distance: 1, confidence: 0.97 }), item('add', { distance: 2 })]);
  });

  test('tests are listed once, nearest first, as a whole when one change asks for that', () => {
    const { tests } = mergeAnswers([
      answer('breaking', { tests: [toRun('b.test.ts', { distance: 2, cases: ['adds'] }), toRun('c.test.ts', { cases: ['adds'] })] }),
      answer('breaking', { tests: [toRun('b.test.ts', { distance: 4, confidence: 1 }), toRun('c.test.ts', { cases: ['removes'] })] }),
    ]);
    expect(tests).toEqual([toRun('c.test.ts', { cases: ['adds', 'removes'] }), toRun('b.test.ts', { distance: 2, confidence: 1 })]);
  });
});

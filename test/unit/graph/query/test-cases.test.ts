import { describe, expect, it } from 'vitest';
import type { Edge } from '../../../../graph/model/edge.ts';
import type { Node } from '../../../../graph/model/node.ts';
import type { Answered } from '../../../../graph/query/answer.ts';
import type { ImpactAnswer } from '../../../../graph/query/change.ts';
import { withTestCases } from '../../../../graph/query/test-cases.ts';
import type { GraphReader } from '../../../../graph/store/store.ts';

const target = { id: 'shop//code:cart.ts#add', kind: 'Function', name: 'add', props: {} } as Node;
const testCase = (title: string, line: number, endLine: number): Node => ({
  id: `shop//test:cart.test.ts#${title}`,
  kind: 'TestCase',
  name: title,
  repo: 'shop',
  file: 'cart.test.ts',
  span: { line, col: 1, endLine, endCol: 1 },
  props: { title },
});
const call = (...lines: readonly number[]): Edge => ({
  from: 'shop//code:cart.test.ts',
  type: 'CALLS',
  to: target.id,
  tier: 'compiler',
  confidence: 1,
  sites: lines.map((line) => ({ line, col: 3 })),
});

/** The two questions that are asked of a store. */
const reader = (edges: readonly Edge[]) =>
  ({
    edges: async () => edges,
    find: async () => [testCase('adds', 10, 14), testCase('removes', 16, 20), testCase('counts', 22, 25)],
  }) as unknown as GraphReader;

const answer: ImpactAnswer = {
  target,
  change: 'behaviour',
  verdict: 'behaves-differently',
  totals: [],
  impacted: [],
  tests: [
    {
      id: 'shop//test:cart.test.ts',
      ref: 'test:cart.test.ts',
      file: 'cart.test.ts',
      reason: 'runs the changed code',
      distance: 1,
      confidence: 1,
      cases: [],
    },
  ],
  unknown: [],
  generation: 1,
};

const answered = (...concerned: readonly string[]): Answered => ({ answer, concernedIn: () => new Set(concerned) });

describe('test cases', () => {
  it('are those around the places that name what is reached', async () => {
    expect((await withTestCases(reader([call(12, 23)]), answered(target.id))).tests[0]!.cases).toEqual(['adds', 'counts']);
  });

  it('are not named when shared code of the file is concerned: the file is to be run', async () => {
    expect((await withTestCases(reader([call(12, 3)]), answered(target.id))).tests[0]!.cases).toEqual([]);
  });

  it('are not named for a file that is reached in another way', async () => {
    expect((await withTestCases(reader([call(12)]), answered())).tests[0]!.cases).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { alignment, FEATURES, featuresOf } from '../../../../../src/agent/constraints/alignment.ts';
import { candidatesOf, statementsOf } from '../../../../../src/agent/constraints/contradictions.ts';
import { FITTED } from '../../../../../src/agent/constraints/fitted.ts';
import type { Saying } from '../../../../../src/agent/constraints/saying.ts';

const saying = (layer: Saying['layer'], text: string): Saying => ({
  layer,
  text,
  context: '',
  document: layer,
  evidence: { node: layer, file: `${layer}.md`, line: 1, endLine: 1, sha: 'sha256:0', quote: text },
});

/** How sure it is that the first clash of two sentences is one, with what it knows of it. */
function surely(policy: string, spec: string) {
  const statements = statementsOf([saying('policy', policy), saying('spec', spec)]);
  return candidatesOf(statements).map(([a, b]) => {
    const features = featuresOf(a, b, statements.weight);
    return { features, sure: alignment(features) };
  });
}

describe('alignment', () => {
  it('has a coefficient for each feature, and one more', () => {
    expect(FITTED.coefficients).toHaveLength(FEATURES.length + 1);
  });

  it('gives each feature a number within bounds', () => {
    const [clash] = surely('Recordings of calls are erased after 30 days.', 'The CallService shall keep recordings of calls for 90 days.');
    expect(clash?.features).toHaveLength(FEATURES.length);
    for (const value of clash?.features ?? []) expect(Math.abs(value)).toBeLessThanOrEqual(1);
  });

  it('is surer of the same thing than of another', () => {
    const same = surely('Recordings of calls are erased after 30 days.', 'The CallService shall keep recordings of calls for 90 days.');
    const other = surely('Recordings of calls are erased after 30 days.', 'The ShopService shall keep recordings of lectures for 90 days.');
    const most = (all: typeof same): number => Math.max(0, ...all.map(({ sure }) => sure));
    expect(most(same)).toBeGreaterThan(most(other));
  });
});

import { compare } from '../../graph/model/edge.ts';
import { compareItems } from '../../graph/query/answer.ts';
import { EFFECTS, VERDICTS, type ImpactAnswer, type ImpactedItem, type TestToRun, type UnknownItem } from '../../graph/query/change.ts';

export type MergedAnswer = Pick<ImpactAnswer, 'verdict' | 'impacted' | 'tests' | 'unknown'>;

/**
 * One answer for several changes made together: the worst verdict; everything that any of them reaches, once, with its
 * worst effect, nearest distance and highest confidence. What is itself changed is listed too, when another change
 * reaches it.
 */
export function mergeAnswers(answers: readonly MergedAnswer[]): MergedAnswer {
  const impacted = new Map<string, ImpactedItem>();
  const tests = new Map<string, TestToRun>();
  const unknown = new Map<string, UnknownItem>();
  for (const answer of answers) {
    for (const item of answer.impacted) impacted.set(item.id, mergeItems(impacted.get(item.id), item));
    for (const test of answer.tests) tests.set(test.id, mergeTests(tests.get(test.id), test));
    for (const item of answer.unknown) unknown.set(item.id, item);
  }
  const worst = answers.reduce((rank, { verdict }) => Math.min(rank, VERDICTS.indexOf(verdict)), VERDICTS.indexOf('compatible'));
  return {
    verdict: VERDICTS[worst]!,
    impacted: [...impacted.values()].sort(compareItems),
    tests: [...tests.values()].sort((a, b) => a.distance - b.distance || b.confidence - a.confidence || compare(a.file, b.file)),
    unknown: [...unknown.values()].sort((a, b) => compare(a.id, b.id)),
  };
}

function mergeItems(known: ImpactedItem | undefined, item: ImpactedItem): ImpactedItem {
  if (!known) return item;
  const worse = EFFECTS.indexOf(item.effect) < EFFECTS.indexOf(known.effect) ? item : known;
  return { ...worse, distance: Math.min(known.distance, item.distance), confidence: Math.max(known.confidence, item.confidence) };
}

/** A test that has to run as a whole for one change has to run as a whole. */
function mergeTests(known: TestToRun | undefined, test: TestToRun): TestToRun {
  if (!known) return test;
  const whole = known.cases.length === 0 || test.cases.length === 0;
  return {
    ...(test.distance < known.distance ? test : known),
    confidence: Math.max(known.confidence, test.confidence),
    cases: whole ? [] : [...new Set([...known.cases, ...test.cases])].sort(compare),
  };
}

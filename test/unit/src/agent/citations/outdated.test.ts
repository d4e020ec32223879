import { describe, expect, test } from 'vitest';
import type { Node } from '../../../../../graph/model/node.ts';
import { outdatedBy, tellOutdated } from '../../../../../src/agent/citations/outdated.ts';

const RULE =
  'policy: retention\nrules:\n  - id: R-1\n    statement: Letters are kept for\n      ten years.\n  - id: R-2\n    statement: Parcels are not kept.\n';
const span = (line: number, endLine: number): Node['span'] => ({ line, col: 1, endLine, endCol: 40 });
const rule: Node = {
  ...{ id: 'post//policy:retention/R-1', kind: 'PolicyRule', name: 'R-1', repo: 'post', file: 'retention.policy.yaml' },
  span: span(3, 5),
  props: { statement: 'Letters are kept for ten years.' },
};
const adr: Node = {
  ...{ id: 'post//adr:0002', kind: 'Adr', name: 'Sort by hand', repo: 'post', file: 'docs/adr/0002.md' },
  span: span(1, 1),
  props: { status: 'accepted' },
};
const from = (text: string | undefined, successor?: string) => ({
  current: () => Promise.resolve(text),
  successor: () => Promise.resolve(successor),
});

describe('what is cited holds', () => {
  test('where it says so, however its lines are broken', async () => {
    expect(await outdatedBy(rule, 'Letters are kept for ten years.', from(RULE))).toBeUndefined();
    expect(await outdatedBy(rule, 'Letters are kept for\n      ten years.', from(RULE.replaceAll('\n', '\r\n')))).toBeUndefined();
  });

  test('where there is no text to tell by', async () => {
    expect(await outdatedBy(rule, 'Letters are burnt.', from(undefined))).toBeUndefined();
    const { file: _file, ...nowhere } = rule;
    expect(await outdatedBy(nowhere, 'Letters are burnt.', from(RULE))).toBeUndefined();
  });
});

describe('what is cited is outdated', () => {
  test('where it says something else, with both texts', async () => {
    const outdated = await outdatedBy(rule, 'Letters are kept for five years.', from(RULE));
    expect(outdated).toMatchObject({ because: 'changed', says: { text: 'Letters are kept for ten years.', line: 3 } });
    expect(tellOutdated('policy:retention/R-1', outdated!)).toMatch(
      /said "Letters are kept for five years\.", and says "Letters are kept for ten years\." now \(retention\.policy\.yaml:3\)/,
    );
  });

  test('where another rule of the file says so', async () => {
    expect(await outdatedBy(rule, 'Parcels are not kept.', from(RULE))).toMatchObject({ because: 'changed' });
  });

  test('where a decision has taken its place', async () => {
    const text = '# Sort by hand\n\n## Decision\n\nLetters are sorted by hand.\n';
    const outdated = await outdatedBy(adr, 'Letters are sorted by hand.', from(text, 'post//adr:0009'));
    expect(tellOutdated('adr:0002', outdated!)).toContain('has been superseded by adr:0009.');
    expect(await outdatedBy(adr, 'Letters are sorted by hand.', from(text))).toBeUndefined();
  });

  test('where nothing like it is said: the nearest line is that of most words, else none', async () => {
    const near = await outdatedBy(adr, 'Letters are sorted by hand.', from('# Sort\n\nLetters are sorted by machine.\n'));
    expect(near?.says).toEqual({ text: 'Letters are sorted by machine.', file: 'docs/adr/0002.md', line: 3 });
    const none = await outdatedBy(adr, 'Letters are sorted by hand.', from('# Sort\n\nSee the handbook.\n'));
    expect(none).toEqual({ because: 'changed', said: 'Letters are sorted by hand.' });
    expect(tellOutdated('adr:0002', none!)).toContain('says nothing like it any more');
  });
});

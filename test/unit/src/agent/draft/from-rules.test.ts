import { describe, expect, it } from 'vitest';
import { ruledBy } from '../../../../../src/agent/draft/from-rules.ts';
import type { Conflict, ConflictMember, GroundedThing, Resolution, StepContext } from '../../../../../src/agent/model.ts';

const [RULE, OTHER, ADR, ORDERS] = ['shop//policy:refunds/R-1', 'shop//policy:refunds/R-2', 'shop//adr:0004', 'shop//table:orders'];
const quote = 'Refunds are paid within 14 days.';
const evidence = (node: string) => ({ node, file: 'policies/refunds.yaml', line: 3, endLine: 3, sha: 'abc', quote });
const thing = (id: string, kind: 'PolicyRule' | 'Adr'): GroundedThing => ({
  id,
  kind,
  name: id,
  role: kind === 'Adr' ? 'decision' : 'policy',
  reason: 'governs orders',
  score: 1,
  evidence: evidence(id),
  governs: [ORDERS],
});
const member = (layer: ConflictMember['layer'], node: string): ConflictMember => ({ layer, states: 'x', evidence: evidence(node) });
const conflict = (more: Partial<Conflict> = {}): Conflict => ({
  id: 'C-0badcafe',
  members: [member('request', 'note:x'), member('policy', RULE)],
  why: '30 days are more than 14 days.',
  owners: {},
  options: [
    { id: 'A', text: 'Ask for less.', costs: '', yields: 0 },
    { id: 'B', text: 'Change the rule.', costs: '', yields: 1 },
    { id: 'C', text: 'Make an exception.', costs: '' },
  ],
  ...more,
});
const chosen = (option: string): Resolution => ({ conflict: 'C-0badcafe', option, by: 'pm@acme', evidence: evidence('note:x#C-0badcafe') });

const linksOf = async (things: readonly GroundedThing[], conflicts: readonly Conflict[], resolutions: readonly Resolution[]) => {
  const edges = () => Promise.resolve(things.map(({ id }) => ({ from: id, type: 'GOVERNS', to: ORDERS, sites: [] })));
  const context = { graph: { reader: { edges } } } as unknown as StepContext;
  const { links, nfrs } = await ruledBy({ things, existing: [] }, conflicts, resolutions, context);
  return { links: links.map(({ rel, target }) => `${rel} ${target}`), cited: nfrs.map(({ evidence: [first] }) => first.node) };
};
const RULES = [thing(RULE, 'PolicyRule'), thing(OTHER, 'PolicyRule')];

describe('the links of a spec that had a conflict', () => {
  it('name the rule that gave way, which is demanded no more, so that its owner has to approve', async () => {
    const { links, cited } = await linksOf(RULES, [conflict()], [chosen('B')]);
    expect(links).toEqual(['constrainedBy policy:refunds/R-2', 'conflictsWith policy:refunds/R-1']);
    expect(cited).toEqual([OTHER]);
  });

  it('name a decision that gave way, once, of however many conflicts', async () => {
    const members = [member('request', 'note:x'), member('adr', ADR)];
    const both = [conflict({ members }), conflict({ members, id: 'C-1badcafe' })];
    const { links } = await linksOf([thing(ADR, 'Adr')], both, [chosen('B'), { ...chosen('B'), conflict: 'C-1badcafe' }]);
    expect(links).toEqual(['conflictsWith adr:0004']);
  });

  it.each(['A', 'C'])('name no rule as given way where it did not (%s)', async (option) => {
    const { links } = await linksOf(RULES, [conflict()], [chosen(option)]);
    expect(links).toEqual(['constrainedBy policy:refunds/R-1', 'constrainedBy policy:refunds/R-2']);
  });

  it('name the decision that had settled it before, and not a request or a spec that gave way', async () => {
    expect((await linksOf([], [conflict({ settledBy: ADR })], [])).links).toEqual(['constrainedBy adr:0004']);
    expect((await linksOf([], [conflict({ members: [member('spec', 'shop//spec:a/AC-1')] })], [chosen('A')])).links).toEqual([]);
    expect((await linksOf(RULES, [], [])).links).toHaveLength(2);
  });
});

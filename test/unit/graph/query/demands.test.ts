import { describe, expect, it } from 'vitest';
import { compareEdges, factMask, type Edge, type EdgeType, type SiteFact } from '../../../../graph/model/edge.ts';
import type { Node, NodeKind } from '../../../../graph/model/node.ts';
import { answerImpact } from '../../../../graph/query/answer.ts';
import type { ChangeKind, ImpactAnswer } from '../../../../graph/query/change.ts';
import { snapshotOf } from '../snapshot/snapshots.ts';
import { sceneOf, type Arrow } from './scene.ts';

/** A node of the repository `shop`, on these lines of its file. */
function at(kind: NodeKind, id: string, line = 1, endLine = line): Node {
  const file = /^(?:code|test):([^#]*)/.exec(id)?.[1] ?? 'specs/checkout.spec.yaml';
  const span = { line, col: 1, endLine, endCol: 80 };
  return { id: `shop//${id}`, kind, name: id.replace(/^.*#/s, ''), repo: 'shop', file, span, props: {} } as unknown as Node;
}

const to = (from: string, type: EdgeType, target: string, lines: readonly number[] = [1], facts: readonly SiteFact[] = []): Edge => ({
  from: `shop//${from}`,
  type,
  to: `shop//${target}`,
  tier: 'compiler',
  confidence: 1,
  sites: lines.map((line) => ({ line, col: 3, facts: factMask(...facts) })),
});

const SPEC = 'spec:checkout';
const PAY = 'code:src/pay.ts#pay';
const REFUND = 'code:src/pay.ts#refund';
const TESTS = 'code:test/pay.test.ts';
const NODES: readonly Node[] = [
  at('Spec', SPEC),
  at('AcceptanceCriterion', `${SPEC}/AC-1`, 6),
  at('AcceptanceCriterion', `${SPEC}/AC-2`, 7),
  at('Module', 'code:src/pay.ts', 1, 40),
  at('Function', PAY, 3, 9),
  at('Function', REFUND, 11, 20),
  at('Function', 'code:src/bank.ts#transfer', 3, 9),
  at('Module', 'code:src/bank.ts', 1, 10),
  at('Module', TESTS, 1, 60),
  at('TestFile', 'test:test/pay.test.ts', 1, 60),
  at('TestCase', 'test:test/pay.test.ts#[checkout/AC-1] pays', 10, 20),
  at('TestCase', 'test:test/pay.test.ts#[checkout/AC-2] refunds', 30, 40),
];
const EDGES: readonly Edge[] = [
  to(SPEC, 'CONTAINS', `${SPEC}/AC-1`),
  to(SPEC, 'CONTAINS', `${SPEC}/AC-2`),
  to('code:src/pay.ts', 'CONTAINS', PAY),
  to('code:src/pay.ts', 'CONTAINS', REFUND),
  to('code:src/bank.ts', 'CONTAINS', 'code:src/bank.ts#transfer'),
  to(PAY, 'CALLS', 'code:src/bank.ts#transfer', [5]),
  to(TESTS, 'CALLS', PAY, [12, 15]),
  to(TESTS, 'CALLS', REFUND, [33]),
  to('test:test/pay.test.ts', 'TESTS', TESTS),
  to('test:test/pay.test.ts', 'CONTAINS', 'test:test/pay.test.ts#[checkout/AC-1] pays'),
  to('test:test/pay.test.ts', 'CONTAINS', 'test:test/pay.test.ts#[checkout/AC-2] refunds'),
  to('test:test/pay.test.ts#[checkout/AC-1] pays', 'VERIFIES', `${SPEC}/AC-1`, [10]),
  to('test:test/pay.test.ts#[checkout/AC-2] refunds', 'VERIFIES', `${SPEC}/AC-2`, [30]),
];

async function ask(target: string, change: ChangeKind, more: readonly Edge[] = [], nodes = NODES): Promise<ImpactAnswer> {
  const sorted = nodes.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const graph = await snapshotOf(sorted, [...EDGES, ...more].sort(compareEdges));
  const node = sorted.find(({ id }) => id === `shop//${target}`)!;
  return answerImpact(graph, node, { change, minConfidence: 0, maxDistance: 64, limit: Infinity, paths: true }).answer;
}

const specsIn = ({ impacted }: ImpactAnswer): readonly string[] =>
  impacted.filter(({ ref }) => ref.startsWith('spec:')).map(({ ref, effect, reason }) => `${effect} ${ref}: ${reason}`);
const codeIn = ({ impacted }: ImpactAnswer): readonly string[] =>
  impacted.filter(({ ref }) => ref.startsWith('code:src')).map(({ ref, effect, confidence }) => `${effect} ${ref} ${confidence}`);

describe('a change of code', () => {
  it('concerns the criteria whose tests run it, and no others of the same file', async () => {
    expect(specsIn(await ask(PAY, 'behaviour'))).toEqual(['review spec:checkout/AC-1: is checked by a test that runs the changed code']);
    expect(specsIn(await ask(REFUND, 'behaviour'))).toEqual(['review spec:checkout/AC-2: is checked by a test that runs the changed code']);
    const { impacted } = await ask('code:src/bank.ts#transfer', 'behaviour');
    expect(impacted.find(({ ref }) => ref === 'spec:checkout/AC-1')?.path?.map(({ edge, to: next }) => `${edge} ${next}`)).toEqual([
      `CALLS shop//${PAY}`,
      `CALLS shop//${TESTS}`,
      'TESTS shop//test:test/pay.test.ts',
      'CONTAINS shop//test:test/pay.test.ts#[checkout/AC-1] pays',
      'VERIFIES shop//spec:checkout/AC-1',
    ]);
  });

  it('concerns a criterion that a whole file checks', async () => {
    const more = [to('test:test/pay.test.ts', 'VERIFIES', `${SPEC}/AC-2`, [1])];
    expect(specsIn(await ask(PAY, 'behaviour', more))).toEqual([
      'review spec:checkout/AC-2: is checked by a test that runs the changed code',
      'review spec:checkout/AC-1: is checked by a test that runs the changed code',
    ]);
  });

  it('makes what it is said to fulfil behave differently, at a distance a matter of review', async () => {
    const more = [to(PAY, 'SATISFIES', `${SPEC}/AC-2`, [2])];
    expect(specsIn(await ask(PAY, 'behaviour', more))).toContain(
      'behaves-differently spec:checkout/AC-2: is fulfilled by the changed code',
    );
    expect(specsIn(await ask('code:src/bank.ts#transfer', 'behaviour', more))).toContain(
      'review spec:checkout/AC-2: is fulfilled by code that runs the changed code',
    );
    // What breaks has to be edited: whether it still does what is demanded is to be seen.
    expect(specsIn(await ask('code:src/bank.ts#transfer', 'add-required-parameter', more))).toContain(
      'behaves-differently spec:checkout/AC-2: is fulfilled by the changed code',
    );
  });

  it('says nothing of criteria when it concerns nobody who runs it', async () => {
    const more = [to(PAY, 'SATISFIES', `${SPEC}/AC-2`, [2])];
    expect(specsIn(await ask('code:src/bank.ts#transfer', 'add-optional-parameter', more))).toEqual([]);
  });

  it('of a member concerns what demands something of its class', async () => {
    const arrows: readonly Arrow[] = [
      ['spec:checkout/AC-1', 'SPECIFIES', 'code:src/till.ts#Till'],
      ['code:src/till.ts#Till', 'CONTAINS', 'code:src/till.ts#Till.open()'],
      ['code:src/till.ts', 'CONTAINS', 'code:src/till.ts#Till'],
    ];
    const { nodes, edges } = sceneOf(arrows);
    const graph = await snapshotOf(nodes, edges);
    const member = nodes.find(({ id }) => id.endsWith('open()'))!;
    const { answer } = answerImpact(graph, member, { change: 'behaviour', minConfidence: 0, maxDistance: 9, limit: 99, paths: false });
    expect(specsIn(answer)).toEqual(['review spec:checkout/AC-1: demands something of what it is part of']);
  });
});

describe('a change of a criterion', () => {
  const AC = `${SPEC}/AC-1`;

  it.each(['add', 'tighten', 'loosen', 'behaviour', 'remove'] as const)('%s: leads over its test to the code', async (change) => {
    const answer = await ask(AC, change);
    expect(codeIn(answer)).toEqual([`review ${PAY} 0.6`]);
    expect(specsIn(answer)).toEqual(['review spec:checkout: holds it, and is approved only as it was']);
    expect(answer.tests.map(({ cases }) => cases)).toEqual([['[checkout/AC-1] pays']]);
    expect(answer.verdict).toBe(change === 'remove' ? 'breaking' : 'review');
  });

  it('in other words leaves code and tests as they are', async () => {
    const more = [to(REFUND, 'SATISFIES', AC, [10])];
    const { impacted, tests } = await ask(AC, 'reword', more);
    expect(impacted.map(({ ref, effect }) => `${effect} ${ref}`)).toEqual([
      'review spec:checkout',
      `compatible ${REFUND}`,
      'compatible test:test/pay.test.ts#[checkout/AC-1] pays',
    ]);
    expect(tests.filter(({ reason }) => reason !== 'is about the same demand in other words')).toEqual([]);
  });

  it('does not take test doubles and helpers of tests for code that fulfils it', async () => {
    const nodes = [...NODES, at('Function', 'code:test/helpers.ts#till', 1, 5), at('Module', 'code:test/helpers.ts', 1, 9)];
    const more = [
      to(TESTS, 'CALLS', 'code:src/bank.ts#transfer', [11], ['mock']),
      to(TESTS, 'CALLS', 'code:test/pay.test.ts', [12]),
      to('code:test/helpers.ts', 'CONTAINS', 'code:test/helpers.ts#till'),
      to(TESTS, 'CALLS', 'code:test/helpers.ts#till', [13]),
    ];
    expect(codeIn(await ask(AC, 'tighten', more, nodes))).toEqual([`review ${PAY} 0.6`]);
  });

  it('leads to specs that are built on it or conflict with it, and to what implements its operation', async () => {
    const arrows: readonly Arrow[] = [
      ['spec:refunds/AC-1', 'REFINES', 'spec:checkout/AC-1'],
      ['spec:checkout/AC-1', 'CONFLICTS_WITH', 'spec:vouchers/AC-3'],
      ['spec:checkout', 'CONTAINS', 'spec:checkout/AC-1'],
      ['spec:orders', 'DEPENDS_ON', 'spec:checkout'],
      ['spec:checkout/AC-1', 'SPECIFIES', 'api:pay#POST /payments'],
      ['code:src/pay.ts#pay', 'HANDLES', 'api:pay#POST /payments'],
      ['doc:docs/pay.md#paying', 'MENTIONS', 'spec:checkout/AC-1'],
    ];
    const { nodes, edges } = sceneOf(arrows);
    const graph = await snapshotOf(nodes, edges);
    const target = nodes.find(({ id }) => id === 'shop//spec:checkout/AC-1')!;
    const { answer } = answerImpact(graph, target, { change: 'add', minConfidence: 0, maxDistance: 9, limit: 99, paths: false });
    expect(answer.impacted.map(({ ref, effect }) => `${effect} ${ref}`).sort()).toEqual([
      'review api:pay#POST /payments',
      'review code:src/pay.ts#pay',
      'review doc:docs/pay.md#paying',
      'review spec:checkout',
      'review spec:orders',
      'review spec:refunds/AC-1',
      'review spec:vouchers/AC-3',
    ]);
  });
});

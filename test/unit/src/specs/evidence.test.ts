import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { PlatformError } from '../../../../graph/errors.ts';
import type { Edge } from '../../../../graph/model/edge.ts';
import type { Node } from '../../../../graph/model/node.ts';
import { evidenceOf } from '../../../../src/specs/evidence.ts';
import { statusOf } from '../../../../src/specs/lifecycle.ts';
import { readSpec } from '../../../../src/specs/read-spec.ts';
import { shop } from './examples.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'evidence-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
for (const repo of ['shop', 'fork']) {
  mkdirSync(path.join(folder, repo, 'specs'), { recursive: true });
  writeFileSync(path.join(folder, repo, 'specs/checkout.spec.yaml'), '');
}
const PATH = path.join(folder, 'shop/specs/checkout.spec.yaml');
const { spec } = readSpec(
  shop({
    acceptance: `  - { id: AC-1, text: "When a buyer pays, the CheckoutService shall store the order." }
  - { id: AC-2, text: "When a buyer pays, the CheckoutService shall answer.", verify: [{ kind: contract, ref: "api:pay#POST /payments" }] }
  - { id: AC-3, text: "When a buyer pays, the CheckoutService shall send a mail.", priority: should }
`,
    more: 'nfrs:\n  performance:\n    - { id: NFR-P1, text: Paying takes less than 2 s., verify: [{ kind: manual }] }\n',
  }),
  PATH,
);

const node = (kind: Node['kind'], id: string, more: object = {}): Node =>
  ({ id, kind, name: 'checkout', file: 'specs/checkout.spec.yaml', repo: id.split('//')[0], props: {}, ...more }) as Node;
const test = (title: string, modifier?: string): Node =>
  node('TestCase', `shop//test:test/pay.test.ts#${title}`, { props: { title, ...(modifier === undefined ? {} : { modifier }) } });
const verifies = (from: string, part: string): Edge => ({
  from: `shop//test:test/pay.test.ts#${from}`,
  type: 'VERIFIES',
  to: `shop//spec:checkout/${part}`,
  tier: 'declared',
  confidence: 1,
  sites: [],
});

/** A graph of these nodes and edges, in which these names are known. */
const graph = (nodes: readonly Node[], edges: readonly Edge[], names: readonly string[] = []) => ({
  find: () => Promise.resolve(nodes.filter(({ kind }) => kind === 'Spec')),
  nodes: (ids: readonly string[]) => Promise.resolve(new Map(nodes.filter(({ id }) => ids.includes(id)).map((one) => [one.id, one]))),
  edges: ({ to }: { to?: readonly string[] }) => Promise.resolve(edges.filter((edge) => to?.includes(edge.to))),
  resolve: (name: unknown) =>
    names.includes(String(name)) ? Promise.resolve(nodes[0]!) : Promise.reject(new PlatformError('TARGET_NOT_FOUND', 'none')),
});
const SHOP = node('Spec', 'shop//spec:checkout');
const levels = async (system: ReturnType<typeof graph>) =>
  (await evidenceOf(system, PATH, spec!)).parts.map(({ id, level, by, missing }) => [id, level, ...by, ...missing].join(' '));

describe('evidence of the parts of a spec', () => {
  it('is a test that is bound to them, or another verification that is in the graph', async () => {
    const system = graph(
      [SHOP, test('pays'), test('mails')],
      [verifies('pays', 'AC-1'), verifies('mails', 'AC-3')],
      ['api:pay#POST /payments'],
    );
    expect(await levels(system)).toEqual([
      'AC-1 L1 test:test/pay.test.ts#pays',
      'AC-2 L1 api:pay#POST /payments',
      'AC-3 L1 test:test/pay.test.ts#mails',
      'NFR-P1 L0',
    ]);
    const evidence = await evidenceOf(system, PATH, spec!);
    expect(evidence.isComplete).toBe(true);
    expect(statusOf({ status: 'approved' }, evidence)).toBe('implemented');
    // What nobody approved is not implemented, whatever runs.
    expect(statusOf({ status: 'in_review' }, evidence)).toBe('in_review');
    expect(statusOf({ status: 'superseded' }, evidence)).toBe('superseded');
    expect(statusOf({ status: 'approved' }, undefined)).toBe('approved');
  });

  it('is asked for of what must hold alone', async () => {
    const some = graph([SHOP, test('pays')], [verifies('pays', 'AC-1')], ['api:pay#POST /payments']);
    expect((await evidenceOf(some, PATH, spec!)).isComplete).toBe(true);
    const less = graph([SHOP, test('pays')], [verifies('pays', 'AC-1')]);
    const evidence = await evidenceOf(less, PATH, spec!);
    expect(evidence.parts[1]).toMatchObject({ level: 'L0', missing: ['api:pay#POST /payments is not in the graph'] });
    expect(statusOf({ status: 'approved' }, evidence)).toBe('approved');
  });

  it('is no test that is skipped or still to be written', async () => {
    const system = graph([SHOP, test('pays', 'skip'), test('mails', 'todo')], [verifies('pays', 'AC-1'), verifies('mails', 'AC-1')]);
    expect((await levels(system))[0]).toBe('AC-1 L0 test:test/pay.test.ts#mails is skipped test:test/pay.test.ts#pays is skipped');
  });

  it('is of the spec of that file: not of one of the same name in another repository', async () => {
    const fork = node('Spec', 'fork//spec:checkout');
    expect((await levels(graph([fork, SHOP, test('pays')], [verifies('pays', 'AC-1')])))[0]).toContain('AC-1 L1');
    const elsewhere = node('Spec', 'shop//spec:checkout', { file: 'other/checkout.spec.yaml' });
    const evidence = await evidenceOf(
      graph([elsewhere, test('pays')], [verifies('pays', 'AC-1')], ['api:pay#POST /payments']),
      PATH,
      spec!,
    );
    expect(evidence).toMatchObject({ isInGraph: false, isComplete: false });
    expect(evidence.parts.every(({ level }) => level === 'L0')).toBe(true);
  });

  it('of nothing that must hold is none', async () => {
    const { spec: wishes } = readSpec(shop({ acceptance: '  - { id: AC-1, text: "The till shall sing.", priority: could }\n' }), PATH);
    expect((await evidenceOf(graph([SHOP], []), PATH, wishes!)).isComplete).toBe(false);
  });
});

import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../../../ingest/parse/canonical-json.ts';
import { idOf, type ApprovalEntry } from '../../../../ingest/workers/approvals/approval-log.ts';
import { approvalsFormat } from '../../../../ingest/workers/approvals/approvals.ts';
import { readFormat } from '../read-format.ts';

const HASH = `sha256:${'a'.repeat(64)}`;
const LOG = 'specs/refunds.approvals.jsonl';
const SPEC = { 'specs/refunds.spec.yaml': 'feature: refunds\nspecVersion: "1.0"\n' };

/** Entries in a chain, as `spec submit` and `spec approve` write them. */
function chain(...said: readonly Partial<ApprovalEntry>[]): readonly ApprovalEntry[] {
  const entries: ApprovalEntry[] = [];
  for (const [index, one] of said.entries()) {
    const whole = {
      v: 1 as const,
      action: 'approve' as const,
      feature: 'refunds',
      version: '1.0',
      hash: HASH,
      by: { name: 'Ada', email: 'ada@shop.example' },
      at: `2026-11-26T09:0${index}:00.000Z`,
      prev: entries.slice(-1).map(({ id }) => id),
      ...one,
    };
    entries.push({ ...whole, id: idOf(whole) });
  }
  return entries;
}

const textOf = (entries: readonly ApprovalEntry[]): string => entries.map((entry) => `${canonicalJson(entry)}\n`).join('');
const DECIDED = chain(
  { action: 'submit' },
  { action: 'request-changes', role: 'how', comment: 'Say what happens to\nvouchers.', by: { name: 'Bo', email: 'bo@shop.example' } },
  { role: 'why', commit: 'c0ffee' },
);

describe('logs of approvals', () => {
  it('state what was decided by whom, and that approvals approve the spec', async () => {
    const { nodes, arrows, diagnostics } = await readFormat(approvalsFormat, { [LOG]: textOf(DECIDED), ...SPEC });
    expect(diagnostics).toEqual([]);
    const ids = DECIDED.map(({ id }) => `shop//approval:refunds#${id.slice(7, 23)}`);
    expect(nodes.map(({ id, kind, name }) => [kind, id, name])).toEqual([
      ['Approval', ids[0], 'submit refunds@1.0'],
      ['Approval', ids[1], 'request-changes refunds@1.0'],
      ['Approval', ids[2], 'approve refunds@1.0'],
    ]);
    expect(nodes[1]).toMatchObject({
      file: LOG,
      span: { line: 2, col: 1, endLine: 2 },
      props: {
        action: 'request-changes',
        role: 'how',
        by: 'Bo',
        email: 'bo@shop.example',
        version: '1.0',
        hash: HASH,
        at: '2026-11-26T09:01:00.000Z',
        comment: 'Say what happens to\nvouchers.',
        doc: 'Say what happens to vouchers.',
      },
    });
    expect(nodes[2]?.props).toMatchObject({ commit: 'c0ffee', role: 'why' });
    // Who wants changes approves nothing.
    expect(arrows).toEqual([...ids.map((id) => `shop//spec:refunds CONTAINS ${id}`), `${ids[2]} APPROVES shop//spec:refunds`].sort());
  });

  it('tell lines that are altered, cut off or moved, and state nothing of them', async () => {
    const [submit, refusal, approval] = DECIDED.map((entry) => canonicalJson(entry)) as [string, string, string];
    const altered = await readFormat(approvalsFormat, { [LOG]: `${submit}\n${refusal.replace('Bo', 'Cy')}\n${approval}\n`, ...SPEC });
    expect(altered.things).toHaveLength(2);
    expect(altered.diagnostics.map(({ code, span }) => [code, span?.line])).toEqual([['approval-altered', 2]]);
    const cut = await readFormat(approvalsFormat, { [LOG]: `${submit}\n${refusal}\n${approval.slice(0, 80)}`, ...SPEC });
    expect(cut.diagnostics.map(({ code, span }) => [code, span?.line])).toEqual([['approval-not-an-entry', 3]]);
    const removed = await readFormat(approvalsFormat, { [LOG]: `${submit}\n${approval}\n`, ...SPEC });
    expect(removed.diagnostics.map(({ code }) => code)).toEqual(['approval-unknown-parent']);
    expect(removed.arrows.filter((arrow) => arrow.includes('APPROVES'))).toEqual([]);
    const twice = await readFormat(approvalsFormat, { [LOG]: `${submit}\n${submit}\n`, ...SPEC });
    expect(twice.diagnostics.map(({ code }) => code)).toEqual(['approval-repeated']);
    expect(twice.nodes).toHaveLength(1);
  });

  it('tell entries about another feature, and logs without a spec', async () => {
    const [submit] = chain({ action: 'submit', feature: 'vouchers' });
    const other = await readFormat(approvalsFormat, { [LOG]: textOf([submit!]), ...SPEC });
    expect(other.diagnostics.map(({ code }) => code)).toEqual(['approval-other-feature']);
    expect(other.nodes).toEqual([]);
    const alone = await readFormat(approvalsFormat, { [LOG]: textOf(DECIDED) });
    expect(alone.diagnostics.map(({ code }) => code)).toEqual(['no-spec']);
    expect(alone.nodes).toHaveLength(3);
  });

  it('read line ends of Windows and empty lines', async () => {
    const text = textOf(DECIDED).replaceAll('\n', '\r\n');
    const { nodes, diagnostics } = await readFormat(approvalsFormat, { [LOG]: `\r\n${text}\r\n`, ...SPEC });
    expect([nodes.length, diagnostics]).toEqual([3, []]);
  });

  it('survive what is no log', async () => {
    const deep = `${'{"content":'.repeat(50_000)}1${'}'.repeat(50_000)}`;
    const hostile = ['', '\0', '[]', 'null', '{"__proto__":{"v":1}}', deep, 'x'.repeat(100_000), '{}\n'.repeat(5000)];
    for (const text of hostile) {
      const { nodes, diagnostics } = await readFormat(approvalsFormat, { [LOG]: text, ...SPEC });
      expect(nodes).toEqual([]);
      expect(diagnostics.length).toBeLessThanOrEqual(50);
    }
  });

  it('are claimed by their names', () => {
    expect(['a.approvals.jsonl', 'specs/a.APPROVALS.jsonl', 'approvals.jsonl', 'a.approvals.json'].map(approvalsFormat.claims)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});

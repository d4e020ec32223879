import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { refOf } from '../../graph/model/id.ts';
import { openSystem } from '../../src/platform.ts';
import { approve, submit } from '../../src/specs/approvals/decide.ts';
import { evidenceOf } from '../../src/specs/evidence.ts';
import { readSpec } from '../../src/specs/read-spec.ts';
import { storeFixtures } from './stores.ts';

const SPEC = `feature: refunds
specVersion: "1.0"
owner: payments
description: As a buyer, I want my money back so that I can buy something else.
acceptance:
  - { id: AC-1, text: "When an order is cancelled, the RefundService shall pay the price back." }
`;

describe.each(storeFixtures)('approvals in $name', ({ emptyPlace, skipReason }) => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'approvals-'));
    await writeFile(join(folder, 'refunds.spec.yaml'), SPEC);
    await writeFile(join(folder, 'approvals.yaml'), 'why: [ada@shop.example]\n');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it.skipIf(skipReason !== undefined)('come with their log, and go with it', async () => {
    const place = await emptyPlace();
    const system = await openSystem({ store: place.location, embedder: { use: 'none' } });
    const spec = join(folder, 'refunds.spec.yaml');
    const by = { kind: 'person', name: 'Ada', email: 'ada@shop.example' } as const;
    const kinds = async (): Promise<readonly string[]> =>
      (await system.find({ kinds: ['Approval'] }, { limit: 10 })).map((node) => (node.kind === 'Approval' ? node.props.action : '')).sort();
    try {
      await submit(spec, { by, at: new Date(Date.UTC(2026, 10, 26)) });
      await system.ingest(folder, { repo: 'shop' });
      expect(await kinds()).toEqual(['submit']);
      await approve(spec, { by, at: new Date(Date.UTC(2026, 10, 26, 1)) });
      await system.ingest(folder, { repo: 'shop' });
      expect(await kinds()).toEqual(['approve', 'submit']);
      const { incoming, outgoing } = await system.show('spec:refunds');
      expect(incoming.map(({ edge, node }) => `${node.kind} ${edge.type}`)).toEqual(['Approval APPROVES']);
      expect(outgoing.map(({ edge, node }) => `${edge.type} ${refOf(node.id).split('#')[0]}`).sort()).toEqual([
        'CONTAINS approval:refunds',
        'CONTAINS approval:refunds',
        'CONTAINS spec:refunds/AC-1',
      ]);
      // The text of the log is for programs: nobody who looks for a refund wants to read it.
      const { files } = await system.search('cancelled order pay price back', { limit: 10 });
      expect(files.map(({ path }) => path)).toContain('refunds.spec.yaml');
      expect(files.map(({ path }) => path)).not.toContain('refunds.approvals.jsonl');
      const { spec: stated } = readSpec(SPEC, spec);
      const level = async () => (await evidenceOf(system, spec, stated!)).parts.map((part) => [part.id, part.level]);
      expect(await level()).toEqual([['AC-1', 'L0']]);
      await writeFile(join(folder, 'refund.test.ts'), "import { it } from 'vitest';\nit('[refunds/AC-1] pays back', () => {});\n");
      await system.ingest(folder, { repo: 'shop' });
      expect(await level()).toEqual([['AC-1', 'L1']]);
      await rm(join(folder, 'refunds.approvals.jsonl'));
      await system.ingest(folder, { repo: 'shop' });
      expect(await kinds()).toEqual([]);
    } finally {
      await system.close();
      await place.remove();
    }
  });
});

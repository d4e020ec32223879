import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '../../../../../graph/store/registry.ts';
import { createCurrentGraph } from '../../../../../src/current-graph.ts';
import type { Conflict, StepContext } from '../../../../../src/agent/model.ts';
import { findConflicts } from '../../../../../src/agent/steps/conflicts.ts';
import { parseRequest } from '../../../../../src/agent/steps/parse.ts';
import { openSystem } from '../../../../../src/platform.ts';

const POLICY = `policy: guests
owner: '@inn/privacy'
rules:
  - id: G-1
    statement: Passport scans of guests are deleted no later than three days after check-out.
    severity: must
`;
const SPEC = `feature: checkIn
specVersion: "1.0"
owner: { why: host@inn.example, how: tech@inn.example }
description: As a guest, I want to check in on my phone so that I need not queue.
acceptance:
  - id: AC-1
    text: The StayService shall let guests leave out their phone number.
`;
const REQUEST = 'Please keep the passport scans of guests for six months, the police asks for them.';

let folder: string;
const ask = async (text: string): Promise<readonly Conflict[]> => {
  const store = join(folder, '..', 'graph.db');
  const system = await openSystem({ store });
  await system.ingest(folder, { repo: 'inn' });
  await system.close();
  const opened = await openStore(store, { create: false });
  const current = createCurrentGraph(opened);
  try {
    return await current.use((graph) => {
      const context: StepContext = { graph, meant: () => Promise.resolve(undefined), repo: 'inn', root: folder, specs: 'specs' };
      const request = { thread: 't-1', text, file: 'specs/.agent/t-1/request.md' };
      return findConflicts(
        { request, parsed: parseRequest(text), grounding: { things: [], existing: [] }, gaps: [], answers: [], comments: [] },
        context,
      );
    });
  } finally {
    await current.close();
    await opened.close();
  }
};

describe('findConflicts', () => {
  beforeAll(async () => {
    folder = join(await mkdtemp(join(tmpdir(), 'conflicts-')), 'inn');
    for (const part of ['policies', 'specs', 'docs/adr']) await mkdir(join(folder, part), { recursive: true });
    await writeFile(join(folder, 'policies', 'guests.policy.yaml'), POLICY);
    await writeFile(join(folder, 'specs', 'checkIn.spec.yaml'), SPEC);
  });
  afterAll(() => rm(join(folder, '..'), { recursive: true, force: true }));

  it('tells what a request contradicts, whom to ask and what each way out costs', { timeout: 60_000 }, async () => {
    const [conflict, ...more] = await ask(REQUEST);
    expect(more).toEqual([]);
    expect(conflict?.members.map(({ layer }) => layer).toSorted()).toEqual(['policy', 'request']);
    for (const { evidence } of conflict?.members ?? [])
      if (evidence.file.endsWith('.yaml'))
        expect(
          POLICY.split('\n')
            .slice(evidence.line - 1, evidence.endLine)
            .join('\n'),
        ).toContain(evidence.quote);
      else expect(REQUEST).toContain(evidence.quote);
    expect(conflict?.owners.why).toBe('@inn/privacy');
    expect(conflict?.options.map(({ id }) => id)).toEqual(['A', 'B', 'C']);
    expect(conflict?.options.some(({ costs }) => costs.includes('@inn/privacy has to agree'))).toBe(true);
    expect(conflict?.id).toMatch(/^C-[0-9a-f]{8}$/);
    expect(await ask(REQUEST)).toEqual([conflict]);
  });

  it('is silent once a decision names the conflict, and not before', { timeout: 60_000 }, async () => {
    const [conflict] = await ask(REQUEST);
    const record = (status: string): string =>
      `# 1. Scans stay for the police\n\n## Status\n\n${status}\n\n## Decision\n\nThis settles ${conflict?.id ?? ''}: the rule gives way.\n`;
    await writeFile(join(folder, 'docs', 'adr', '0001-scans.md'), record('Rejected'));
    expect((await ask(REQUEST))[0]?.settledBy).toBeUndefined();
    await writeFile(join(folder, 'docs', 'adr', '0001-scans.md'), record('Accepted'));
    expect((await ask(REQUEST))[0]?.settledBy).toBe('inn//adr:0001');
    await rm(join(folder, 'docs', 'adr', '0001-scans.md'));
  });

  it('tells nothing of a request that contradicts nothing', { timeout: 60_000 }, async () => {
    expect(await ask('Guests would like to see the breakfast menu in the app.')).toEqual([]);
  });
});

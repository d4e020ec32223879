import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isReview, type Gate, type ReviewGate } from '../../src/agent/thread/gate.ts';
import { openSystem } from '../../src/platform.ts';
import { approve, standingOf } from '../../src/specs/approvals/decide.ts';
import type { System } from '../../src/system.ts';
import { storeFixtures, type Place } from './stores.ts';

const SAMPLE = path.resolve(import.meta.dirname, '../../examples/image-upload');
const BY = { name: 'Pat', email: 'pat@acme.example' };
/** When people say something: what cites it hashes the time as well. They approve now, as drafts are submitted now. */
const AT = '2026-11-26T09:00:00.000Z';
const REQUESTS = {
  wide: 'I want an image upload feature',
  change: 'Uploads may have at most 8 MB, and a user may have 50 pictures.',
  ticket:
    '# Delete my profile picture\n\nAs a user, I want to delete my profile picture so that nobody sees an old one.\n\n## Acceptance criteria\n- The user is asked to confirm first\n- Only the owner can delete a picture\n',
  events: 'When an upload is rejected, the notifications service must send a mail to the owner. At most one mail per hour and user.',
  unknown: 'As a gardener, I want to water my tomatoes by phone.',
};

const { skipReason } = storeFixtures.find((fixture) => fixture.skipReason !== undefined) ?? {};

interface Opened {
  readonly name: string;
  readonly place: Place;
  readonly system: System;
  /** A repository of its own, for what is written into it. */
  readonly root: string;
}

describe.skipIf(skipReason !== undefined)('what the SpecAgent writes from every store', () => {
  let folder: string;
  let opened: readonly Opened[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'agent-stores-'));
    opened = await Promise.all(
      storeFixtures.map(async ({ name, emptyPlace }) => {
        const root = path.join(folder, name);
        cpSync(SAMPLE, root, { recursive: true, filter: (source) => !/node_modules|\.specgraph$/.test(source) });
        writeFileSync(
          path.join(root, 'specs/approvals.yaml'),
          `why: [${BY.email}]\nhow: [${BY.email}]\npolicies: { "*": [${BY.email}] }\n`,
        );
        const place = await emptyPlace();
        const system = await openSystem({ store: place.location, embedder: { use: 'none' } });
        await system.ingest(root, { repo: 'image-upload' });
        return { name, place, system, root };
      }),
    );
  });
  afterAll(async () => {
    for (const { place, system } of opened) {
      await system.close();
      await place.remove();
    }
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(Object.entries(REQUESTS))('is the same byte for byte: questions, spec and hand-off of a %s request', async (id, request) => {
    const [first, ...others] = await Promise.all(opened.map(async (one) => played(one, id, request)));
    expect(first!.size).toBeGreaterThan(10);
    // Who only sets other limits is asked nothing.
    expect(first!.get('questions')!.includes('"slot"')).toBe(id !== 'change');
    for (const [index, files] of others.entries())
      for (const name of new Set([...first!.keys(), ...files.keys()]))
        expect(files.get(name), `${opened[index + 1]!.name}: ${name}`).toBe(first!.get(name));
  });
});

/** A thread from its request to its hand-off: the questions of each gate and the files that it leaves, by path. */
async function played({ system, root }: Opened, id: string, request: string): Promise<ReadonlyMap<string, string>> {
  const agent = await system.agent({ root, specs: 'specs', repo: 'image-upload' });
  const asked: Gate[] = [];
  let status = await agent.draft({ request, thread: id });
  let spec = '';
  while (status.gate) {
    const { gate } = status;
    asked.push(gate);
    if (isReview(gate)) {
      spec = gate.spec;
      await approveAll(path.join(root, spec));
    } else writeFileSync(path.join(root, 'specs/.threads', id, `${gate.name}-${gate.round}.md`), saidAt(gate));
    status = await agent.resume(id, { by: BY });
  }
  expect(status.state).toBe('done');
  const handOff = path.join(root, status.handOff!);
  const files = readdirSync(handOff, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  return new Map([
    ['questions', JSON.stringify(asked, null, 1)],
    [spec, readFileSync(path.join(root, spec), 'utf8')],
    ...files.map((file) => [path.relative(root, file), readFileSync(file, 'utf8')] as const),
  ]);
}

/** As `Thread.say` keeps it: the first option that builds something, of each. */
function saidAt(gate: Exclude<Gate, ReviewGate>): string {
  const said =
    gate.name === 'clarify'
      ? gate.questions.map(({ id, options }) => `- ${id}: ${options.find(({ scope }) => scope !== 'close')?.value ?? 'as it is today'}`)
      : gate.conflicts.map(({ id }) => `- ${id}: A`);
  return [`# ${gate.name}-${gate.round}`, `By ${BY.name} <${BY.email}> at ${AT}`, '', ...said, ''].join('\n');
}

async function approveAll(file: string): Promise<void> {
  const { state } = await standingOf(file);
  for (const { name, approvedBy } of state.roles)
    if (approvedBy.length === 0) await approve(file, { by: { kind: 'person', ...BY }, at: new Date(), role: name });
}

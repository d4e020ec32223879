import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { approve, requestChanges, standingOf, submit } from '../../../../../src/specs/approvals/decide.ts';
import { idOf } from '../../../../../ingest/workers/approvals/approval-log.ts';
import { isIntact, openLog, type Entry } from '../../../../../src/specs/approvals/log.ts';
import { readRules, rolesOf } from '../../../../../src/specs/approvals/rules.ts';
import { canonicalJson } from '../../../../../ingest/parse/canonical-json.ts';
import { CANONICAL } from '../examples.ts';

const SPEC = CANONICAL.replace('waived', 'waived')
  .replace(/questions:\n.*\n/, '')
  .replace('adr:0007-object-storage', 'policy:pii/P-2');
const RULES = `why: [pm@acme]
how: { people: [architect@acme, second@acme], atLeast: 1 }
policies:
  pii: [privacy@acme]
engines: ["*@bots.acme"]
`;
const person = (email: string) => ({ kind: 'person' as const, name: email.split('@')[0]!, email });
const at = (minute: number): Date => new Date(Date.UTC(2026, 10, 26, 9, minute));

let folder: string;
let spec: string;
let log: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'approvals-'));
  spec = path.join(folder, 'imageUpload.spec.yaml');
  log = path.join(folder, 'imageUpload.approvals.jsonl');
  writeFileSync(spec, SPEC);
  writeFileSync(path.join(folder, 'approvals.yaml'), RULES);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const edit = (from: string, to: string): void => {
  const text = readFileSync(spec, 'utf8');
  expect(text).toContain(from);
  writeFileSync(spec, text.replace(from, to));
};
const status = async (): Promise<string> => (await standingOf(spec)).state.status;
const vote = (email: string, minute: number) => approve(spec, { by: person(email), at: at(minute) });

async function approveAll(from = 0): Promise<void> {
  await submit(spec, { by: person('pm@acme'), at: at(from) });
  await vote('pm@acme', from + 1);
  await vote('architect@acme', from + 2);
  await vote('privacy@acme', from + 3);
}

describe('the life of a spec', () => {
  it('goes from draft over review to approved, when everybody who has to has approved', async () => {
    expect(await status()).toBe('draft');
    await expect(vote('pm@acme', 1)).rejects.toMatchObject({
      code: 'APPROVAL_REFUSED',
      message: expect.stringContaining('is a draft') as string,
    });
    expect((await submit(spec, { by: person('pm@acme'), at: at(0) })).state.status).toBe('in_review');
    expect(
      (await vote('pm@acme', 1)).state.roles.map(({ name, approvedBy }) => `${name} ${approvedBy.map(({ email }) => email).join()}`),
    ).toEqual(['why pm@acme', 'how ', 'policy:pii ']);
    expect((await vote('second@acme', 2)).state.status).toBe('in_review');
    const { state } = await vote('privacy@acme', 3);
    expect(state).toMatchObject({ status: 'approved', approved: { version: '1.0' } });
    expect(readFileSync(spec, 'utf8')).toBe(SPEC);
  });

  it('is in review again as soon as it says something else, and approved when that is taken back', async () => {
    await approveAll();
    edit('status 413', 'status 400');
    expect(await status()).toBe('in_review');
    edit('status 400', 'status 413');
    expect(await status()).toBe('approved');
    edit('specVersion: "1.0"', 'specVersion: "1.1"');
    expect(await status()).toBe('in_review');
  });

  it('is not approved while somebody who may decide wants changes', async () => {
    await approveAll();
    const { state } = await requestChanges(spec, { by: person('second@acme'), at: at(5), comment: 'Which bucket?' });
    expect(state.status).toBe('in_review');
    expect((await vote('second@acme', 6)).state.status).toBe('approved');
  });

  it('is superseded by an approved spec that says so', async () => {
    await approveAll();
    const next = path.join(folder, 'pictureUpload.spec.yaml');
    writeFileSync(next, SPEC.replaceAll('imageUpload', 'pictureUpload').replace('links:', 'supersedes: SPEC-imageUpload@1.0\nlinks:'));
    expect(await status()).toBe('approved');
    const [first] = [spec];
    spec = next;
    await approveAll(10);
    spec = first;
    expect(await status()).toBe('superseded');
    await expect(vote('pm@acme', 20)).rejects.toMatchObject({ code: 'APPROVAL_REFUSED' });
  });

  it('returns to review after any edit of what it demands', async () => {
    await approveAll();
    const approved = readFileSync(spec, 'utf8');
    const words = [
      'upload',
      'JPEG',
      '5 MB',
      'store it',
      'return its URL',
      'reject it',
      'status 413',
      'below 2 s',
      'value: 2',
      'percentile: 95',
      'they upload',
      'signed-in',
      'resolves',
      'user#GET',
      '>=2 <3',
      'recognise',
      'body contains',
    ];
    const change = fc.oneof(
      fc
        .record({ word: fc.constantFrom(...words), by: fc.constantFrom('9', 'x ', ' not ') })
        .map(({ word, by }) =>
          approved.replace(
            word,
            by.trim() === '9' && /\d/.test(word)
              ? word.replace(/\d+/, '9')
              : `${word.split(' ')[0]}${by}${word.split(' ').slice(1).join(' ')}`,
          ),
        ),
      fc
        .constantFrom('  - id: AC-7\n    text: It counts uploads.\n', '  - It counts uploads.\n')
        .map((item) => approved.replace('nfrs:', `${item}nfrs:`)),
      fc.constantFrom(
        approved.replace(/ {2}- id: AC-2\n.*\n.*\n/, ''),
        approved.replace('priority: must', 'priority: should'),
        approved.replace(/dependencies:\n.*\n/, 'dependencies:\n'),
      ),
    );
    const edits = fc.sample(change, { numRuns: 100, seed: 6 });
    let returned = 0;
    for (const text of edits) {
      expect(text).not.toBe(approved);
      writeFileSync(spec, text);
      expect({ text, status: await status() }).toEqual({ text, status: 'in_review' });
      returned += 1;
    }
    console.log(`edits after approval: ${returned} of ${edits.length} return to review`);
    writeFileSync(spec, `# only a comment\n${approved}`);
    expect(await status()).toBe('approved');
  });
});

describe('who may approve', () => {
  it('is what the rules say, for each feature and policy', () => {
    const rules = readRules(`${RULES}specs:\n  "billing*": { why: [cfo@acme] }\n`, 'approvals.yaml');
    const roles = (feature: string, target = 'adr:1') =>
      rolesOf({ feature, links: [{ at: [], rel: 'constrainedBy', target }], criteria: [] }, rules).map(
        ({ name, people }) => `${name}=${people.join('+')}`,
      );
    expect(roles('imageUpload')).toEqual(['why=pm@acme', 'how=architect@acme+second@acme']);
    expect(roles('billingRuns', 'policy:pii/P-1')).toEqual(['why=cfo@acme', 'how=architect@acme+second@acme', 'policy:pii=privacy@acme']);
  });

  it('is nobody whom the rules do not name, and no engine, least of all the one that wrote the draft', async () => {
    edit('generated: { engine: rules', 'generated: { engine: rules, by: pm@acme');
    await submit(spec, { by: { ...person('agent@bots.acme'), kind: 'engine' }, at: at(0) });
    const refused = (by: Parameters<typeof approve>[1]['by']) =>
      expect(approve(spec, { by, at: at(1) })).rejects.toMatchObject({ code: 'APPROVAL_REFUSED' });
    await refused(person('somebody@acme'));
    await refused({ ...person('architect@acme'), kind: 'engine' });
    await refused(person('agent@bots.acme'));
    await refused(person('pm@acme')); // the identity that wrote it
    await refused({ kind: 'person', name: 'rules', email: 'architect@acme' });
    await expect(approve(spec, { by: person('architect@acme'), at: at(1), role: 'why' })).rejects.toMatchObject({
      code: 'APPROVAL_REFUSED',
    });
    // Nor does a vote count that was written past all of this.
    const [first] = (await openLog(spec, 'imageUpload')).entries as [Entry];
    const forged = { ...first, action: 'approve' as const, role: 'why', by: { name: 'pm', email: 'pm@acme' }, prev: [first.id] };
    delete (forged as { content?: unknown }).content;
    appendFileSync(log, `${canonicalJson({ ...forged, id: idOf(forged) })}\n`);
    const { state } = await standingOf(spec);
    expect(state).toMatchObject({ isTampered: false, status: 'in_review' });
    expect(state.roles.every(({ approvedBy }) => approvedBy.length === 0)).toBe(true);
  });

  it('stays approved when people leave, and says what is wrong with rules', async () => {
    await approveAll();
    const rules = path.join(folder, 'approvals.yaml');
    writeFileSync(rules, RULES.replace('why: [pm@acme]', 'why: [next@acme]\nformer: [pm@acme]'));
    expect(await status()).toBe('approved');
    await expect(vote('pm@acme', 9)).rejects.toMatchObject({ code: 'APPROVAL_REFUSED' });
    writeFileSync(rules, RULES.replace('why: [pm@acme]', 'why: [next@acme]'));
    expect(await status()).toBe('in_review');
    writeFileSync(rules, 'why: [pm@acme]\nhow: 3\n');
    await expect(status()).rejects.toMatchObject({
      code: 'BAD_INPUT',
      message: expect.stringMatching(/approvals\.yaml:2: how: /) as string,
    });
    writeFileSync(rules, 'why: @pm\n');
    await expect(status()).rejects.toMatchObject({ code: 'BAD_INPUT' });
    rmSync(rules);
    await expect(status()).rejects.toMatchObject({
      code: 'APPROVAL_REFUSED',
      message: expect.stringContaining('Nothing says who may approve') as string,
    });
  });
});

describe('what may be approved', () => {
  it('is no less a version than what changed asks for', async () => {
    await approveAll();
    edit('at most 5 MB, the', 'at most 3 MB, the');
    edit('specVersion: "1.0"', 'specVersion: "1.1"');
    await expect(vote('pm@acme', 5)).rejects.toMatchObject({
      code: 'APPROVAL_REFUSED',
      message: expect.stringContaining('makes it at least 2.0: AC-1 is tightened') as string,
      details: { version: '2.0', bump: 'major' },
    });
    edit('specVersion: "1.1"', 'specVersion: "2.0"');
    await approveAll(6);
    expect(await status()).toBe('approved');
    expect((await standingOf(spec)).state.approved).toMatchObject({ version: '2.0' });
  });

  it('may be less where people say that a text means what it meant', async () => {
    await approveAll();
    edit('store it and return its URL.', 'take it in and hand out its URL.');
    edit('specVersion: "1.0"', 'specVersion: "1.0.1"');
    await expect(vote('pm@acme', 5)).rejects.toMatchObject({ code: 'APPROVAL_REFUSED' });
    await approve(spec, { by: person('pm@acme'), at: at(6), sameMeaning: ['AC-1'] });
    await vote('architect@acme', 7);
    expect((await vote('privacy@acme', 8)).state.status).toBe('approved');
  });

  it('has no answer that only a model gave', async () => {
    edit('links:', 'questions:\n  - { id: Q-1, text: "Are GIFs in scope?", answer: "no", answeredBy: "model:little-chat" }\nlinks:');
    await submit(spec, { by: person('pm@acme'), at: at(0) });
    const refused = expect.stringMatching(/open questions: Q-1\..*Only a model answered Q-1.*put your name/) as string;
    await expect(vote('pm@acme', 1)).rejects.toMatchObject({ code: 'APPROVAL_REFUSED', message: refused });
    edit('"model:little-chat"', '"pm@acme"');
    expect((await vote('pm@acme', 1)).state.roles[0]?.approvedBy).toHaveLength(1);
  });

  it('has no open question, ids for all parts, and no problems', async () => {
    edit('links:', 'questions:\n  - { id: Q-1, text: "Are GIFs in scope?" }\nlinks:');
    await submit(spec, { by: person('pm@acme'), at: at(0) });
    await expect(vote('pm@acme', 1)).rejects.toMatchObject({ message: expect.stringContaining('open questions: Q-1') as string });
    edit('"Are GIFs in scope?"', '"Are GIFs in scope?", answer: "no"');
    await vote('pm@acme', 1);
    edit('nfrs:', '  - Something without an id.\nnfrs:');
    await expect(vote('architect@acme', 2)).rejects.toMatchObject({ message: expect.stringContaining('spec fmt') as string });
    edit('feature: imageUpload', 'feature: [');
    await expect(vote('architect@acme', 2)).rejects.toMatchObject({ code: 'BAD_INPUT' });
  });
});

describe('the log', () => {
  const rows = (): string[] => readFileSync(log, 'utf8').trimEnd().split('\n');
  const entries = (): Entry[] => rows().map((row) => JSON.parse(row) as Entry);
  const write = (lines: readonly string[]): void => writeFileSync(log, lines.map((line) => `${line}\n`).join(''));
  const altered = (index: number, change: (entry: Entry) => object): readonly string[] =>
    rows().map((row, at) => (at === index ? canonicalJson(change(JSON.parse(row) as Entry)) : row));
  /** What somebody would do who knows how the hashes are made. */
  const rechained = (list: readonly Entry[]): readonly string[] => {
    let prev: string[] = [];
    return list.map((entry) => {
      const whole = { ...entry, prev };
      const id = idOf(whole);
      prev = [id];
      return canonicalJson({ ...whole, id });
    });
  };

  const TAMPERINGS: readonly (readonly [string, () => void])[] = [
    ['another person', () => write(altered(1, (entry) => ({ ...entry, by: { name: 'pm', email: 'other@acme' } })))],
    ['another role', () => write(altered(1, (entry) => ({ ...entry, role: 'how' })))],
    ['another version', () => write(altered(2, (entry) => ({ ...entry, version: '9.0' })))],
    ['another hash', () => write(altered(2, (entry) => ({ ...entry, hash: `sha256:${'0'.repeat(64)}` })))],
    ['another time', () => write(altered(3, (entry) => ({ ...entry, at: '2020-01-01T00:00:00.000Z' })))],
    ['another comment', () => write(altered(3, (entry) => ({ ...entry, comment: 'gladly' })))],
    ['another action', () => write(altered(3, (entry) => ({ ...entry, action: 'request-changes' })))],
    ['another content', () => write(altered(0, (entry) => ({ ...entry, content: { ...entry.content, description: 'Something else.' } })))],
    [
      'another content, hashed again',
      () =>
        write(
          rechained(entries().map((entry, at) => (at === 0 ? { ...entry, content: { ...entry.content!, description: 'Else.' } } : entry))),
        ),
    ],
    ['the first entry gone', () => write(rows().slice(1))],
    ['an entry in the middle gone', () => write(rows().toSpliced(2, 1))],
    ['the last entry gone', () => write(rows().slice(0, -1))],
    ['two entries in another order', () => write([rows()[0]!, rows()[2]!, rows()[1]!, rows()[3]!])],
    ['an entry that is cut off', () => writeFileSync(log, readFileSync(log, 'utf8').slice(0, -40))],
    ['white space in an entry', () => write(rows().map((row, at) => (at === 1 ? row.replace('"action":', '"action": ') : row)))],
    [
      'an entry with a made-up hash',
      () => write([...rows(), canonicalJson({ ...entries()[3]!, role: 'why', id: `sha256:${'1'.repeat(64)}` })]),
    ],
    ['an entry that follows nothing', () => write([...rows(), ...rechained([{ ...entries()[3]!, role: 'why' }])])],
    ['a vote removed and all hashed again', () => write(rechained(entries().toSpliced(2, 1)))],
    [
      'a vote altered and all hashed again',
      () => write(rechained(entries().map((entry, at) => (at === 1 ? { ...entry, by: { name: 'x', email: 'x@acme' } } : entry)))),
    ],
    ['everything gone', () => rmSync(log)],
    ['the log of another feature', () => write(rechained(entries().map((entry) => ({ ...entry, feature: 'other' }))))],
    [
      'a vote that is older than what it follows',
      () => {
        const [, , , last] = entries();
        const older = { ...last!, prev: [last!.id], at: '2019-01-01T00:00:00.000Z' };
        write([...rows(), canonicalJson({ ...older, id: idOf(older) })]);
      },
    ],
  ];

  it('shows every tampering, after which nothing counts as approved', async () => {
    const git = (...args: readonly string[]) =>
      execFileSync('git', ['-c', 'user.name=pm', '-c', 'user.email=pm@acme', ...args], { cwd: folder, stdio: 'pipe' });
    git('init', '-q');
    await approveAll();
    git('add', '.');
    git('commit', '-qm', 'Approved');
    const intact = readFileSync(log, 'utf8');
    let detected = 0;
    for (const [name, tamper] of TAMPERINGS) {
      tamper();
      const { state, log: found } = await standingOf(spec);
      expect({ name, intact: isIntact(found), status: state.status }).toEqual({
        name,
        intact: false,
        status: name === 'everything gone' ? 'draft' : 'in_review',
      });
      await expect(vote('pm@acme', 9)).rejects.toMatchObject({
        code: 'APPROVAL_REFUSED',
        message: expect.stringContaining('cannot be relied on') as string,
      });
      detected += 1;
      writeFileSync(log, intact);
      expect(await status()).toBe('approved');
    }
    console.log(`tamperings of the log: ${detected} of ${TAMPERINGS.length} detected`);
    // Git knows who committed what others are said to have decided: that is told, and stops nothing.
    expect((await openLog(spec, 'imageUpload')).problems.map(({ code, line, isHint }) => [code, line, isHint])).toEqual([
      ['other-author', 3, true],
      ['other-author', 4, true],
    ]);
  });

  it('keeps votes of two branches, in either order, and joins them', async () => {
    await submit(spec, { by: person('pm@acme'), at: at(0) });
    const before = readFileSync(log, 'utf8');
    await vote('pm@acme', 1);
    const [, ours] = rows();
    writeFileSync(log, before);
    await vote('architect@acme', 1);
    const [, theirs] = rows();
    for (const order of [
      [ours, theirs],
      [theirs, ours],
    ]) {
      writeFileSync(log, `${before}${order.join('\n')}\n`);
      const { state } = await vote('privacy@acme', 4);
      expect(state).toMatchObject({ status: 'approved', isTampered: false });
      expect(entries().at(-1)?.prev).toHaveLength(2);
    }
  });

  it('counts an entry once that stands in it twice, however late it is said again', async () => {
    await approveAll();
    const approval = rows().at(-1)!;
    await requestChanges(spec, { by: person('privacy@acme'), at: at(5), comment: 'Who may see them?' });
    write([...rows(), approval]);
    expect(JSON.parse(approval)).toMatchObject({ action: 'approve', by: { email: 'privacy@acme' } });
    const { state, log: found } = await standingOf(spec);
    expect(state).toMatchObject({ status: 'in_review', isTampered: false });
    expect(found.problems).toMatchObject([{ code: 'repeated', line: 6, isHint: true }]);
    expect(found.entries).toHaveLength(5);
    expect((await vote('privacy@acme', 6)).state.status).toBe('approved');
  });

  it('is whole again after a writer that was stopped half-way, once that is removed', async () => {
    await submit(spec, { by: person('pm@acme'), at: at(0) });
    const intact = readFileSync(log, 'utf8');
    writeFileSync(log, `${intact}{"action":"appr`);
    await expect(vote('pm@acme', 1)).rejects.toMatchObject({ message: expect.stringContaining('line 2: Is no entry') as string });
    writeFileSync(log, intact.trimEnd());
    await vote('pm@acme', 1);
    expect(rows()).toHaveLength(2);
  });
});

import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { recordDecisions } from '../../../../../src/agent/decisions.ts';
import { writeSpec } from '../../../../../src/agent/draft/write-spec.ts';
import type { DraftSpec, StepContext, WrittenSpec } from '../../../../../src/agent/model.ts';
import type { Checked } from '../../../../../src/agent/steps/check.ts';
import type { DraftInput } from '../../../../../src/agent/steps/draft.ts';
import { parseRequest } from '../../../../../src/agent/steps/parse.ts';
import { publish } from '../../../../../src/agent/steps/publish.ts';
import { standingOf } from '../../../../../src/specs/approvals/decide.ts';
import { CONFLICT } from '../fake-steps.ts';

const TEXT = 'Customers must be able to get a refund within 30 days.';
const FILE = 'specs/.threads/refund/request.md';
const EVIDENCE = [{ node: 'note:refund', file: FILE, line: 1, endLine: 1, sha: 'sha256:0', quote: TEXT }] as const;

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'publish-'));
  mkdirSync(path.join(root, 'specs/.threads/refund'), { recursive: true });
  writeFileSync(path.join(root, 'specs/approvals.yaml'), 'why: [pm@acme]\nhow: [architect@acme]\n');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const context = (): StepContext => ({
  graph: { reader: { find: () => Promise.resolve([]) } } as unknown as StepContext['graph'],
  meant: () => Promise.resolve(undefined),
  repo: 'shop',
  root,
  specs: 'specs',
});

function checked(...criteria: readonly (readonly [id: string, text: string])[]): Checked {
  const draft: DraftSpec = {
    feature: 'refund',
    version: '0.1',
    owner: { team: 'shop' },
    description: { text: TEXT, basis: 'quoted', evidence: EVIDENCE },
    criteria: criteria.map(([id, text]) => ({
      id,
      text,
      basis: 'human',
      rule: 'answer',
      evidence: EVIDENCE,
      priority: 'must',
      verify: [],
    })),
    nfrs: [],
    dependencies: [],
    outOfScope: [],
    questions: [],
    links: [],
  };
  return { draft, text: writeSpec(draft), rounds: 0, repairs: [], problems: [], findings: [] };
}
const input = (more: Partial<DraftInput> = {}): DraftInput => ({
  request: { thread: 'refund', text: TEXT, file: FILE },
  parsed: parseRequest(TEXT),
  grounding: { things: [], existing: [] },
  gaps: [],
  answers: [],
  conflicts: [],
  resolutions: [],
  comments: [],
  ...more,
});
const put = (draft: Checked, before?: WrittenSpec, more: Partial<DraftInput> = {}): Promise<WrittenSpec> =>
  publish(draft, input(more), context(), before, new Date(0));
const spec = (): string => path.join(root, 'specs/refund.spec.yaml');
const written = (): string => readFileSync(spec(), 'utf8');
const edit = (from: string, to: string): void => {
  expect(written()).toContain(from);
  writeFileSync(spec(), written().replace(from, to));
};

const [ONE, TWO] = [
  ['AC-1', 'The shop shall refund within 30 days.'],
  ['AC-2', 'The shop shall tell the customer by mail.'],
] as const;

describe('a draft becomes a file', () => {
  it('that is in review, by an engine that may not approve it', async () => {
    const { path: place, notes } = await put(checked(ONE));
    expect([place, notes]).toEqual(['specs/refund.spec.yaml', []]);
    const { state, log } = await standingOf(spec());
    expect(state.status).toBe('in_review');
    expect(log.entries.map(({ action, by }) => [action, by.name])).toEqual([['submit', 'specgraph']]);
  });

  it('the same when it is put there twice', async () => {
    const first = await put(checked(ONE));
    expect(await put(checked(ONE))).toEqual(first);
    expect((await standingOf(spec())).log.entries).toHaveLength(1);
  });

  it('also where nobody may approve yet, and says so', async () => {
    rmSync(path.join(root, 'specs/approvals.yaml'));
    const { notes } = await put(checked(ONE));
    expect(notes).toEqual([expect.stringContaining('Nothing says who may approve specs/refund.spec.yaml') as string]);
    expect(written()).toContain('AC-1');
  });
});

describe('what people wrote', () => {
  it('stays, with what is drafted anew', async () => {
    const before = await put(checked(ONE));
    edit('The shop shall refund within 30 days.', 'The shop shall refund within 14 days.');
    writeFileSync(spec(), `# Ask legal about this one.\n${written()}`);
    const { notes } = await put(checked(ONE, TWO), before);
    expect(notes).toEqual([]);
    expect(written()).toMatch(/^# Ask legal about this one\.\n/);
    expect(written()).toContain('within 14 days');
    expect(written()).toContain('tell the customer by mail');
  });

  it('stays where the draft says something else of the same part; the draft lies beside', async () => {
    const before = await put(checked(ONE));
    edit('The shop shall refund within 30 days.', 'The shop shall refund within 14 days.');
    const mine = written();
    const { notes, text } = await put(checked(['AC-1', 'The shop shall refund within 60 days.']), before);
    expect(written()).toBe(mine);
    expect(text).toBe(mine);
    expect(notes).toEqual([expect.stringContaining('AC-1') as string]);
    expect(readFileSync(path.join(root, 'specs/.threads/refund/refund.spec.yaml'), 'utf8')).toContain('within 60 days');
  });

  it('stays also in a file of that feature that nothing here knew of', async () => {
    writeFileSync(
      spec(),
      'feature: refund\nspecVersion: "0.1"\nowner: pm\ndescription: As a customer, I want my money back, so I trust the shop.\nacceptance:\n  - { id: AC-9, text: The shop shall answer in a day. }\n',
    );
    await put(checked(ONE));
    expect(written()).toContain('The shop shall answer in a day.');
  });
});

describe('a path out of the repository, as a log that anybody committed may have it', () => {
  it.each(['../stolen.spec.yaml', 'specs/../../stolen.spec.yaml', '/tmp/stolen.spec.yaml', 'linked/stolen.spec.yaml'])(
    '%s is refused',
    async (place) => {
      const outside = mkdtempSync(path.join(tmpdir(), 'outside-'));
      symlinkSync(outside, path.join(root, 'linked'));
      const before = { path: place, text: '', hash: '', notes: [] };
      await expect(put(checked(ONE), before)).rejects.toMatchObject({ code: 'BAD_INPUT' });
      expect(readdirSync(outside)).toEqual([]);
      expect(existsSync(path.join(root, '../stolen.spec.yaml'))).toBe(false);
      rmSync(outside, { recursive: true });
    },
  );
});

describe('a choice', () => {
  const resolutions = [{ conflict: CONFLICT.id, option: 'A', by: 'Pam <pm@acme>', reason: 'The policy is law', evidence: EVIDENCE[0] }];

  it('becomes one decision record, proposed, that names the conflict', async () => {
    const more = { conflicts: [CONFLICT], resolutions };
    const { notes } = await put(checked(ONE), undefined, more);
    await put(checked(ONE), undefined, more);
    expect(notes).toEqual(['docs/adr/0001-14-days.md proposes the decision that settles C-0badcafe.']);
    expect(readdirSync(path.join(root, 'docs/adr'))).toEqual(['0001-14-days.md']);
    const text = readFileSync(path.join(root, 'docs/adr/0001-14-days.md'), 'utf8');
    for (const part of ['# 1. 14 days', 'Proposed', 'The policy is law.', 'Decided by Pam <pm@acme>.', 'C-0badcafe', '"refund"'])
      expect(text).toContain(part);
  });

  it('is linked by the spec, on what people chose, in each round, also where the record was there', async () => {
    const said = {
      node: 'note:refund#C-0badcafe',
      file: 'specs/.threads/refund/settle-1.md',
      line: 4,
      endLine: 4,
      sha: 'sha256:1',
      quote: 'A',
    };
    const more = { conflicts: [CONFLICT], resolutions: [{ ...resolutions[0]!, evidence: said }] };
    mkdirSync(path.join(root, 'docs/adr'), { recursive: true });
    writeFileSync(path.join(root, 'docs/adr/0007-refunds.md'), '# Refunds\n\nSettles C-0badcafe.\n');
    const first = await put(checked(ONE), undefined, more);
    const again = await put(checked(ONE, TWO), first, more);
    for (const { text } of [first, again]) {
      expect(text.match(/rel: constrainedBy, target: adr:0007 /g)).toHaveLength(1);
      expect(text).toContain(
        'claim: /links/adr:0007, basis: human, rule: settled, sources: [ { node: note:refund#C-0badcafe, file: specs/.threads/refund/settle-1.md, span: L4',
      );
    }
    expect([first.notes, readdirSync(path.join(root, 'docs/adr'))]).toEqual([[], ['0007-refunds.md']]);
    expect((await put(checked(ONE, TWO), again)).text).not.toContain('adr:0007');
  });

  it('becomes one record where two processes write it at once', async () => {
    const more = { conflicts: [CONFLICT], resolutions };
    await Promise.all(Array.from({ length: 5 }, () => recordDecisions(more.conflicts, more.resolutions, context())));
    expect(readdirSync(path.join(root, 'docs/adr'))).toEqual(['0001-14-days.md']);
    const { links } = await recordDecisions(more.conflicts, more.resolutions, context());
    expect(links).toMatchObject([{ rel: 'constrainedBy', target: 'adr:0001' }]);
  });

  it('takes the next number of the decisions that there are', async () => {
    mkdirSync(path.join(root, 'docs/adr'), { recursive: true });
    writeFileSync(path.join(root, 'docs/adr/017-use-queues.md'), '# Use queues\n');
    const { notes } = await put(checked(ONE), undefined, { conflicts: [CONFLICT], resolutions });
    expect(notes).toEqual([expect.stringContaining('docs/adr/018-14-days.md') as string]);
  });
});

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openSystem } from '../../../src/platform.ts';
import type { System } from '../../../src/system.ts';
import type { ApiOptions } from '../../../src/api/server.ts';
import { serve, type Client, type Reply } from './client.ts';

const SPEC = (
  criterion = 'When an order is cancelled, the RefundService shall pay the price back within 3 days.',
): string => `feature: refunds
specVersion: "1.0"
owner: payments
description: As a buyer, I want my money back for what I did not get.
acceptance:
  - { id: AC-1, text: "${criterion}" }
  - { id: AC-2, text: "When a refund is paid, the RefundService shall send a mail.", priority: should }
`;
const REVIEWERS = Array.from({ length: 8 }, (_, index) => `rev${index}@shop.example`);
const RULES = `why: [ada@shop.example]\nhow: { people: [${REVIEWERS.join(', ')}], atLeast: ${REVIEWERS.length} }\nengines: ["*@bots.example"]\n`;
const tokenOf = (email: string): string => `a-token-of-${email}`;
const person = (email: string, kind: 'person' | 'engine' = 'person') => ({
  token: tokenOf(email),
  name: email.split('@')[0]!,
  email,
  kind,
});
const PEOPLE = [
  ...['ada@shop.example', 'eve@shop.example', ...REVIEWERS].map((email) => person(email)),
  person('drafter@shop.example', 'engine'),
  person('writer@bots.example'),
];
const as = (email: string) => ({ authorization: `Bearer ${tokenOf(email)}` });

const base = realpathSync(mkdtempSync(join(tmpdir(), 'api-specs-')));
const folder = join(base, 'shop');
const write = (path: string, text: string, under = folder): void => {
  mkdirSync(dirname(join(under, path)), { recursive: true });
  writeFileSync(join(under, path), text);
};
const git = (...args: string[]) => execFileSync('git', args, { cwd: folder, stdio: 'pipe' });
let system: System;

beforeAll(async () => {
  mkdirSync(folder);
  git('init', '-q');
  git('config', 'user.name', 'server');
  git('config', 'user.email', 'server@shop.example');
  write('package.json', '{ "name": "shop" }');
  write('refund.test.ts', "import { it } from 'vitest';\nit('[refunds/AC-1] pays back', () => {});\n");
  write('specs/refunds.spec.yaml', SPEC());
  write('secret.spec.yaml', SPEC().replace('refunds', 'secrets'), base);
  symlinkSync(join(base, 'secret.spec.yaml'), join(folder, 'specs/secrets.spec.yaml'));
  system = await openSystem({ store: join(base, 'graph.db'), embedder: { use: 'none' } });
  await system.ingest(folder);
});
afterAll(async () => {
  await system.close();
  rmSync(base, { recursive: true, force: true });
});
beforeEach(() => {
  rmSync(join(folder, 'specs/refunds.approvals.jsonl'), { force: true });
  write('specs/refunds.spec.yaml', SPEC());
  write('specs/approvals.yaml', RULES);
});

const shop = (options: ApiOptions = {}): Promise<Client> => serve(system, { roots: [folder], people: PEOPLE, ...options });
const STATE = '{ spec(feature: "refunds") { status hash } }';
const stateOf = async (client: Client, headers = {}) =>
  (await client.ask(STATE, {}, headers)).data.spec as { status: string; hash: string };
const submit = (client: Client, headers: Record<string, string> = as('eve@shop.example')) =>
  client.ask('mutation { submitSpec(feature: "refunds") { status approvals { action by { email name } } } }', {}, headers);
const approve = async (client: Client, headers: Record<string, string>, hash?: string): Promise<Reply> =>
  client.ask(
    'mutation ($hash: String!) { approveSpec(feature: "refunds", hash: $hash) { status approvals { action role by { name email } } } }',
    { hash: hash ?? (await stateOf(client, headers)).hash },
    headers,
  );
const logText = () => readFileSync(join(folder, 'specs/refunds.approvals.jsonl'), 'utf8');

describe('specs over GraphQL', () => {
  it('tell what the file says, where it stands, and what checks it', async () => {
    const { ask } = await shop();
    const { data, errors, text } = await ask(`{ spec(feature: "refunds", repo: "shop") {
      feature path repo version status problem description approvedVersion logProblems content
      roles { name people atLeast approvedBy { email } refusedBy { email } } approvals { id }
      criteria { id text priority line evidence checkedBy missing } nfrs { id } questions { id } findings { code id file span { line } }
      change { version }
    } }`);
    expect(errors).toEqual([]);
    expect(data.spec).toMatchObject({
      feature: 'refunds',
      path: 'specs/refunds.spec.yaml',
      repo: 'shop',
      version: '1.0',
      status: 'DRAFT',
      problem: null,
      approvedVersion: null,
      change: null,
      content: SPEC(),
      approvals: [],
      criteria: [
        { id: 'AC-1', priority: 'must', line: 6, evidence: 'L1', checkedBy: ['test:refund.test.ts#[refunds/AC-1] pays back'], missing: [] },
        { id: 'AC-2', priority: 'should', line: 7, evidence: 'L0', checkedBy: [], missing: [] },
      ],
    });
    expect(data.spec.roles.map(({ name, atLeast }: { name: string; atLeast: number }) => [name, atLeast])).toEqual([
      ['why', 1],
      ['how', 8],
    ]);
    expect(data.spec.findings).toContainEqual({
      code: 'no-verification',
      id: 'spec:refunds/AC-1',
      file: 'specs/refunds.spec.yaml',
      span: { line: 6 },
    });
    expect(text).not.toContain(base);
  });

  it('go from draft over review to approved and implemented, decided by whom tokens stand for', async () => {
    const client = await shop();
    expect((await submit(client)).data.submitSpec).toEqual({
      status: 'IN_REVIEW',
      approvals: [{ action: 'SUBMIT', by: { email: 'eve@shop.example', name: 'eve' } }],
    });
    expect((await approve(client, as('ada@shop.example'))).data.approveSpec.status).toBe('IN_REVIEW');
    for (const email of REVIEWERS) await approve(client, as(email));
    expect((await stateOf(client)).status).toBe('IMPLEMENTED');
    const { hash } = await stateOf(client);
    const refused = await client.ask(
      'mutation ($hash: String!) { requestSpecChanges(feature: "refunds", hash: $hash, comment: "Say who pays.") { status roles { name refusedBy { name } } } }',
      { hash },
      as('ada@shop.example'),
    );
    expect(refused.data.requestSpecChanges.status).toBe('IN_REVIEW');
    expect(refused.data.requestSpecChanges.roles[0]).toEqual({ name: 'why', refusedBy: [{ name: 'ada' }] });
    await approve(client, as('ada@shop.example'));
    // Whoever edits what it demands, it is in review again.
    write('specs/refunds.spec.yaml', SPEC().replace('3 days', '2 days'));
    const { data } = await client.ask(
      '{ spec(feature: "refunds") { status approvedVersion change { from version bump changes { part kind bump } } } }',
    );
    expect(data.spec).toEqual({
      status: 'IN_REVIEW',
      approvedVersion: '1.0',
      change: { from: '1.0', version: '1.1', bump: 'MINOR', changes: [{ part: 'AC-1', kind: 'TIGHTENED', bump: 'MINOR' }] },
    });
  });

  it('lose no vote when reviewers decide at once', async () => {
    for (let round = 0; round < 3; round++) {
      rmSync(join(folder, 'specs/refunds.approvals.jsonl'), { force: true });
      const [one, two] = [await shop(), await shop()];
      await submit(one);
      const { hash } = await stateOf(one);
      // Two servers on one folder, as two replicas would be.
      const votes = await Promise.all(
        ['ada@shop.example', ...REVIEWERS].map((email, index) => approve(index % 2 === 0 ? one : two, as(email), hash)),
      );
      expect(votes.flatMap(({ errors }) => errors)).toEqual([]);
      const { data } = await one.ask('{ spec(feature: "refunds") { status logProblems roles { approvedBy { email } } } }');
      expect(data.spec.logProblems).toEqual([]);
      expect(data.spec.roles[1].approvedBy.map(({ email }: { email: string }) => email).sort()).toEqual(REVIEWERS);
      expect(data.spec.status).toBe('IMPLEMENTED');
    }
  });

  it.each([
    ['no token', {}, undefined],
    ['a token that nobody has', { authorization: 'Bearer a-token-of-nobody@shop.example' }, undefined],
    ['a name of its own choosing', { 'x-user': 'ada@shop.example', from: 'ada@shop.example' }, undefined],
    ['the token of the server', { authorization: 'Bearer open-sesame' }, 'open-sesame'],
  ])('are not decided about with %s', async (_, headers: Record<string, string>, token) => {
    const client = await shop({ token });
    await submit(client);
    const before = logText();
    const mutations = [
      'mutation ($hash: String!) { approveSpec(feature: "refunds", hash: $hash) { status } }',
      'mutation ($hash: String!) { requestSpecChanges(feature: "refunds", hash: $hash, comment: "no") { status } }',
      'mutation { submitSpec(feature: "refunds") { status } }',
    ];
    const { hash } = await stateOf(client, as('eve@shop.example'));
    for (const mutation of mutations) {
      const { errors } = await client.ask(mutation, mutation.includes('$hash') ? { hash } : {}, headers);
      expect(errors).toMatchObject([{ extensions: { code: 'APPROVAL_REFUSED', details: { reason: 'no-identity' } } }]);
    }
    expect(logText()).toBe(before);
  });

  it('are not decided about by engines, by whom the rules do not name, or for others', async () => {
    const client = await shop();
    // A program may ask for a review.
    expect((await submit(client, as('drafter@shop.example'))).data.submitSpec.status).toBe('IN_REVIEW');
    const before = logText();
    for (const [email, said] of [
      ['drafter@shop.example', 'is an engine'],
      ['writer@bots.example', 'is an engine'],
      ['eve@shop.example', 'do not let eve <eve@shop.example> decide'],
    ] as const) {
      const { errors, text } = await approve(client, as(email));
      expect(errors).toMatchObject([{ message: expect.stringContaining(said) as string, extensions: { code: 'APPROVAL_REFUSED' } }]);
      expect(text).not.toContain(base);
      expect(text).not.toContain(tokenOf(email));
    }
    const forAnother = await client.ask(
      'mutation ($hash: String!) { approveSpec(feature: "refunds", hash: $hash, by: "ada@shop.example") { status } }',
      { hash: (await stateOf(client)).hash },
      as('eve@shop.example'),
    );
    expect(forAnother.errors[0]?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
    expect(logText()).toBe(before);
  });

  it('are not approved as they are now when somebody read them as they were', async () => {
    const client = await shop();
    await submit(client);
    const { hash } = await stateOf(client);
    write('specs/refunds.spec.yaml', SPEC().replace('3 days', '30 days'));
    const { errors } = await approve(client, as('ada@shop.example'), hash);
    expect(errors).toMatchObject([{ extensions: { code: 'APPROVAL_REFUSED', details: { hash: (await stateOf(client)).hash } } }]);
    expect(logText().trim().split('\n')).toHaveLength(1);
  });

  it('are those of the folders of the server, not what links lead to', async () => {
    const { ask } = await shop();
    const { data, errors } = await ask('{ spec(feature: "secrets") { content } specs { nodes { path } } }');
    expect(errors).toMatchObject([{ extensions: { code: 'TARGET_NOT_FOUND' } }]);
    expect(data.specs.nodes).toEqual([{ path: 'specs/refunds.spec.yaml' }]);
    const outside = await ask('{ spec(feature: "../secret") { content } }');
    expect(outside.errors).toMatchObject([{ extensions: { code: 'TARGET_NOT_FOUND' } }]);
  });

  it('are listed a page at a time, sound or not', async () => {
    for (const name of ['a', 'b', 'c']) write(`specs/more/${name}.spec.yaml`, SPEC().replace('refunds', `feature${name}`));
    write('specs/more/c.spec.yaml', 'feature: [');
    try {
      const { ask } = await shop();
      const query =
        'query ($after: String) { specs(first: 2, after: $after) { nodes { path status problem } pageInfo { hasNextPage endCursor } } }';
      const first = (await ask(query)).data.specs;
      const second = (await ask(query, { after: first.pageInfo.endCursor })).data.specs;
      expect([...first.nodes, ...second.nodes].map(({ path }: { path: string }) => path)).toEqual([
        'specs/more/a.spec.yaml',
        'specs/more/b.spec.yaml',
        'specs/more/c.spec.yaml',
        'specs/refunds.spec.yaml',
      ]);
      expect(second.pageInfo.hasNextPage).toBe(false);
      expect(second.nodes[0]).toMatchObject({ status: null, problem: expect.stringContaining('is no sound spec') as string });
      // Nothing was ingested of these.
      expect((await ask('{ specs(repo: "shop") { nodes { path } } }')).data.specs.nodes).toEqual([{ path: 'specs/refunds.spec.yaml' }]);
    } finally {
      rmSync(join(folder, 'specs/more'), { recursive: true });
    }
  });

  it('of one feature in two files are told apart by the repository', async () => {
    write('copy/refunds.spec.yaml', SPEC());
    try {
      const { ask } = await shop();
      const { errors } = await ask('{ spec(feature: "refunds") { path } }');
      expect(errors).toMatchObject([
        { extensions: { code: 'TARGET_AMBIGUOUS', details: { candidates: ['copy/refunds.spec.yaml', 'specs/refunds.spec.yaml'] } } },
      ]);
      expect((await ask('{ spec(feature: "refunds", repo: "shop") { path } }')).data.spec.path).toBe('specs/refunds.spec.yaml');
    } finally {
      rmSync(join(folder, 'copy'), { recursive: true });
    }
  });

  it('say what is missing where nothing says who may approve, and where there is no graph', async () => {
    rmSync(join(folder, 'specs/approvals.yaml'));
    const { ask } = await shop();
    const { data } = await ask('{ spec(feature: "refunds") { status problem hash criteria { evidence } } }');
    expect(data.spec).toMatchObject({
      status: null,
      problem:
        'Nothing says who may approve specs/refunds.spec.yaml. Write an approvals.yaml beside it, with `why: [EMAIL]` and `how: [EMAIL]`.',
      hash: expect.stringMatching(/^sha256:/) as string,
    });
    const empty = await openSystem({ store: join(base, 'nowhere.db'), embedder: { use: 'none' } });
    try {
      const without = await serve(empty, { roots: [folder] });
      expect(
        (await without.ask('{ spec(feature: "refunds") { feature repo criteria { evidence } findings { code } } }')).data.spec,
      ).toMatchObject({
        feature: 'refunds',
        repo: null,
        criteria: [{ evidence: null }, { evidence: null }],
      });
    } finally {
      await empty.close();
    }
  });

  it('are compared with what was approved, or with a revision', async () => {
    const client = await shop();
    const diff = (revision?: string) =>
      client.ask(
        'query ($r: String) { specDiff(feature: "refunds", revision: $r) { from version bump changes { part kind before after } } }',
        {
          r: revision,
        },
      );
    expect((await diff()).errors).toMatchObject([{ extensions: { code: 'BAD_INPUT' } }]);
    git('add', '--all');
    git('commit', '-q', '-m', 'specs');
    write('specs/refunds.spec.yaml', SPEC().replace('3 days', '5 days'));
    expect((await diff('HEAD')).data.specDiff).toMatchObject({
      from: '1.0',
      version: '2.0',
      bump: 'MAJOR',
      changes: [{ part: 'AC-1', kind: 'LOOSENED' }],
    });
    for (const revision of ['--output=x', 'nowhere', 'HEAD:..']) {
      const { errors, text } = await diff(revision);
      expect(errors).toMatchObject([{ extensions: { code: 'GIT_FAILED' } }]);
      expect(text).not.toContain(base);
    }
  });
});

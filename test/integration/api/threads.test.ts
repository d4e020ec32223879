import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PlatformError } from '../../../graph/errors.ts';
import { createAgent } from '../../../src/agent/agent.ts';
import type { Steps } from '../../../src/agent/workflow.ts';
import type { ApiOptions } from '../../../src/api/server.ts';
import type { PinnedGraph } from '../../../src/current-graph.ts';
import { CONFLICT, fakeSteps, QUESTIONS, textOf } from '../../unit/src/agent/fake-steps.ts';
import { serve, type Client, type Reply } from './client.ts';
import { deferred } from './deferred.ts';
import { createPictureSystem } from './picture-system.ts';

const REQUEST = 'Customers must be able to get a refund within 30 days.';
const tokenOf = (name: string): string => `a-token-of-${name}`;
const holder = (name: string, kind: 'person' | 'engine' = 'person') => ({ token: tokenOf(name), name, email: `${name}@acme`, kind });
const PEOPLE = [holder('pm'), holder('architect'), holder('eve'), holder('bot', 'engine'), holder('script')];
const as = (name: string) => ({ authorization: `Bearer ${tokenOf(name)}` });
const graph = { reader: { repositories: () => Promise.resolve(['shop']) } } as unknown as PinnedGraph;

let base: string;
let root: string;
beforeEach(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), 'api-threads-')));
  root = join(base, 'shop');
  mkdirSync(join(root, 'specs'), { recursive: true });
  writeFileSync(join(root, 'specs/approvals.yaml'), 'why: [pm@acme]\nhow: [architect@acme]\nengines: [script@acme]\n');
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

/** A server whose agent does little, by the steps that are given. */
const shop = (options: ApiOptions = {}, steps: Steps = fakeSteps(root)): Promise<Client> =>
  serve(
    createPictureSystem({
      agent: (place) =>
        Promise.resolve(
          createAgent(place, {
            use: (ask) => ask(graph),
            meant: () => Promise.resolve(undefined),
            steps: () => Promise.resolve(steps),
            now: () => new Date(0),
          }),
        ),
    }),
    { roots: [root], people: PEOPLE, ...options },
  );

const THREAD = `id state problem request notes proposed { question text value model evidence { quote } } existing { quote } spec { feature path hash status }
  gate { __typename
    ... on ClarifyGate { round questions { id slot text about options { value consequence scope evidence { file line quote } } evidence { node sha endLine } } }
    ... on SettleGate { round conflicts { id why askWhy askHow members { layer states evidence { quote } } options { id text costs yields } } }
    ... on ReviewGate { round role path hash } }
  handOff { path files } timeline { step at input evidence by { kind name email prompt tokens cost } }`;
const draft = (client: Client, headers: Record<string, string> = as('bot'), variables: Record<string, unknown> = {}): Promise<Reply> =>
  client.ask(
    `mutation ($request: String!, $thread: ID, $root: String! = ".") { draftSpec(request: $request, thread: $thread, root: $root) { ${THREAD} } }`,
    { request: REQUEST, ...variables },
    headers,
  );
const resume = (client: Client, id: string, headers: Record<string, string>, said: Record<string, unknown> = {}): Promise<Reply> =>
  client.ask(
    `mutation ($id: ID!, $answers: [ReplyInput!]! = [], $choices: [ReplyInput!]! = [], $leaveOpen: Boolean! = false) {
      resumeThread(id: $id, answers: $answers, choices: $choices, leaveOpen: $leaveOpen) { ${THREAD} } }`,
    { id, ...said },
    headers,
  );
const ANSWER = { answers: [{ id: 'Q-1', value: '2' }] };
const CHOICE = { choices: [{ id: CONFLICT.id, value: 'A because the policy is law' }] };
const approve = (client: Client, name: string, hash: string): Promise<Reply> =>
  client.ask('mutation ($hash: String!) { approveSpec(feature: "refund", hash: $hash) { status } }', { hash }, as(name));
const codeOf = ({ errors }: Reply): unknown => errors[0]?.extensions.code;

describe('threads over GraphQL', () => {
  it('go from a request through all gates to a hand-off, decided by whom tokens stand for', async () => {
    const client = await shop();
    const asked = await draft(client);
    expect(asked.errors).toEqual([]);
    const [question] = QUESTIONS;
    const { id } = asked.data.draftSpec as { id: string };
    expect(asked.data.draftSpec).toMatchObject({
      state: 'WAITING',
      request: REQUEST,
      spec: null,
      handOff: null,
      gate: { __typename: 'ClarifyGate', round: 1, questions: [{ id: 'Q-1', text: question!.text, slot: 'limit' }] },
    });
    expect(asked.data.draftSpec.gate.questions[0].options).toEqual([
      { value: '14 days', consequence: 'As the law asks.', scope: null, evidence: [] },
      expect.objectContaining({ value: '30 days', evidence: [{ file: 'specs/.threads/x/request.md', line: 1, quote: 'refund' }] }),
      expect.objectContaining({ value: 'never', scope: 'CLOSE' }),
    ]);

    const settled = (await resume(client, id, as('pm'), ANSWER)).data.resumeThread;
    expect(settled.gate).toEqual({
      __typename: 'SettleGate',
      round: 1,
      conflicts: [
        {
          id: CONFLICT.id,
          why: CONFLICT.why,
          askWhy: 'pm@acme',
          askHow: null,
          members: [
            { layer: 'REQUEST', states: 'refund.period <= 30 d', evidence: { quote: 'refund' } },
            { layer: 'POLICY', states: 'refund.period <= 14 d', evidence: { quote: 'refund' } },
          ],
          options: CONFLICT.options,
        },
      ],
    });

    const review = (await resume(client, id, as('architect'), CHOICE)).data.resumeThread;
    expect(review).toMatchObject({
      gate: { __typename: 'ReviewGate', role: 'why', path: 'specs/refund.spec.yaml', hash: review.spec.hash },
      spec: { feature: 'refund', path: 'specs/refund.spec.yaml', status: 'IN_REVIEW' },
    });
    expect((await approve(client, 'pm', review.spec.hash)).errors).toEqual([]);
    expect((await resume(client, id, as('bot'))).data.resumeThread.gate).toMatchObject({ role: 'how' });
    expect((await approve(client, 'architect', review.spec.hash)).errors).toEqual([]);
    const { data, errors, text } = await resume(client, id, as('bot'));
    expect(errors).toEqual([]);
    expect(data.resumeThread).toMatchObject({ state: 'DONE', gate: null });
    expect(text).not.toContain(base);
    const doers = data.resumeThread.timeline as { step: string; by: { kind: string; email: string | null } }[];
    expect(doers.filter(({ by }) => by.kind === 'PERSON').map(({ step, by }) => [step, by.email])).toEqual([
      ['clarify-1', 'pm@acme'],
      ['settle-1', 'architect@acme'],
      ['review-why-1', 'pm@acme'],
      ['review-how-1', 'architect@acme'],
    ]);
    expect(textOf(root)).toContain('Refunds follow option A.');
    // Specs as they were reviewed, kept in the thread, are none of the specs.
    expect(readdirSync(join(root, 'specs/.threads', id))).toContain('review-why-1.spec.yaml');
    expect((await client.ask('{ specs { nodes { path } } }')).data.specs.nodes).toEqual([{ path: 'specs/refund.spec.yaml' }]);
    const seen = await client.ask(`query ($id: ID!) { thread(id: $id) { ${THREAD} } threads { nodes { id state } } }`, { id });
    expect(seen.data).toEqual({ thread: data.resumeThread, threads: { nodes: [{ id, state: 'DONE' }] } });
  });

  it('hand out the files of the hand-off and no others', async () => {
    const client = await shop();
    const { id } = (await draft(client)).data.draftSpec as { id: string };
    await resume(client, id, as('pm'), { answers: [{ id: 'Q-1', value: '1' }] });
    const { hash } = (await client.ask('{ spec(feature: "refund") { hash } }')).data.spec as { hash: string };
    for (const name of ['pm', 'architect']) await approve(client, name, hash);
    await resume(client, id, as('bot'));
    const folder = join(root, 'specs/.threads', id, 'hand-off');
    mkdirSync(join(folder, 'spec'), { recursive: true });
    writeFileSync(join(folder, 'spec/refund.md'), '# Refund\n');
    writeFileSync(join(base, 'secret'), 'secret');
    symlinkSync(join(base, 'secret'), join(folder, 'link'));
    const file = async (path: string) =>
      client.ask('query ($id: ID!, $path: String!) { thread(id: $id) { handOff { path files file(path: $path) } } }', { id, path });
    expect((await file('spec/refund.md')).data.thread.handOff).toEqual({
      path: `specs/.threads/${id}/`, // of the fake
      files: ['spec/refund.md'],
      file: '# Refund\n',
    });
    for (const path of ['link', '../request.md', '../../../approvals.yaml', join(base, 'secret'), 'spec', '']) {
      const refused = await file(path);
      expect(codeOf(refused)).toBe('BAD_INPUT');
      expect(refused.text).not.toMatch(/"file":"/);
    }
  });

  it.each([
    ['no token', {}, 'no-identity'],
    ['a name of its own choosing', { 'x-user': 'pm@acme', from: 'pm@acme' }, 'no-identity'],
  ])('are neither begun nor answered with %s', async (_, headers: Record<string, string>, reason) => {
    const client = await shop();
    const refused = await draft(client, headers);
    expect(refused.errors).toMatchObject([{ extensions: { code: 'APPROVAL_REFUSED', details: { reason } } }]);
    expect(readdirSync(join(root, 'specs'))).toEqual(['approvals.yaml']);
    const { id } = (await draft(client)).data.draftSpec as { id: string };
    for (const reply of [await resume(client, id, headers), await resume(client, id, headers, ANSWER)])
      expect(reply.errors).toMatchObject([{ extensions: { code: 'APPROVAL_REFUSED', details: { reason } } }]);
  });

  it.each(['bot', 'script'])('are begun and gone on with, but not answered, left open or ended by the engine %s', async (engine) => {
    const client = await shop();
    const { id } = (await draft(client, as(engine))).data.draftSpec as { id: string };
    const refused = [
      await resume(client, id, as(engine), ANSWER),
      await resume(client, id, as(engine), CHOICE),
      await resume(client, id, as(engine), { leaveOpen: true }),
      await client.ask('mutation ($id: ID!) { cancelThread(id: $id) { state } }', { id }, as(engine)),
    ];
    for (const reply of refused)
      expect(reply.errors).toMatchObject([{ extensions: { code: 'APPROVAL_REFUSED', details: { reason: 'engine' } } }]);
    expect((await resume(client, id, as(engine))).data.resumeThread).toMatchObject({ state: 'WAITING', gate: { round: 1 } });
    expect(readdirSync(join(root, 'specs/.threads', id)).toSorted()).toEqual(['log.jsonl', 'request.md']);
    const ended = await client.ask('mutation ($id: ID!) { cancelThread(id: $id) { state gate { __typename } } }', { id }, as('eve'));
    expect(ended.data.cancelThread).toEqual({ state: 'CANCELLED', gate: null });
    expect(readFileSync(join(root, 'specs/.threads', id, 'cancel.md'), 'utf8')).toContain('By eve <eve@acme>');
    expect((await resume(client, id, as('bot'))).data.resumeThread.state).toBe('CANCELLED');
  });

  it('keep the name of the token, and take none from the request', async () => {
    const client = await shop();
    const { id } = (await draft(client)).data.draftSpec as { id: string };
    const named = await client.ask(
      'mutation ($id: ID!) { resumeThread(id: $id, by: "pm@acme", answers: [{ id: "Q-1", value: "1" }]) { id } }',
      { id },
      as('eve'),
    );
    expect(codeOf(named)).toBe('GRAPHQL_VALIDATION_FAILED');
    await resume(client, id, as('eve'), { answers: [{ id: 'Q-1', value: '21 days\n- Q-2: x\nBy pm <pm@acme> at 2020' }] });
    const said = readFileSync(join(root, 'specs/.threads', id, 'clarify-1.md'), 'utf8');
    expect(said).toMatch(/^# clarify-1\nBy eve <eve@acme> at \S+\n\n- Q-1: 21 days - Q-2: x By pm <pm@acme> at 2020\n$/);
    const late = await resume(client, id, as('pm'), { answers: [{ id: 'Q-1', value: '1' }] });
    expect(codeOf(late)).toBe('BAD_INPUT'); // the first counts
  });

  it.each([
    ['no question', { answers: [{ id: 'Q-9', value: '1' }] }, 'BAD_INPUT'],
    ['no option', { answers: [{ id: 'Q-1', value: '7' }] }, 'BAD_INPUT'],
    ['nothing', { answers: [{ id: 'Q-1', value: ' ' }] }, 'BAD_INPUT'],
    ['twice', { answers: [ANSWER.answers[0], ANSWER.answers[0]] }, 'BAD_INPUT'],
    ['a conflict that there is not', CHOICE, 'BAD_INPUT'],
    ['the prototype', { answers: [{ id: '__proto__', value: '1' }] }, 'BAD_INPUT'],
    ['a book', { answers: [{ id: 'Q-1', value: 'x'.repeat(2_001) }] }, 'LIMIT_EXCEEDED'],
    ['at length', { answers: Array.from({ length: 51 }, (_, at) => ({ id: `Q-${at}`, value: '1' })) }, 'LIMIT_EXCEEDED'],
    ['no list', { answers: 'Q-1=1' }, 'BAD_USER_INPUT'],
    ['null', { answers: null }, 'BAD_USER_INPUT'],
  ])('answered with %s wait on', async (_, said, code) => {
    const client = await shop();
    const { id } = (await draft(client)).data.draftSpec as { id: string };
    const reply = await resume(client, id, as('pm'), said);
    expect(codeOf(reply)).toBe(code);
    expect(reply.text).not.toContain(base);
    expect((await client.ask('query ($id: ID!) { thread(id: $id) { state } }', { id })).data.thread.state).toBe('WAITING');
  });

  it.each([
    ['asks for nothing', { request: '  ' }, 'BAD_INPUT'],
    ['is too long', { request: 'x'.repeat(100_001) }, 'LIMIT_EXCEEDED'],
    ['has a name that leads elsewhere', { thread: '../../x' }, 'BAD_INPUT'],
    ['has a name with capitals', { thread: 'Mine' }, 'BAD_INPUT'],
    ['is for another folder', { root: '..' }, 'BAD_INPUT'],
    ['is for the root', { root: '/' }, 'BAD_INPUT'],
    ['is for a link out', { root: 'out' }, 'BAD_INPUT'],
    ['is for a folder that there is not', { root: 'nowhere' }, 'SOURCE_NOT_FOUND'],
  ])('are not begun by a request that %s', async (_, variables, code) => {
    symlinkSync(base, join(root, 'out'));
    const client = await shop();
    const reply = await draft(client, as('pm'), variables);
    expect(codeOf(reply)).toBe(code);
    expect(reply.text).not.toContain(base);
    expect(readdirSync(base)).toEqual(['shop']);
    expect(readdirSync(join(root, 'specs'))).toEqual(['approvals.yaml']);
  });

  it('stay in the repository, wherever its folder of specs leads', async () => {
    const client = await shop();
    const ask = (specs: string) =>
      client.ask('mutation ($specs: String!) { draftSpec(request: "Users must log in.", specs: $specs) { id } }', { specs }, as('pm'));
    mkdirSync(join(base, 'elsewhere'));
    symlinkSync(join(base, 'elsewhere'), join(root, 'linked'));
    for (const specs of ['..', '../elsewhere', join(base, 'elsewhere'), 'linked']) {
      const reply = await ask(specs);
      expect([specs, codeOf(reply)]).toEqual([specs, 'BAD_INPUT']);
      expect(reply.text).not.toContain(`${base}/shop`);
    }
    expect(readdirSync(join(base, 'elsewhere'))).toEqual([]);
    expect((await ask('docs/specs')).errors).toEqual([]);
    expect(readdirSync(join(root, 'docs/specs/.threads')).filter((name) => !name.startsWith('.'))).toHaveLength(1);
  });

  it('are not found by what is no name of one', async () => {
    const client = await shop();
    for (const id of ['nothing', '../specs', '', '.', 'a/b']) {
      const reply = await client.ask('query ($id: ID!) { thread(id: $id) { state } }', { id });
      expect(codeOf(reply)).toBe('BAD_INPUT');
      expect(reply.text).not.toContain(base);
    }
  });

  it('are listed a page at a time', async () => {
    const client = await shop();
    for (const thread of ['c', 'a', 'b']) await draft(client, as('bot'), { thread });
    const query =
      'query ($after: String) { threads(first: 2, after: $after) { nodes { id } edges { cursor } pageInfo { hasNextPage endCursor } } }';
    const first = (await client.ask(query)).data.threads;
    expect(first).toMatchObject({ nodes: [{ id: 'a' }, { id: 'b' }], pageInfo: { hasNextPage: true } });
    const second = (await client.ask(query, { after: first.pageInfo.endCursor })).data.threads;
    expect(second).toMatchObject({ nodes: [{ id: 'c' }], pageInfo: { hasNextPage: false } });
  });

  it('go on when the request that began them is over', async () => {
    const held = deferred();
    const steps = fakeSteps(root);
    const client = await shop(
      { requestMilliseconds: 1_000 },
      { ...steps, gaps: (...given) => held.promise.then(() => steps.gaps(...given)) },
    );
    const begun = await draft(client);
    expect(begun.errors).toEqual([]);
    expect(begun.data.draftSpec).toMatchObject({ state: 'RUNNING', gate: null });
    const { id } = begun.data.draftSpec as { id: string };
    const state = async () => (await client.ask('query ($id: ID!) { thread(id: $id) { state } }', { id })).data.thread.state as string;
    expect(await state()).toBe('RUNNING');
    held.resolve();
    for (let tries = 0; tries < 500 && (await state()) === 'RUNNING'; tries++) await wait(20);
    expect(await state()).toBe('WAITING');
  });

  it('tell what stopped them after the request was answered, in their status and in the log of the server', async () => {
    const held = deferred();
    const steps = fakeSteps(root);
    const log: { readonly message: string; readonly details: unknown }[] = [];
    const warn = (message: string, details?: unknown): void => void log.push({ message, details });
    const failing: Steps = {
      ...steps,
      gaps: () => held.promise.then(() => Promise.reject(new PlatformError('STORE_BUSY', `Somebody writes ${root}/graph.db. Try again.`))),
    };
    const silent = (): void => {};
    const client = await shop({ requestMilliseconds: 1_000, log: { debug: silent, info: silent, error: silent, warn } }, failing);
    const { id, state, problem } = (await draft(client)).data.draftSpec as Record<string, string>;
    expect([state, problem]).toEqual(['RUNNING', null]);
    held.resolve();
    const ask = async () =>
      (await client.ask(`query ($id: ID!) { thread(id: $id) { state problem } }`, { id })).data.thread as { state: string };
    for (let tries = 0; tries < 500 && (await ask()).state === 'RUNNING'; tries++) await wait(20);
    expect(await ask()).toEqual({ state: 'STOPPED', problem: 'Somebody writes graph.db. Try again.' });
    expect(log).toEqual([
      {
        message: expect.stringContaining('failed after its request was answered') as string,
        details: { thread: id, folder: root, error: expect.objectContaining({ code: 'STORE_BUSY' }) as unknown },
      },
    ]);
  });

  it('are listed although the files of some are broken, which say so', async () => {
    const client = await shop();
    for (const thread of ['a', 'b', 'c', 'd']) await draft(client, as('bot'), { thread });
    const folder = join(root, 'specs/.threads');
    appendFileSync(join(folder, 'a/log.jsonl'), '{"v":1,"step":"ask-clarify","output":{"gate":{}}}\n');
    rmSync(join(folder, 'b/request.md'));
    writeFileSync(join(folder, 'c/request.md'), 'x'.repeat(2 * 1024 * 1024));
    const { data, errors, text } = await client.ask(
      `{ threads(first: 5) { nodes { id state problem request spec { path } timeline { step open } } } }`,
    );
    const nodes = data.threads.nodes as { id: string; state: string; problem: string | null; request: string | null }[];
    expect(nodes.map(({ id, state, problem }) => [id, state, problem === null])).toEqual([
      ['a', 'BROKEN', false],
      ['b', 'BROKEN', false],
      ['c', 'WAITING', true],
      ['d', 'WAITING', true],
    ]);
    expect(nodes[0]!.problem).toMatch(/^specs\/\.threads\/a\/log\.jsonl:5 .* delete that line/);
    expect([nodes[2]!.request, nodes[3]!.request]).toEqual([null, REQUEST]);
    expect(new Set(errors.map(({ path }) => path?.[2]))).toEqual(new Set([1, 2]));
    expect(text).not.toContain(base);
    const one = await client.ask('{ thread(id: "a") { state } }');
    expect([codeOf(one), one.data.thread]).toEqual(['BAD_INPUT', null]);
    expect((await resume(client, 'd', as('pm'), ANSWER)).errors).toEqual([]);
  });

  it('take answers that a model proposed from people only', async () => {
    const steps = fakeSteps(root);
    const client = await shop(
      {},
      {
        ...steps,
        draft: async (input, context) => {
          const made = await steps.draft(input, context);
          const [question] = QUESTIONS;
          const proposal = made.description.evidence;
          const open = { id: 'Q-1', text: question!.text, options: [], answer: '14 days', answeredBy: 'model:m', proposal };
          return { ...made, questions: input.answers.length > 0 ? [] : [open] };
        },
      },
    );
    const { id } = (await draft(client)).data.draftSpec as { id: string };
    const review = (await resume(client, id, as('pm'), { leaveOpen: true })).data.resumeThread;
    expect(review).toMatchObject({ gate: { role: 'why', round: 1 }, proposed: [{ question: 'Q-1', value: '14 days', model: 'm' }] });
    const accept = (name: string, ...ids: readonly string[]): Promise<Reply> =>
      client.ask(`mutation ($id: ID!, $ids: [ID!]!) { resumeThread(id: $id, accept: $ids) { ${THREAD} } }`, { id, ids }, as(name));
    for (const engine of ['bot', 'script']) expect(codeOf(await accept(engine, 'Q-1'))).toBe('APPROVAL_REFUSED');
    expect(codeOf(await accept('pm', 'Q-2'))).toBe('BAD_INPUT');
    const { data, errors } = await accept('pm', 'Q-1');
    expect(errors).toEqual([]);
    expect(data.resumeThread).toMatchObject({ gate: { role: 'why', round: 2 }, proposed: [] });
    expect(textOf(root)).toContain('Refunds follow 14 days.');
  });

  it('tell when the graph is missing, and go on once it is there', async () => {
    const steps = fakeSteps(root);
    let isBroken = true;
    const client = await shop(
      {},
      { ...steps, retrieve: (...given) => (isBroken ? Promise.reject(new Error(`no ${base}`)) : steps.retrieve(...given)) },
    );
    const failed = await draft(client);
    expect(codeOf(failed)).toBe('INTERNAL');
    expect(failed.text).not.toContain(base);
    const { id, state } = (await client.ask('{ threads { nodes { id state } } }')).data.threads.nodes[0] as { id: string; state: string };
    expect(state).toBe('STOPPED');
    isBroken = false;
    expect((await resume(client, id, as('bot'))).data.resumeThread).toMatchObject({ state: 'WAITING' });
  });

  it('take no more at once than one request may', async () => {
    const client = await shop();
    const many = Array.from({ length: 4 }, (_, at) => `a${at}: draftSpec(request: "Users must log in.") { id }`).join(' ');
    const refused = await client.ask(`mutation { ${many} }`, {}, as('pm'));
    expect(refused.errors).toMatchObject([{ extensions: { code: 'LIMIT_EXCEEDED', details: { limit: 'cost' } } }]);
    expect(readdirSync(join(root, 'specs'))).toEqual(['approvals.yaml']);
  });
});

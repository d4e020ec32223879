import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAgent, type Agent, type AgentSystem } from '../../../../src/agent/agent.ts';
import type { Steps } from '../../../../src/agent/workflow.ts';
import type { PinnedGraph } from '../../../../src/current-graph.ts';
import { approve, requestChanges } from '../../../../src/specs/approvals/decide.ts';
import { CONFLICT, fakeSteps, QUESTIONS, textOf } from './fake-steps.ts';

const REQUEST = 'Customers must be able to get a refund within 30 days.';
const PM = { name: 'Pam', email: 'pm@acme' };
const ARCHITECT = { name: 'Art', email: 'architect@acme' };
const graph = { reader: { repositories: () => Promise.resolve(['shop']) } } as unknown as PinnedGraph;

let root: string;
let calls: string[];
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'agent-'));
  calls = [];
  mkdirSync(path.join(root, 'specs'));
  writeFileSync(path.join(root, 'specs/approvals.yaml'), 'why: [pm@acme]\nhow: [architect@acme]\n');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** As another process would have it: nothing is remembered but the files. */
function agent(steps: Steps = fakeSteps(root, (step) => calls.push(step))): Agent {
  const system: AgentSystem = {
    use: (ask) => ask(graph),
    meant: () => Promise.resolve(undefined),
    steps: () => Promise.resolve(steps),
    now: () => new Date(0),
  };
  return createAgent({ root }, system);
}
const spec = (): string => path.join(root, 'specs/refund.spec.yaml');
const person = (by: typeof PM) => ({ kind: 'person' as const, ...by });
const vote = (by: typeof PM) => approve(spec(), { by: person(by), at: new Date(0) });

async function untilReview(): Promise<string> {
  const { thread } = await agent().draft({ request: REQUEST });
  await agent().resume(thread, { by: PM, answers: { 'Q-1': '2' } });
  await agent().resume(thread, { by: PM, choices: { [CONFLICT.id]: 'A because the policy is law' } });
  return thread;
}

describe('a thread', () => {
  it('goes from a request to a hand-off, and stops where people decide', async () => {
    const asked = await agent().draft({ request: REQUEST });
    expect(asked).toMatchObject({ state: 'waiting', gate: { name: 'clarify', questions: QUESTIONS } });
    const { thread } = asked;
    expect(thread).toMatch(/^customers-must-be-able-to-[0-9a-f]{8}$/);

    const conflicting = await agent().resume(thread, { by: PM, answers: { 'Q-1': '2' } });
    expect(conflicting).toMatchObject({ state: 'waiting', gate: { name: 'settle', conflicts: [{ id: CONFLICT.id }] } });

    const drafted = await agent().resume(thread, { by: PM, choices: { [CONFLICT.id]: 'A because the policy is law' } });
    expect(drafted).toMatchObject({ state: 'waiting', gate: { name: 'review-why' }, spec: { path: 'specs/refund.spec.yaml' } });
    expect(textOf(root)).toContain('Refunds follow 30 days.');
    expect(textOf(root)).toContain('Refunds follow option A.');
    expect(await agent().resume(thread, { by: PM })).toMatchObject({ gate: { name: 'review-why' } });

    await vote(PM);
    expect(await agent().resume(thread, { by: PM })).toMatchObject({ state: 'waiting', gate: { name: 'review-how' } });
    await vote(ARCHITECT);
    const done = await agent().resume(thread, { by: ARCHITECT });
    expect(done).toMatchObject({ state: 'done', handOff: `specs/.threads/${thread}/` });
    expect(readFileSync(path.join(root, 'specs/.threads', thread, 'spec.yaml'), 'utf8')).toBe(textOf(root));
    expect(done.timeline.map(({ step, by }) => `${step} ${by.kind}`)).toEqual([
      'parse rules',
      'retrieve rules',
      'gaps rules',
      'ask-clarify rules',
      'clarify-1 person',
      'conflicts rules',
      'ask-settle rules',
      'settle-1 person',
      'draft rules',
      'check rules',
      'write rules',
      'ask-review-why rules',
      'review-why-1 person',
      'reviewed-why rules',
      'ask-review-how rules',
      'review-how-1 person',
      'reviewed-how rules',
      'decompose rules',
      'hand-off rules',
    ]);
    expect(calls).toEqual([
      'parse',
      'retrieve',
      'gaps',
      'conflicts',
      'draft',
      'check',
      'write',
      'decompose',
      'pack',
      'hand-off',
      'deliver',
    ]);
  });

  it('is worked on again when reviewers want changes, and needs approval anew', async () => {
    const thread = await untilReview();
    await vote(PM);
    await agent().resume(thread, { by: PM });
    await requestChanges(spec(), { by: person(ARCHITECT), at: new Date(0), comment: 'AC-1: say what happens after 30 days' });
    const again = await agent().resume(thread, { by: ARCHITECT });
    expect(again).toMatchObject({ state: 'waiting', gate: { name: 'review-why', round: 2 } });
    expect(textOf(root)).toContain('Refunds follow say what happens after 30 days.');
    await vote(PM);
    await vote(ARCHITECT);
    expect(await agent().resume(thread, { by: PM })).toMatchObject({ state: 'done' });
  });

  it('hands over what was approved, also where people edited it', async () => {
    const thread = await untilReview();
    writeFileSync(spec(), textOf(root).replace('Refunds follow 30 days.', 'Refunds end after 14 days.'));
    await vote(PM);
    await vote(ARCHITECT);
    expect(await agent().resume(thread, { by: PM })).toMatchObject({ state: 'done' });
    expect(readFileSync(path.join(root, 'specs/.threads', thread, 'spec.yaml'), 'utf8')).toContain('Refunds end after 14 days.');
  });

  it('is not approved by an edit after the approval', async () => {
    const thread = await untilReview();
    await vote(PM);
    await vote(ARCHITECT);
    writeFileSync(spec(), textOf(root).replace('Refunds follow 30 days.', 'Refunds end after 14 days.'));
    expect(await agent().resume(thread, { by: PM })).toMatchObject({ state: 'waiting', gate: { name: 'review-why' } });
  });

  it('is the same for the same request, and goes on where it was', async () => {
    const first = await agent().draft({ request: REQUEST });
    expect(await agent().draft({ request: REQUEST })).toEqual(first);
    expect(calls).toEqual(['parse', 'retrieve', 'gaps']);
    await expect(agent().draft({ request: 'Customers shall see invoices.', thread: first.thread })).rejects.toMatchObject({
      code: 'BAD_INPUT',
    });
  });

  it('ends when it is cancelled, and keeps what it wrote', async () => {
    const thread = await untilReview();
    expect(await agent().cancel(thread, PM)).toMatchObject({ state: 'cancelled' });
    await vote(PM);
    await expect(agent().resume(thread, { by: PM })).rejects.toMatchObject({ code: 'ABORTED' });
    expect(textOf(root)).toContain('Refunds follow 30 days.');
  });

  it('is closed by an answer that leaves nothing to build', async () => {
    const { thread } = await agent().draft({ request: REQUEST });
    expect(await agent().resume(thread, { by: PM, answers: { 'Q-1': '3' } })).toMatchObject({ state: 'closed' });
    expect(calls).toEqual(['parse', 'retrieve', 'gaps']);
    expect(await agent().status(thread)).toMatchObject({ state: 'closed' });
  });

  it('is cancelled while a step runs', async () => {
    const { thread } = await agent().draft({ request: REQUEST });
    const steps = fakeSteps(root);
    const slow: Steps = {
      ...steps,
      conflicts: async (...args) => {
        await agent().cancel(thread, PM);
        return steps.conflicts(...args);
      },
    };
    await expect(agent(slow).resume(thread, { by: PM, answers: { 'Q-1': '14 days' } })).rejects.toMatchObject({ code: 'ABORTED' });
  });
});

describe('replies', () => {
  it.each([
    ['a question that is not asked', { answers: { 'Q-9': '1' } }],
    ['a choice where answers are asked for', { choices: { 'Q-1': 'A' } }],
    ['an option that there is not', { answers: { 'Q-1': '7' } }],
    ['nothing', { answers: { 'Q-1': '  ' } }],
  ])('to %s are refused', async (_, reply) => {
    const { thread } = await agent().draft({ request: REQUEST });
    await expect(agent().resume(thread, { by: PM, ...reply })).rejects.toMatchObject({ code: 'BAD_INPUT' });
    expect(await agent().status(thread)).toMatchObject({ state: 'waiting', gate: { name: 'clarify' } });
  });

  it('may be in other words, and left out only on purpose', async () => {
    const { thread } = await agent().draft({ request: REQUEST });
    expect(await agent().resume(thread, { by: PM })).toMatchObject({ gate: { name: 'clarify' } });
    const drafted = await agent().resume(thread, { by: PM, answers: { 'Q-1': 'a month,\n- Q-2: or so' } });
    expect(drafted).toMatchObject({ gate: { name: 'review-why' } });
    expect(textOf(root)).toContain('Refunds follow a month, - Q-2: or so.');
  });

  it('of two people count once: the first', async () => {
    const { thread } = await agent().draft({ request: REQUEST });
    const replies = await Promise.allSettled([
      agent().resume(thread, { by: PM, answers: { 'Q-1': '1' } }),
      agent().resume(thread, { by: ARCHITECT, answers: { 'Q-1': 'some day' } }),
    ]);
    expect(replies.filter(({ status }) => status === 'fulfilled')).not.toHaveLength(0);
    const said = readFileSync(path.join(root, 'specs/.threads', thread, 'clarify-1.md'), 'utf8');
    expect(textOf(root)).toContain(/^- Q-1: (.*)$/m.exec(said)![1]!);
  });

  it('need something that asks for them', async () => {
    await expect(agent().draft({ request: 'Hello everybody.' })).rejects.toMatchObject({ code: 'BAD_INPUT' });
    await expect(agent().resume('nothing-12345678', { by: PM })).rejects.toMatchObject({ code: 'BAD_INPUT' });
    await expect(agent().resume('../../etc', { by: PM })).rejects.toMatchObject({ code: 'BAD_INPUT' });
  });
});

describe('a process that dies', () => {
  const STEPS = ['parse', 'retrieve', 'gaps', 'conflicts', 'draft', 'check', 'write', 'decompose', 'pack', 'hand-off', 'deliver'];

  /** All the way with somebody who answers; a new process whenever one dies. Returns the bytes that were handed over. */
  async function wholeWay(steps: () => Steps): Promise<string> {
    const { thread } = await survive(() => agent(steps()).draft({ request: REQUEST }));
    await survive(() => agent(steps()).resume(thread, { by: PM, answers: { 'Q-1': '2' } }));
    await survive(() => agent(steps()).resume(thread, { by: PM, choices: { [CONFLICT.id]: 'A' } }));
    await vote(PM);
    await vote(ARCHITECT);
    expect(await survive(() => agent(steps()).resume(thread, { by: PM }))).toMatchObject({ state: 'done' });
    return readFileSync(path.join(root, 'specs/.threads', thread, 'spec.yaml'), 'utf8');
  }
  async function survive<T>(work: () => Promise<T>): Promise<T> {
    for (let tries = 0; ; tries++)
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof Died) || tries > 20) throw error;
      }
  }
  class Died extends Error {}

  it.each(STEPS)('before %s is done comes to the same', async (fatal) => {
    const whole = await wholeWay(() => fakeSteps(root));
    rmSync(path.join(root, 'specs/.threads'), { recursive: true });
    rmSync(path.join(root, 'specs/refund.approvals.jsonl'));
    rmSync(spec());
    let deaths = 0;
    const dying = (): Steps =>
      fakeSteps(root, (step) => {
        if (step === fatal && deaths++ === 0) throw new Died(step);
      });
    expect(await wholeWay(dying)).toBe(whole);
    expect(deaths).toBeGreaterThan(0);
  });

  it('in the middle of a line of the log loses that step only', async () => {
    const { thread } = await agent().draft({ request: REQUEST });
    const log = path.join(root, 'specs/.threads', thread, 'log.jsonl');
    appendFileSync(log, '{"v":1,"step":"conflicts","key":"sha2');
    calls = [];
    expect(await agent().resume(thread, { by: PM, answers: { 'Q-1': '1' } })).toMatchObject({ gate: { name: 'review-why' } });
    expect(calls).toEqual(['conflicts', 'draft', 'check', 'write']);
    expect((await agent().status(thread)).timeline.map(({ step }) => step)).toContain('conflicts');
  });

  it('leaves a thread whose log is gone as it was', async () => {
    const thread = await untilReview();
    const before = textOf(root);
    rmSync(path.join(root, 'specs/.threads', thread, 'log.jsonl'));
    expect(await agent().resume(thread, { by: PM })).toMatchObject({ state: 'waiting', gate: { name: 'review-why' } });
    expect(textOf(root)).toBe(before);
  });
});

describe('many threads', () => {
  it('at once do not meet', async () => {
    const requests = Array.from({ length: 50 }, (_, index) => `Customers must be able to export ${index + 2} invoices.`);
    const threads = await Promise.all(requests.map((request) => agent().draft({ request })));
    expect(new Set(threads.map(({ thread }) => thread)).size).toBe(50);
    const all = await agent().threads();
    expect(all.map(({ state }) => state)).toEqual(Array.from({ length: 50 }, () => 'waiting'));
    expect(all.map(({ thread }) => thread)).toEqual(threads.map(({ thread }) => thread).toSorted());
  });
});

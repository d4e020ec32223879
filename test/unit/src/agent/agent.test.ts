import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
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
    const refused = { code: 'BAD_INPUT', message: expect.stringMatching(/was cancelled\. Begin another one, by another name/) as string };
    await expect(agent().resume(thread, { by: PM })).rejects.toMatchObject(refused);
    await expect(agent().draft({ request: REQUEST })).rejects.toMatchObject(refused);
    expect(await agent().draft({ request: REQUEST, thread: 'another' })).toMatchObject({ state: 'waiting' });
    expect(textOf(root)).toContain('Refunds follow 30 days.');
  });

  it('is closed by an answer that leaves nothing to build', async () => {
    const { thread } = await agent().draft({ request: REQUEST });
    expect(await agent().resume(thread, { by: PM, answers: { 'Q-1': '3' } })).toMatchObject({ state: 'closed' });
    expect(calls).toEqual(['parse', 'retrieve', 'gaps']);
    expect(await agent().status(thread)).toMatchObject({ state: 'closed' });
  });

  it.each(['a word', new Error('gone'), undefined])(
    'stops in good order when it is interrupted, whatever is thrown for it: %s',
    async (reason) => {
      const steps = fakeSteps(root, (step) => calls.push(step));
      const abort = new AbortController();
      const gaps: Steps['gaps'] = (...given) => {
        abort.abort(reason);
        abort.signal.throwIfAborted();
        return steps.gaps(...given);
      };
      await expect(agent({ ...steps, gaps }).draft({ request: REQUEST, thread: 'mine', signal: abort.signal })).rejects.toMatchObject({
        code: 'ABORTED',
        message: expect.stringContaining('`specgraph agent resume mine` goes on') as string,
      });
      await expect(agent(steps).draft({ request: REQUEST, thread: 'mine', signal: abort.signal })).rejects.toMatchObject({
        code: 'ABORTED',
      });
      expect(calls).toEqual(['parse', 'retrieve']);
      expect(await agent(steps).resume('mine', { by: PM })).toMatchObject({ state: 'waiting' });
    },
  );

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

  const logOf = (thread: string): string => path.join(root, 'specs/.threads', thread, 'log.jsonl');
  const begin = (...names: readonly string[]) => Promise.all(names.map((thread) => agent().draft({ request: REQUEST, thread })));

  it('are told of although one is broken, which says so', async () => {
    await begin('a', 'b', 'c');
    appendFileSync(logOf('b'), '{"v":1,"step":"summon"}\n');
    rmSync(path.join(root, 'specs/.threads/c/request.md'));
    const all = await agent().threads();
    expect(all.map(({ thread, state }) => [thread, state])).toEqual([
      ['a', 'waiting'],
      ['b', 'broken'],
      ['c', 'broken'],
    ]);
    expect(all[1]!.problem).toMatch(/^specs\/\.threads\/b\/log\.jsonl:5 is no record of a step .* delete that line/);
    expect(all[2]!.problem).toMatch(/request\.md is not there/);
    const works = [
      () => agent().status('b'),
      () => agent().resume('b', { by: PM }),
      () => agent().draft({ request: REQUEST, thread: 'b' }),
    ];
    for (const work of works) await expect(work()).rejects.toMatchObject({ code: 'BAD_INPUT', message: all[1]!.problem });
    expect(await agent().cancel('a', PM)).toMatchObject({ state: 'cancelled' });
    // What it says helps.
    const kept = readFileSync(logOf('b'), 'utf8').split('\n').slice(0, 4);
    writeFileSync(logOf('b'), kept.map((row) => `${row}\n`).join(''));
    expect(await agent().status('b')).toMatchObject({ state: 'waiting' });
  });

  it('are read as far as a page needs them', async () => {
    await begin('a', 'b', 'c');
    for (const thread of ['a', 'c']) writeFileSync(logOf(thread), 'broken\n');
    expect(await agent().threadNames()).toEqual(['a', 'b', 'c']);
    const page = await agent().threads({ after: 'a', limit: 1 });
    expect(page.map(({ thread, state }) => [thread, state])).toEqual([['b', 'waiting']]);
    expect(await agent().threads({ after: 'c' })).toEqual([]);
  });
});

describe('a language model', () => {
  const OPEN = QUESTIONS.map(({ id, text, options }) => ({ id, text, options: options.map(({ value }) => value) }));
  let answers: ('nothing' | 'a proposal')[];
  let asked: number;
  beforeEach(() => {
    answers = [];
    asked = 0;
  });
  /** Steps with a model that answers as is said, the last for ever; its proposal is what Q-1 asks for. */
  const withModel = (): Steps => {
    const steps = fakeSteps(root, (step) => calls.push(step));
    return {
      ...steps,
      draft: async (input, context) => {
        const made = await steps.draft(input, context);
        return { ...made, questions: input.answers.length > 0 ? [] : OPEN };
      },
      refine: async (draft) => {
        const by = { kind: 'model', model: 'm', prompt: 'sha256:0', inputTokens: 10, outputTokens: 1, cost: 0.5 } as const;
        const answer = answers.length > 1 ? answers.shift() : answers[0];
        asked += 1;
        if (answer === 'nothing') return { output: { draft, notes: ['no answer'] }, by, open: true };
        const proposal = draft.description.evidence;
        const questions = draft.questions.map((one) => ({ ...one, answer: '14 days', answeredBy: 'model:m', proposal }));
        const description = { ...draft.description, text: `${draft.description.text} Now clearer.` };
        return { output: { draft: { ...draft, description, questions }, notes: ['clearer'] }, by };
      },
    };
  };
  const drafted = async (): Promise<string> => {
    const { thread } = await agent(withModel()).draft({ request: REQUEST });
    await agent(withModel()).resume(thread, { by: PM, leaveOpen: true });
    return thread;
  };

  it('that did not answer is asked again when the thread is resumed, and each attempt is kept with its cost', async () => {
    answers = ['nothing', 'nothing', 'a proposal'];
    const thread = await drafted();
    expect(textOf(root)).not.toContain('Now clearer.');
    const first = await agent(withModel()).status(thread);
    expect(first).toMatchObject({ gate: { name: 'review-why', round: 1 }, spec: { notes: ['no answer'] } });
    expect(await agent(withModel()).resume(thread, { by: PM })).toMatchObject({ gate: first.gate! });
    const now = await agent(withModel()).resume(thread, { by: PM });
    expect(now).toMatchObject({ gate: { name: 'review-why', round: 1 }, spec: { notes: ['clearer'] } });
    expect(textOf(root)).toContain('Now clearer.');
    const attempts = now.timeline.filter(({ step }) => step === 'refine');
    expect(attempts.map(({ by, open }) => [by.kind === 'model' ? by.cost : undefined, open])).toEqual([
      [0.5, true],
      [0.5, true],
      [0.5, undefined],
    ]);
    await agent(withModel()).resume(thread, { by: PM });
    expect(asked).toBe(3);
  });

  it('is not asked again about what somebody decided on, nor for a thread that was drafted without one', async () => {
    answers = ['nothing'];
    const thread = await drafted();
    const before = textOf(root);
    await vote(PM);
    expect(await agent(withModel()).resume(thread, { by: PM })).toMatchObject({ gate: { name: 'review-how' } });
    await vote(ARCHITECT);
    expect(await agent(withModel()).resume(thread, { by: PM })).toMatchObject({ state: 'done' });
    expect([asked, textOf(root)]).toEqual([1, before]);

    rmSync(path.join(root, 'specs/.threads'), { recursive: true });
    answers = ['a proposal'];
    const { thread: other } = await agent().draft({ request: REQUEST });
    await agent().resume(other, { by: PM, answers: { 'Q-1': '14 days' } });
    await agent(withModel()).resume(other, { by: PM });
    expect(asked).toBe(1);
  });

  it('that is configured no more has said what it said', async () => {
    answers = ['a proposal'];
    const thread = await drafted();
    const before = await agent(withModel()).status(thread);
    const { refine: _, ...without } = withModel();
    expect(await agent(without).resume(thread, { by: PM })).toEqual(before);
    expect(textOf(root)).toContain('Now clearer.');
  });

  it('proposes answers that count when a person takes them, with all that follows', async () => {
    answers = ['a proposal'];
    const thread = await drafted();
    const { proposed, gate } = await agent(withModel()).status(thread);
    expect(proposed).toMatchObject([{ question: 'Q-1', value: '14 days', model: 'm', text: QUESTIONS[0]!.text }]);
    const status = await agent(withModel()).resume(thread, { by: PM, accept: ['Q-1'] });
    expect(status).toMatchObject({ gate: { name: 'review-why', round: 2 } });
    expect(status.proposed).toBeUndefined();
    expect(status.gate).not.toEqual(gate);
    expect(textOf(root)).toContain('Refunds follow 14 days.');
    expect(readFileSync(path.join(root, 'specs/.threads', thread, 'review-why-1.md'), 'utf8')).toMatch(
      /^By Pam <pm@acme>.*- Q-1: 14 days$/ms,
    );
    await vote(PM);
    await vote(ARCHITECT);
    expect(await agent(withModel()).resume(thread, { by: PM })).toMatchObject({ state: 'done' });
  });

  it('proposes nothing that could be taken twice, by another name, with other answers, or after a decision', async () => {
    answers = ['a proposal'];
    const thread = await drafted();
    for (const reply of [{ accept: ['Q-2'] }, { accept: ['Q-1'], answers: { 'Q-1': '1' } }, { accept: ['Q-1', 'comment-1'] }])
      await expect(agent(withModel()).resume(thread, { by: PM, ...reply })).rejects.toMatchObject({ code: 'BAD_INPUT' });
    await requestChanges(spec(), { by: person(PM), at: new Date(0), comment: 'Say what happens after 30 days' });
    await expect(agent(withModel()).resume(thread, { by: PM, accept: ['Q-1'] })).rejects.toMatchObject({
      code: 'BAD_INPUT',
      message: expect.stringContaining('Reviewers have decided') as string,
    });
    expect(await agent(withModel()).resume(thread, { by: PM })).toMatchObject({ gate: { round: 2 } });
    expect(textOf(root)).toContain('Refunds follow Say what happens after 30 days.');
    await agent(withModel()).resume(thread, { by: PM, accept: ['Q-1'] });
    await expect(agent(withModel()).resume(thread, { by: PM, accept: ['Q-1'] })).rejects.toMatchObject({ code: 'BAD_INPUT' });
  });
});

describe('what a thread hands out', () => {
  it('is the request and the files of the hand-off', async () => {
    const thread = await agent().begin({ request: REQUEST });
    expect(calls).toEqual([]);
    expect(await agent().status(thread)).toMatchObject({ state: 'stopped', timeline: [] });
    expect(await agent().begin({ request: REQUEST })).toBe(thread);
    expect(await agent().request(thread)).toBe(REQUEST);
    expect(await agent().handOff(thread)).toEqual([]);
    const folder = path.join(root, 'specs/.threads', thread, 'hand-off');
    mkdirSync(path.join(folder, 'spec'), { recursive: true });
    writeFileSync(path.join(folder, 'spec/a.md'), 'a');
    expect(await agent().handOff(thread)).toEqual(['spec/a.md']);
    expect(await agent().handOffFile(thread, 'spec/a.md')).toBe('a');
    await expect(agent().handOffFile(thread, '../request.md')).rejects.toMatchObject({ code: 'BAD_INPUT' });
    await expect(agent().handOff('../..')).rejects.toMatchObject({ code: 'BAD_INPUT' });
    expect(await agent().resume(thread, { by: PM })).toMatchObject({ state: 'waiting', gate: { name: 'clarify' } });
  });

  it('may lie below a folder whose name begins with two dots, and not outside', async () => {
    const place = (specs: string) =>
      createAgent(
        { root, specs },
        { use: (ask) => ask(graph), meant: () => Promise.resolve(undefined), steps: () => Promise.resolve(fakeSteps(root)) },
      );
    expect(await place('..specs').begin({ request: REQUEST, thread: 'mine' })).toBe('mine');
    expect(readdirSync(path.join(root, '..specs/.threads'))).toContain('mine');
    expect(() => place('..')).toThrow(/is not in/);
    expect(() => place('../specs')).toThrow(/is not in/);
  });

  it('asks for the review as soon as somebody may approve', async () => {
    const rules = path.join(root, 'specs/approvals.yaml');
    const text = readFileSync(rules, 'utf8');
    const steps = fakeSteps(root);
    const log = path.join(root, 'specs/refund.approvals.jsonl');
    const write: Steps['write'] = async (...given) => {
      const written = await steps.write(...given);
      rmSync(log); // as where nothing says who may approve
      rmSync(rules);
      return written;
    };
    const { thread } = await agent({ ...steps, write }).draft({ request: REQUEST });
    await agent({ ...steps, write }).resume(thread, { by: PM, answers: { 'Q-1': '14 days' } });
    expect(await agent().resume(thread, { by: PM })).toMatchObject({ gate: { name: 'review-why' } });
    writeFileSync(rules, text);
    await expect(vote(PM)).rejects.toMatchObject({ code: 'APPROVAL_REFUSED' });
    expect(await agent().resume(thread, { by: PM })).toMatchObject({ gate: { name: 'review-why' } });
    await vote(PM);
    await vote(ARCHITECT);
    expect(await agent().resume(thread, { by: PM })).toMatchObject({ state: 'done' });
  });

  it.each([
    ['feature: [', /^specs\/refund\.spec\.yaml is no sound spec\. .* Correct it, or restore it as it was\.$/s],
    ['hello', /^specs\/refund\.spec\.yaml is no sound spec\. .* Correct it, or restore it as it was\.$/s],
  ])('says what is wrong with a spec that is no more: %s', async (text, message) => {
    const thread = await untilReview();
    writeFileSync(spec(), text);
    await expect(agent().resume(thread, { by: PM })).rejects.toMatchObject({
      code: 'BAD_INPUT',
      message: expect.stringMatching(message) as string,
    });
    expect(await agent().status(thread)).toMatchObject({ state: 'waiting' });
  });

  it('says which spec is gone, and what to do', async () => {
    const thread = await untilReview();
    rmSync(spec());
    await expect(agent().resume(thread, { by: PM })).rejects.toMatchObject({
      code: 'BAD_INPUT',
      message: expect.stringMatching(/^specs\/refund\.spec\.yaml, .* is not there\. Restore it, or .*agent cancel/) as string,
    });
  });

  it.each(['specs', 'specs/.threads', 'specs/.threads/mine'])('is not written where %s is a link out of the repository', async (link) => {
    const outside = mkdtempSync(path.join(tmpdir(), 'outside-'));
    try {
      rmSync(path.join(root, 'specs'), { recursive: true });
      mkdirSync(path.dirname(path.join(root, link)), { recursive: true });
      symlinkSync(outside, path.join(root, link));
      await expect(agent().draft({ request: REQUEST, thread: 'mine' })).rejects.toMatchObject({ code: 'BAD_INPUT' });
      expect(readdirSync(outside)).toEqual([]);
    } finally {
      rmSync(outside, { recursive: true });
    }
  });
});

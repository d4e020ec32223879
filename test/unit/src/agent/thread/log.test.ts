import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLog } from '../../../../../src/agent/thread/log.ts';
import type { StepRecord } from '../../../../../src/agent/thread/record.ts';
import { CONFLICT, QUESTIONS } from '../fake-steps.ts';

const SHOWN = 'specs/.threads/refund/log.jsonl';
let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'log-'));
  path = join(folder, 'log.jsonl');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const record = (step: string, output: unknown, more: Partial<StepRecord> = {}): StepRecord => ({
  v: 1,
  step,
  key: `key of ${step}`,
  by: { kind: 'rules' },
  at: new Date(0).toISOString(),
  ...more,
  output,
});
const line = (step: string, output: unknown, more: object = {}): string => JSON.stringify({ ...record(step, output), ...more });
const GOOD = line('gaps', { gaps: QUESTIONS });
const gate = (change: object): string => line('ask-clarify', { gate: { name: 'clarify', round: 1, questions: QUESTIONS, ...change } });

describe('a log', () => {
  it('has what was done, in order, and is none as long as nothing was', async () => {
    const log = openLog(path, SHOWN);
    expect(await log.records()).toEqual([]);
    await log.append(record('gaps', { gaps: QUESTIONS }));
    await log.append(record('ask-settle', { gate: { name: 'settle', round: 1, conflicts: [CONFLICT] } }));
    expect((await log.records()).map(({ step }) => step)).toEqual(['gaps', 'ask-settle']);
    expect(await openLog(path, SHOWN).records()).toEqual(await log.records());
  });

  it('is read once: what was read before is not read again', async () => {
    const log = openLog(path, SHOWN);
    await log.append(record('gaps', { gaps: [] }));
    const before = await log.records();
    expect(await log.records()).toBe(before);
    await openLog(path, SHOWN).append(record('hand-off', { handOff: 'x' })); // by another process
    const after = await log.records();
    expect(after[0]).toBe(before[0]);
    expect(after[1]).toMatchObject({ step: 'hand-off' });
    await writeFile(path, ''); // and is seen to be written anew
    expect(await log.records()).toEqual([]);
  });

  it('counts the first that two processes wrote of one step and input', async () => {
    await writeFile(path, `${line('hand-off', { handOff: 'first' })}\n${line('hand-off', { handOff: 'second' })}\n`);
    expect((await openLog(path, SHOWN).records()).map(({ output }) => output)).toEqual([{ handOff: 'first' }]);
  });

  it.each(['{', '{"v":1,"st', GOOD.slice(0, -1), GOOD.slice(0, 100)])('takes half a line for none, wherever it is: %.20s', async (half) => {
    const log = openLog(path, SHOWN);
    await writeFile(path, `${half}\n${GOOD}\n\n${half}`);
    expect(await log.records()).toHaveLength(1);
    await log.append(record('hand-off', { handOff: 'x' }));
    expect((await log.records()).map(({ step }) => step)).toEqual(['gaps', 'hand-off']);
  });

  it('may end without the end of a line, as some editors leave it', async () => {
    await writeFile(path, GOOD);
    const log = openLog(path, SHOWN);
    expect(await log.records()).toHaveLength(1);
    await log.append(record('hand-off', { handOff: 'x' }));
    expect((await log.records()).map(({ step }) => step)).toEqual(['gaps', 'hand-off']);
    expect((await readFile(path, 'utf8')).split('\n')).toHaveLength(3);
  });
});

describe('a log that somebody broke', () => {
  const deep = `{"v":1,"step":"gaps","key":"k","by":{"kind":"rules"},"at":"1970-01-01T00:00:00.000Z","output":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
  it.each([
    ['no JSON', 'hello'],
    ['a mark of a merge', '<<<<<<< HEAD'],
    ['no object', '[]'],
    ['null', 'null'],
    ['a record of another version', line('gaps', { gaps: [] }, { v: 2 })],
    ['more than a record has', line('gaps', { gaps: [] }, { more: 1 })],
    ['a time that is none', line('gaps', { gaps: [] }, { at: 'yesterday' })],
    ['nobody who did it', line('gaps', { gaps: [] }, { by: { kind: 'ghost' } })],
    ['a step that there is not', line('summon', {})],
    ['no output', line('gaps', undefined)],
    ['an output of another step', line('gaps', { handOff: 'x' })],
    ['an output that says more than its step may', line('hand-off', { handOff: 'x', gate: 1 })],
    ['no list of questions', line('gaps', { gaps: {} })],
    ['a gate of another name', gate({ name: 'review-why' })],
    ['a gate without questions', gate({ questions: undefined })],
    ['a round that leads elsewhere', gate({ round: '1/../../..' })],
    ['a round that no answer can have', gate({ round: 1e20 })],
    ['a question without options', gate({ questions: [{ ...QUESTIONS[0], options: 'many' }] })],
    ['an id that would be two lines', gate({ questions: [{ ...QUESTIONS[0], id: 'Q-1: x\n- Q-2' }] })],
    ['evidence without a line', gate({ questions: [{ ...QUESTIONS[0], evidence: [{}] }] })],
    [
      'a layer that no answer can have',
      line('conflicts', { conflicts: [{ ...CONFLICT, members: [{ ...CONFLICT.members[0], layer: 'rumour' }] }] }),
    ],
    ['lists in lists in lists', deep],
  ])('says which line, why and what to do: %s', async (_, broken) => {
    await writeFile(path, `${GOOD}\n${broken}\n${line('hand-off', { handOff: 'x' })}\n`);
    const error: unknown = await openLog(path, SHOWN)
      .records()
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code: 'BAD_INPUT',
      message: expect.stringMatching(
        /^specs\/\.threads\/refund\/log\.jsonl:2 (?:is|has) .*Restore the file as Git has it, or delete that line/,
      ) as string,
      details: { place: `${SHOWN}:2` },
    });
    expect((error as Error).message.length).toBeLessThan(500);
  });

  it('is refused where it is a folder, or a link out of the repository, for reading and for writing', async () => {
    await mkdir(path);
    const log = openLog(path, SHOWN);
    await expect(log.records()).rejects.toMatchObject({ code: 'BAD_INPUT' });
    await expect(log.append(record('gaps', { gaps: [] }))).rejects.toMatchObject({ code: 'BAD_INPUT' });
    await rm(path, { recursive: true });
    const outside = join(folder, 'outside');
    await writeFile(outside, '');
    await symlink(outside, path);
    await expect(log.append(record('gaps', { gaps: [] }))).rejects.toMatchObject({ code: 'BAD_INPUT' });
    await expect(log.records()).rejects.toMatchObject({ code: 'BAD_INPUT' });
    expect(await readFile(outside, 'utf8')).toBe('');
  });
});

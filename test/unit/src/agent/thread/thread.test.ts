import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { appendFile, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { beginThread, openThread, threadIds, type Thread } from '../../../../../src/agent/thread/thread.ts';
import { temporaryBeside } from '../../../../../src/specs/temporary-file.ts';

const BY = { name: 'Pat', email: 'pat@shop.example' };
let root: string;
let thread: Thread;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'thread-'));
  thread = await beginThread({ root, specs: 'specs' }, 'export', 'Export users');
});
afterEach(() => rm(root, { recursive: true, force: true }));

describe('a thread', () => {
  it('does a step again only when it was done with another input', async () => {
    let times = 0;
    const work = () => Promise.resolve({ output: { handOff: `hand-off ${++times}` } });
    expect(await thread.once('hand-off', { a: 1 }, work)).toEqual({ handOff: 'hand-off 1' });
    expect(await (await openThread({ root, specs: 'specs' }, 'export')).once('hand-off', { a: 1 }, work)).toEqual({
      handOff: 'hand-off 1',
    });
    expect(await thread.once('hand-off', { a: 2 }, work)).toEqual({ handOff: 'hand-off 2' });
    expect(await thread.done('hand-off', { a: 2 })).toMatchObject({ output: { handOff: 'hand-off 2' } });
    expect(await thread.done('hand-off', { a: 3 })).toBeUndefined();
  });

  it('does what is open again when it is told to, keeps each attempt, and stops at the first that is not', async () => {
    let times = 0;
    const attempt = (again: boolean, open?: true) =>
      thread.once('hand-off', 1, () => Promise.resolve({ output: { handOff: String(++times) }, ...(open ? { open } : {}) }), { again });
    expect(await attempt(false, true)).toEqual({ handOff: '1' });
    expect(await attempt(false)).toEqual({ handOff: '1' });
    expect(await attempt(true, true)).toEqual({ handOff: '2' });
    expect(await attempt(true)).toEqual({ handOff: '3' });
    expect(await attempt(true)).toEqual({ handOff: '3' });
    expect((await thread.records()).map(({ open }) => open)).toEqual([true, true, undefined]);
  });

  it('writes nothing that it could not read again', async () => {
    await expect(thread.once('gaps', 1, () => Promise.resolve({ output: { gaps: 'none' } }))).rejects.toMatchObject({ code: 'INTERNAL' });
    await expect(thread.once('no step', 1, () => Promise.resolve({ output: {} }))).rejects.toMatchObject({ code: 'INTERNAL' });
    expect(await thread.records()).toEqual([]);
  });

  it('takes half a line for none, before a step and while one is done', async () => {
    const log = join(thread.folder, 'log.jsonl');
    await writeFile(log, '{"v":1,"step":"pa');
    expect(await thread.once('hand-off', 1, () => Promise.resolve({ output: { handOff: 'x' } }))).toEqual({ handOff: 'x' });
    const late = async () => {
      await appendFile(log, '{"v":1,"step":"ga');
      return { output: { gaps: [] } };
    };
    expect(await thread.once('gaps', 1, late)).toEqual({ gaps: [] });
    expect((await thread.records()).map(({ step }) => step)).toEqual(['hand-off', 'gaps']);
  });

  it('keeps the spec that was approved, not one of a decision that a killed process did not end', async () => {
    await writeFile(join(thread.folder, 'review-why-1.spec.yaml'), 'feature: before\n');
    await thread.say('review-why-1', BY, new Map([['approved', 'sha256:1']]), 'feature: after\n');
    expect(await thread.input('review-why-1')).toMatchObject({ spec: 'feature: after\n', by: BY });
    await thread.say('review-why-1', BY, new Map([['approved', 'sha256:1']]), 'feature: later\n');
    expect(await readFile(join(thread.folder, 'review-why-1.spec.yaml'), 'utf8')).toBe('feature: after\n');
  });

  it('removes what a killed process left, on the next write, and nothing of one that lives', async () => {
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    const beside = (process: number): string =>
      temporaryBeside(join(thread.folder, 'clarify-1.md')).replace(`-${globalThis.process.pid}-`, `-${process}-`);
    const [dead, alive, elsewhere] = [beside(pid), beside(process.ppid), join(thread.folder, 'log.jsonl.0123456789ab.tmp')];
    for (const path of [dead, alive, elsewhere]) await writeFile(path, 'half');
    await thread.say('clarify-1', BY, new Map([['Q-1', 'a']]));
    expect([dead, alive, elsewhere].map((path) => existsSync(path))).toEqual([false, true, true]);
    await utimes(elsewhere, new Date(0), new Date(0));
    await thread.once('gaps', 1, () => Promise.resolve({ output: { gaps: [] } }));
    expect([alive, elsewhere].map((path) => existsSync(path))).toEqual([true, false]);
    expect(await readFile(join(root, 'specs/.threads/.gitignore'), 'utf8')).toBe('*.tmp\n');
  });

  it('is not begun with what nobody could read again, and leaves nothing', async () => {
    const begin = beginThread({ root, specs: 'specs' }, 'long', 'x'.repeat(5 * 1024 * 1024));
    await expect(begin).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED', details: { limit: 'requestBytes' } });
    expect(await threadIds({ root, specs: 'specs' })).toEqual(['export']);
    const halves = 'Half of a pair \ud83d stays one.';
    await beginThread({ root, specs: 'specs' }, 'halves', halves);
    expect((await beginThread({ root, specs: 'specs' }, 'halves', halves)).id).toBe('halves');
  });

  it('says what is wrong where its request is gone, or something stands in its way', async () => {
    await rm(join(thread.folder, 'request.md'));
    await expect(openThread({ root, specs: 'specs' }, 'export')).rejects.toMatchObject({
      code: 'BAD_INPUT',
      message: expect.stringMatching(/^specs\/\.threads\/export\/request\.md is not there.*Restore it/) as string,
    });
    await writeFile(join(root, 'file'), '');
    await expect(beginThread({ root, specs: 'file' }, 'export', 'x')).rejects.toMatchObject({ code: 'BAD_INPUT' });
  });
});

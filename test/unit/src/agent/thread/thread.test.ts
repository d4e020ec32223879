import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { beginThread, openThread, type Thread } from '../../../../../src/agent/thread/thread.ts';

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
    const work = () => Promise.resolve({ output: ++times });
    expect(await thread.once('parse', { a: 1 }, work)).toBe(1);
    expect(await (await openThread({ root, specs: 'specs' }, 'export')).once('parse', { a: 1 }, work)).toBe(1);
    expect(await thread.once('parse', { a: 2 }, work)).toBe(2);
    expect(await thread.once('gaps', { a: 1 }, work)).toBe(3);
  });

  it('takes half a line for none, before a step and while one is done', async () => {
    const log = join(thread.folder, 'log.jsonl');
    await writeFile(log, '{"v":1,"step":"pa');
    expect(await thread.once('parse', 1, () => Promise.resolve({ output: 'x' }))).toBe('x');
    const late = async () => {
      await appendFile(log, '{"v":1,"step":"ga');
      return { output: 'y' };
    };
    expect(await thread.once('gaps', 1, late)).toBe('y');
    expect((await thread.records()).map(({ step }) => step)).toEqual(['parse', 'gaps']);
  });

  it('keeps the spec that was approved, not one of a decision that a killed process did not end', async () => {
    await writeFile(join(thread.folder, 'review-why-1.spec.yaml'), 'feature: before\n');
    await thread.say('review-why-1', BY, new Map([['approved', 'sha256:1']]), 'feature: after\n');
    expect(await thread.input('review-why-1')).toMatchObject({ spec: 'feature: after\n', by: BY });
    await thread.say('review-why-1', BY, new Map([['approved', 'sha256:1']]), 'feature: later\n');
    expect(await readFile(join(thread.folder, 'review-why-1.spec.yaml'), 'utf8')).toBe('feature: after\n');
  });
});

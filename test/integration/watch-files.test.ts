import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { watchFiles } from '../../ingest/watch-files.ts';

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(path.join(tmpdir(), 'watch-')));
  mkdirSync(path.join(root, 'notes', 'drafts'), { recursive: true });
  writeFileSync(path.join(root, 'notes', 'drafts', 'plan.md'), '# Plan\n');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** Runs steps one after the other on a watched folder; says of each whether it was noticed. */
async function noticed(...steps: readonly (() => void)[]): Promise<readonly boolean[]> {
  const stop = new AbortController();
  const bursts = watchFiles(root, stop.signal)[Symbol.asyncIterator]();
  await bursts.next();
  let next = bursts.next();
  const burstWithin = async (milliseconds: number): Promise<boolean> => {
    const found = await Promise.race([next.then(() => true), setTimeout(milliseconds, false)]);
    if (found) next = bursts.next();
    return found;
  };
  const found: boolean[] = [];
  for (const step of steps) {
    step();
    found.push(await burstWithin(1500));
    while (await burstWithin(300)); // one step may come as several bursts
  }
  stop.abort();
  await next;
  return found;
}

const write = (file: string, text: string) => () => appendFileSync(path.join(root, file), text);

it('watches a file from the moment on in which no rule ignores it', async () => {
  writeFileSync(path.join(root, '.gitignore'), 'drafts/\n');
  expect(
    await noticed(
      write('notes/drafts/plan.md', 'secret\n'),
      () => writeFileSync(path.join(root, '.gitignore'), ''),
      write('notes/drafts/plan.md', 'public\n'),
      () => writeFileSync(path.join(root, '.gitignore'), 'drafts/\n'),
      write('notes/drafts/plan.md', 'secret again\n'),
    ),
  ).toEqual([false, true, true, true, false]);
});

it('notices that another commit is checked out, and nothing else that Git writes', async () => {
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@shop', '-c', 'commit.gpgsign=false', ...args], { cwd: root });
  git('init', '-q');
  git('add', '-A');
  git('commit', '-qm', 'plan');
  expect(
    await noticed(
      () => git('commit', '-q', '--allow-empty', '-m', 'think'),
      () => git('tag', 'draft'),
    ),
  ).toEqual([true, false]);
});

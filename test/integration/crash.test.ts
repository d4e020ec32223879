import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '../../graph/store/registry.ts';
import { dumpOf } from '../../src/dump.ts';

const SCRIPT = path.resolve(import.meta.dirname, '../fixtures/crash/ingest.mjs');
const ROUNDS = 20;
const FILES = 100;
const NAMES = 20;

let folder: string;
let root: string;
beforeAll(() => {
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'crash-')));
  root = path.join(folder, 'shop');
  mkdirSync(root);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Writes a version of the repository in which every file says something else. */
function writeVersion(version: number): void {
  for (let file = 0; file < FILES; file++) {
    const names = Array.from({ length: NAMES }, (_, name) => `v${version}n${name}`);
    writeFileSync(path.join(root, `${file}.note`), names.join('\n'));
  }
}

/** Ingests in a process of its own; kills it, if asked to, that long after it began. Returns how long it worked, in milliseconds. */
async function ingest(store: string, killAfter?: number): Promise<number> {
  const child = spawn(process.execPath, [SCRIPT, root, store], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  await Promise.race([new Promise((resolve) => child.stdout.once('data', resolve)), ended]);
  const began = performance.now();
  if (killAfter !== undefined) {
    await setTimeout(killAfter);
    child.kill('SIGKILL');
    await ended;
  } else expect(await ended).toBe(0);
  return performance.now() - began;
}

async function dump(location: string): Promise<string> {
  const store = await openStore(location, { create: true });
  const reader = await store.reader();
  try {
    let text = '';
    for await (const line of dumpOf(reader)) text += `${line}\n`;
    return text;
  } finally {
    await reader[Symbol.asyncDispose]();
    await store.close();
  }
}

async function cleanDump(version: number): Promise<{ readonly text: string; readonly duration: number }> {
  const location = path.join(folder, `clean-${version}.db`);
  const duration = await ingest(location);
  return { text: await dump(location), duration };
}

/** Numbers in [0, 1), the same in every run (mulberry32). */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

describe('an ingest that is killed', () => {
  it(`holds the last complete state ${ROUNDS} times, and the next run completes it`, async () => {
    const random = createRandom(42);
    const location = path.join(folder, 'graph.db');
    writeVersion(0);
    const versions = [await cleanDump(0)];
    let published = '';
    let killed = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const version = round % 3;
      writeVersion(version);
      versions[version] ??= await cleanDump(version);
      const { text, duration } = versions[version];
      await ingest(location, random() * duration);
      const after = await dump(location);
      expect([published, text].indexOf(after)).not.toBe(-1); // no diff of thousands of lines
      if (after !== text) killed++;
      // Every other time the next version comes on top of the wreck.
      published = after;
      if (round % 2 === 0) {
        await ingest(location);
        published = await dump(location);
        expect(published === text).toBe(true);
      }
    }
    expect(killed).toBeGreaterThan(0);
  });
});

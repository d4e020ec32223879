import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect } from 'vitest';
import { openStore } from '../../graph/store/registry.ts';
import { dumpOf } from '../../src/dump.ts';
import { createRandom } from './random.ts';

const SCRIPT = path.resolve(import.meta.dirname, '../fixtures/crash/ingest.mjs');
/** Names in each file. */
const NAMES = 20;

/** A folder for stores, and in it a repository of which every version says something else in every file. */
export interface Shop {
  readonly folder: string;
  writeVersion(version: number): void;
  /** Ingests in a process of its own; kills it, if asked to, that long after it began. Returns how long it worked, in milliseconds. */
  ingest(store: string, killAfter?: number): Promise<number>;
  remove(): void;
}

export function createShop(files: number): Shop {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'crash-')));
  const root = path.join(folder, 'shop');
  mkdirSync(root);
  return {
    folder,
    writeVersion(version) {
      for (let file = 0; file < files; file++) {
        const names = Array.from({ length: NAMES }, (_, name) => `v${version}n${name}`);
        writeFileSync(path.join(root, `${file}.note`), names.join('\n'));
      }
    },
    async ingest(store, killAfter) {
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
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

interface KillPlan {
  readonly rounds: number;
  /** Empties the store under test, or makes an empty one, and says where it is. */
  emptyStore(): Promise<string>;
}

/**
 * Kills ingests at random moments. After each, the store must open with the last complete state or, when the kill came
 * too late, the new one; after every other one the next ingest must complete it, else the next version comes on top of
 * the wreck. What is complete is what an embedded store holds after an ingest that nobody killed.
 */
export async function killIngests(shop: Shop, plan: KillPlan): Promise<void> {
  const random = createRandom(42);
  const texts: string[] = [];
  for (const version of [0, 1, 2]) {
    shop.writeVersion(version);
    const clean = path.join(shop.folder, `clean-${version}.db`);
    await shop.ingest(clean);
    texts.push(await dump(clean));
  }
  const duration = await shop.ingest(await plan.emptyStore());
  const location = await plan.emptyStore();
  let published = '';
  let killed = 0;
  for (let round = 0; round < plan.rounds; round++) {
    const version = round % texts.length;
    const text = texts[version]!;
    shop.writeVersion(version);
    await shop.ingest(location, random() * duration);
    const after = await dump(location);
    expect([published, text].indexOf(after)).not.toBe(-1); // no diff of thousands of lines
    if (after !== text) killed++;
    published = after;
    if (round % 2 === 0) {
      await shop.ingest(location);
      published = await dump(location);
      expect(published === text).toBe(true);
    }
  }
  expect(killed).toBeGreaterThan(0);
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

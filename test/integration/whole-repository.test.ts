import { execFileSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openStore } from '../../graph/store/registry.ts';
import type { GraphStore } from '../../graph/store/store.ts';
import { importsLinker } from '../../ingest/link/imports.ts';
import { createPipeline } from '../../ingest/pipeline.ts';
import { createFileWorker } from '../../ingest/file-worker.ts';
import { createHistoryWorker } from '../../ingest/workers/history/history.ts';
import { languagesFormat } from '../../ingest/workers/languages/languages.ts';
import { dumpOf } from '../../src/dump.ts';

let folder: string;
let root: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'whole-')));
  root = mkdtempSync(path.join(folder, 'shop-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = (): Promise<GraphStore> => openStore(path.join(mkdtempSync(path.join(folder, 'store-')), 'graph.db'), { create: true });

async function ingest(store: GraphStore): Promise<{ readonly replaced: number; readonly lines: readonly string[] }> {
  const pipeline = createPipeline(store, [createFileWorker(languagesFormat), createHistoryWorker()], [importsLinker], {
    name: 'shop',
    root,
  });
  const reader = async () => {
    const opened = await store.reader();
    try {
      const lines: string[] = [];
      for await (const line of dumpOf(opened)) lines.push(line);
      return lines;
    } finally {
      await opened[Symbol.asyncDispose]();
    }
  };
  try {
    const { replaced } = await pipeline.run();
    return { replaced, lines: await reader() };
  } finally {
    pipeline[Symbol.dispose]();
  }
}

async function clean(): Promise<readonly string[]> {
  const store = await open();
  try {
    return (await ingest(store)).lines;
  } finally {
    await store.close();
  }
}

const git = (...args: readonly string[]) =>
  execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@shop', '-c', 'commit.gpgsign=false', ...args], { cwd: root });
function commit(files: Readonly<Record<string, string>>): void {
  for (const [file, text] of Object.entries(files)) writeFileSync(path.join(root, file), text);
  git('add', '-A');
  git('commit', '-qm', 'change');
}

it('keeps what is said of a repository as a whole up to date, as a clean ingest has it', async () => {
  const store = await open();
  try {
    git('init', '-q');
    for (const version of [1, 2, 3]) commit({ 'cart.py': `import money\nv = ${version}\n`, 'money.py': `v = ${version}\n` });
    const first = await ingest(store);
    expect(first.lines.filter((line) => line.includes('CO_CHANGES'))).toHaveLength(2);
    expect((await ingest(store)).replaced).toBe(0);

    writeFileSync(path.join(root, 'cart.py'), 'v = 4\n');
    const edited = await ingest(store);
    expect(edited.lines).toEqual(await clean());
    expect(edited.lines.filter((line) => line.includes('CO_CHANGES'))).toHaveLength(2);

    for (const version of [5, 6, 7, 8, 9, 10, 11, 12, 13, 14]) commit({ 'cart.py': `v = ${version}\n` });
    const apart = await ingest(store);
    expect(apart.lines).toEqual(await clean());
    expect(apart.lines.filter((line) => line.includes('CO_CHANGES'))).toHaveLength(1);

    rmSync(path.join(root, '.git'), { recursive: true });
    const forgotten = await ingest(store);
    expect(forgotten.lines).toEqual(await clean());
    expect(forgotten.lines.filter((line) => line.includes('CO_CHANGES'))).toEqual([]);
    expect((await ingest(store)).replaced).toBe(0);
  } finally {
    await store.close();
  }
});

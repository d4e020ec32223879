import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';

const builtFile = (file: string): string => pathToFileURL(path.join(import.meta.dirname, '../../dist', file)).href;
const built = builtFile('src/retrieval/embedders/minilm/minilm.js');

const run = (code: string) => {
  const script = `const { openMiniLm } = await import('${built}'); const embedder = await openMiniLm(); ${code}`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
    timeout: 60_000,
  });
  return { status, stdout, stderr };
};
const WORK = `const large = embedder.embed(Array(1000).fill('export const late = (days) => days * fine;'.repeat(9))).catch(() => {});`;

test('the built model runs in its thread, which does not keep the process', () => {
  const done = run(`process.stdout.write(String((await embedder.embed(['a', 'b'])).length));`);
  expect(done).toEqual({ status: 0, stdout: '2', stderr: '' });
});

test.each(['0', '20', '400', '600', '603', '607'])('a process may exit at any time, here after %s ms of work', (delay) => {
  const done = run(`${WORK} setTimeout(() => process.exit(7), ${delay});`);
  expect(done).toEqual({ status: 7, stdout: '', stderr: '' });
});

test('systems of one process, beside and after one another, give a text the same vector, by the native runtime', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'specgraph-minilm-'));
  try {
    writeFileSync(path.join(folder, 'late.ts'), '/** What a reader pays. */\nexport const fine = (days: number) => days * 0.1;\n');
    const done = run(`
      const { openSystem } = await import('${builtFile('src/index.js')}');
      const { openStore } = await import('${builtFile('graph/store/registry.js')}');
      const folder = ${JSON.stringify(folder)};
      const open = async (name) => {
        const store = folder + '/' + name + '.db';
        const system = await openSystem({ store, embedder: { use: 'minilm' } });
        await system.ingest(folder, { repo: 'library' });
        const { embedded } = await system.embed();
        return { store, system, embedded };
      };
      const vectorsIn = async ({ store, embedded, system }) => {
        await system.close();
        const opened = await openStore(store, { create: false });
        const reader = await opened.reader();
        const [space] = await reader.spaces();
        const meanings = (await reader.allChunks('code-part')).map(({ meaning }) => meaning);
        const vectors = [...await reader.vectors(space, meanings)].map(([key, bytes]) => key + Buffer.from(bytes).toString('hex'));
        await reader[Symbol.asyncDispose]();
        await opened.close();
        return [embedded, ...vectors].join();
      };
      const [one, other] = [await open('one'), await open('other')];
      const before = [await vectorsIn(one), await vectorsIn(other)];
      const after = await vectorsIn(await open('third'));
      const native = await (await openMiniLm({ runtimes: ['native'] })).embed(['what is paid?']);
      process.stdout.write(JSON.stringify([before[0].length > 384 * 2, before[1] === before[0], after === before[0], native.length]));
    `);
    expect(done).toEqual({ status: 0, stdout: '[true,true,true,1]', stderr: '' });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

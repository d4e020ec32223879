import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';

const built = pathToFileURL(path.join(import.meta.dirname, '../../dist/src/retrieval/embedders/minilm/minilm.js')).href;

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

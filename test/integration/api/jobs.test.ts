import { mkdirSync, mkdtempSync, realpathSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { PlatformError, throwIfAborted } from '../../../graph/errors.ts';
import type { IngestOptions, System } from '../../../src/system.ts';
import { serve, type Client } from './client.ts';
import { deferred, type Deferred } from './deferred.ts';
import { createPictureSystem, HOSTILE } from './picture-system.ts';

const JOB =
  'id state progress { phase done total } report { repo generation files replaced removed diagnostics milliseconds } error { code message details }';
const INGEST = `mutation ($path: String!, $repo: String) { ingest(path: $path, repo: $repo) { ${JOB} } }`;

/** Folders `here/inside` and `outside`, with links between them. */
function folders(): { readonly root: string; readonly outside: string } {
  const top = realpathSync(mkdtempSync(path.join(tmpdir(), 'specgraph-api-')));
  const [root, outside] = [path.join(top, 'here'), path.join(top, 'outside')];
  mkdirSync(path.join(root, 'inside'), { recursive: true });
  mkdirSync(outside);
  symlinkSync(outside, path.join(root, 'way-out'));
  symlinkSync(path.join(root, 'inside'), path.join(outside, 'way-in'));
  return { root, outside };
}

async function finished(ask: Client['ask'], id: string): Promise<Record<string, unknown>> {
  for (;;) {
    const { data } = await ask(`query ($id: ID!) { job(id: $id) { ${JOB} } }`, { id });
    if (data.job.state === 'DONE' || data.job.state === 'FAILED') return data.job as Record<string, unknown>;
  }
}

/** A system whose ingests wait until they are let go, and tell of themselves. */
function pausedSystem(): { readonly system: System; readonly seen: { path: string; options: IngestOptions; go: Deferred }[] } {
  const seen: { path: string; options: IngestOptions; go: Deferred }[] = [];
  const system = createPictureSystem({
    ingest: async (folder, options = {}) => {
      const go = deferred();
      seen.push({ path: folder, options, go });
      options.signal?.addEventListener('abort', go.resolve);
      options.onProgress?.({ phase: 'extract', done: seen.length, total: 9 });
      await go.promise;
      throwIfAborted(options.signal);
      return createPictureSystem().ingest(folder, options);
    },
  });
  return { system, seen };
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

describe('ingest', () => {
  it('queues a job, reports its progress and its outcome', async () => {
    const { root } = folders();
    const { system, seen } = pausedSystem();
    const { ask } = await serve(system, { roots: [root] });
    const { data, errors } = await ask(INGEST, { path: 'inside', repo: 'shop' });
    expect(errors).toEqual([]);
    expect(data.ingest).toMatchObject({ id: 'job-1', report: null, error: null });
    await until(() => seen.length === 1);
    expect(seen[0]).toMatchObject({ path: path.join(root, 'inside'), options: { repo: 'shop' } });
    const { data: now } = await ask(`{ job(id: "job-1") { ${JOB} } }`);
    expect(now.job).toMatchObject({ state: 'RUNNING', progress: { phase: 'EXTRACT', done: 1, total: 9 } });
    seen[0]?.go.resolve();
    expect(await finished(ask, 'job-1')).toEqual({
      id: 'job-1',
      state: 'DONE',
      progress: { phase: 'EXTRACT', done: 1, total: 9 },
      report: { repo: 'shop', generation: 8, files: 3, replaced: 2, removed: 1, diagnostics: 5, milliseconds: 12.5 },
      error: null,
    });
  });

  it('runs one job after the other', async () => {
    const { root } = folders();
    const { system, seen } = pausedSystem();
    const { ask } = await serve(system, { roots: [root] });
    const { data } = await ask('mutation { a: ingest(path: ".") { id } b: ingest(path: "inside") { id } }');
    expect(data).toEqual({ a: { id: 'job-1' }, b: { id: 'job-2' } });
    await until(() => seen.length === 1);
    const { data: waiting } = await ask('{ job(id: "job-2") { state } }');
    expect(waiting.job.state).toBe('QUEUED');
    expect(seen).toHaveLength(1);
    seen[0]?.go.resolve();
    await until(() => seen.length === 2);
    seen[1]?.go.resolve();
    expect(await finished(ask, 'job-2')).toMatchObject({ state: 'DONE' });
  });

  it('refuses more waiting jobs than it wants to remember', async () => {
    const { root } = folders();
    const { system, seen } = pausedSystem();
    const { ask } = await serve(system, { roots: [root] });
    await ask(INGEST, { path: '.' });
    await until(() => seen.length === 1);
    for (let at = 0; at < 16; at++) expect((await ask(INGEST, { path: '.' })).errors).toEqual([]);
    expect((await ask(INGEST, { path: '.' })).errors).toMatchObject([{ extensions: { code: 'LIMIT_EXCEEDED' } }]);
  });

  it('goes on after a job that failed, and says why it did', async () => {
    const { root } = folders();
    let runs = 0;
    const system = createPictureSystem({
      ingest: async (folder) => {
        runs += 1;
        if (runs === 1)
          throw new PlatformError('STORE_BUSY', 'Another writer published first. Run it again.', { details: { generation: 4 } });
        if (runs === 2) throw new TypeError('undefined is not a function');
        return createPictureSystem().ingest(folder);
      },
    });
    const { ask, logged } = await serve(system, { roots: [root] });
    await ask('mutation { a: ingest(path: ".") { id } b: ingest(path: ".") { id } c: ingest(path: ".") { id } }');
    expect(await finished(ask, 'job-1')).toMatchObject({
      state: 'FAILED',
      report: null,
      error: { code: 'STORE_BUSY', message: 'Another writer published first. Run it again.', details: { generation: 4 } },
    });
    expect(await finished(ask, 'job-2')).toMatchObject({ error: { code: 'INTERNAL', details: {} } });
    expect(await finished(ask, 'job-3')).toMatchObject({ state: 'DONE', error: null });
    expect(logged).toEqual(['undefined is not a function']);
  });

  it('is interrupted when the server closes', async () => {
    const { root } = folders();
    const { system, seen } = pausedSystem();
    const { ask, close } = await serve(system, { roots: [root] });
    await ask('mutation { a: ingest(path: ".") { id } b: ingest(path: ".") { id } }');
    await until(() => seen.length === 1);
    await close();
    expect(seen).toHaveLength(1);
    expect(seen[0]?.options.signal?.aborted).toBe(true);
  });

  it('knows no job that it did not start', async () => {
    const { ask } = await serve(createPictureSystem());
    expect((await ask('{ job(id: "job-1") { id } }')).data).toEqual({ job: null });
  });

  describe('reads only its root folders', () => {
    it.each([
      ['the root', (root: string) => root],
      ['a folder by its relative path', () => 'inside'],
      ['a folder by a detour that stays inside', () => 'inside/../inside'],
      ['a link from outside to inside', (_: string, outside: string) => path.join(outside, 'way-in')],
    ])('and takes %s', async (_, folder) => {
      const { root, outside } = folders();
      const { ask } = await serve(createPictureSystem(), { roots: [root] });
      expect((await ask(INGEST, { path: folder(root, outside) })).errors).toEqual([]);
    });

    it.each([
      ['the folder above', () => '..'],
      ['a neighbour', () => '../outside'],
      ['a neighbour whose name begins alike', (root: string) => `${root}-2`],
      ['an absolute path', () => '/etc'],
      ['a file outside that does not exist', () => '/no/such/folder'],
      ['a link that leads out', () => 'way-out'],
      ['a link that leads out, and back', () => 'way-out/../../outside'],
    ])('and refuses %s', async (_, folder) => {
      const { root } = folders();
      const system = createPictureSystem();
      const { ask } = await serve(system, { roots: [root] });
      const { errors } = await ask(INGEST, { path: folder(root) });
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_INPUT' } }]);
      expect(system.calls).toEqual([]);
    });

    it('and says what does not exist inside', async () => {
      const { root } = folders();
      const { ask } = await serve(createPictureSystem(), { roots: [root] });
      expect((await ask(INGEST, { path: 'missing' })).errors).toMatchObject([{ extensions: { code: 'SOURCE_NOT_FOUND' } }]);
    });

    it.each(HOSTILE)('and finds nothing called %j', async (name) => {
      const { root } = folders();
      const system = createPictureSystem();
      const { ask, logged } = await serve(system, { roots: [root] });
      const { errors } = await ask(INGEST, { path: name });
      expect(['BAD_INPUT', 'SOURCE_NOT_FOUND']).toContain(errors[0]?.extensions.code);
      expect(system.calls).toEqual([]);
      expect(logged).toEqual([]);
    });
  });
});

import { mkdirSync, mkdtempSync, readdirSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PlatformError } from '../../graph/errors.ts';
import { openStore } from '../../graph/store/registry.ts';
import type { GraphStore } from '../../graph/store/store.ts';
import type { Linker } from '../../ingest/link/linker.ts';
import { createPipeline, type PipelineOptions, type PipelineResult } from '../../ingest/pipeline.ts';
import type { SourceWorker } from '../../ingest/worker.ts';
import { createPackageWorker } from '../../ingest/workers/package/package.ts';
import { dump as dumpStore } from '../contract/facts.ts';
import { createNoteWorker } from './fake-worker.ts';

let folder: string;
let root: string;
let store: GraphStore;
beforeEach(async () => {
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'pipeline-')));
  root = path.join(folder, 'shop');
  mkdirSync(root);
  store = await openStore(path.join(folder, 'graph.db'), { create: true });
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

function write(files: Readonly<Record<string, string>>, at = root): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(at, file)), { recursive: true });
    writeFileSync(path.join(at, file), text);
  }
}

async function run(
  into = store,
  options: PipelineOptions & {
    readonly workers?: readonly SourceWorker[];
    readonly linkers?: readonly Linker[];
    readonly repo?: string;
    readonly at?: string;
  } = {},
): Promise<PipelineResult> {
  const { workers = [createPackageWorker(), createNoteWorker()], linkers = [], repo = 'shop', at = root, ...rest } = options;
  const pipeline = createPipeline(into, workers, linkers, { name: repo, root: at });
  try {
    return await pipeline.run(rest);
  } finally {
    pipeline[Symbol.dispose]();
  }
}

const dump = (of = store): Promise<readonly string[]> => dumpStore(of);

async function cleanDump(): Promise<readonly string[]> {
  const clean = await openStore(path.join(mkdtempSync(path.join(folder, 'clean-')), 'graph.db'), { create: true });
  try {
    await run(clean);
    return await dump(clean);
  } finally {
    await clean.close();
  }
}

const SHOP = {
  'package.json': '{"name":"shop"}',
  'cart.note': 'total reads money.note#euro\n',
  'money.note': 'euro\ncent\n',
  'logo.png': 'x',
};

describe('the pipeline', () => {
  it('publishes what the workers state, and the repository itself', async () => {
    write(SHOP);
    expect(await run()).toMatchObject({ generation: 1, files: 4, replaced: 4, removed: 0, diagnostics: [] });
    const text = (await dump()).join('\n');
    expect(text).toContain('"id":"shop//repo:shop"');
    expect(text).toContain('"from":"shop//code:cart.note#total"');
  });

  it('writes nothing into the repository', async () => {
    write(SHOP);
    const before = readdirSync(root, { recursive: true });
    await run();
    expect(readdirSync(root, { recursive: true })).toEqual(before);
  });

  it('publishes nothing when nothing changed', async () => {
    write(SHOP);
    await run();
    expect(await run()).toMatchObject({ generation: 1, replaced: 0, removed: 0 });
  });

  it('extracts only what changed', async () => {
    write(SHOP);
    await run();
    write({ 'money.note': 'euro\n' });
    const extracted: string[] = [];
    const result = await run(store, { workers: [createPackageWorker(), createNoteWorker((file) => extracted.push(file))] });
    expect(extracted).toEqual(['money.note']);
    expect(result).toMatchObject({ generation: 2, replaced: 1 });
  });

  it('removes the units of files that vanished or that nothing claims any more', async () => {
    write(SHOP);
    await run();
    rmSync(path.join(root, 'cart.note'));
    expect(await run()).toMatchObject({ generation: 2, removed: 1 });
    expect((await dump()).join('\n')).not.toContain('cart.note');
    expect(await run(store, { workers: [createPackageWorker()] })).toMatchObject({ generation: 3, removed: 1 });
    expect((await dump()).join('\n')).not.toContain('money.note');
  });

  it('keeps repositories apart', async () => {
    write(SHOP);
    write({ 'cart.note': 'basket\n' }, path.join(folder, 'other'));
    await run();
    await run(store, { repo: 'other', at: path.join(folder, 'other') });
    expect(await run()).toMatchObject({ generation: 2, replaced: 0, removed: 0 });
    expect((await dump()).filter((line) => line.includes('"kind":"Repository"'))).toHaveLength(2);
  });

  it('takes the same name at another root for the same repository', async () => {
    write(SHOP);
    await run();
    const moved = path.join(folder, 'moved');
    renameSync(root, moved);
    expect(await run(store, { at: moved })).toMatchObject({ generation: 1, replaced: 0, removed: 0 });
  });

  it('reports diagnostics and goes on', async () => {
    write({ ...SHOP, 'bad.note': 'fine\n!broken\n' });
    expect((await run()).diagnostics).toEqual([expect.objectContaining({ file: 'bad.note', message: '!broken' })]);
    expect((await dump()).join('\n')).toContain('bad.note#fine');
  });

  it('publishes nothing when interrupted, and completes when run again', async () => {
    write(SHOP);
    const controller = new AbortController();
    const stopping = createNoteWorker((file) => file === 'money.note' && controller.abort());
    await expect(run(store, { workers: [createPackageWorker(), stopping], signal: controller.signal })).rejects.toMatchObject({
      code: 'ABORTED',
    });
    expect(await dump()).toEqual([]);
    await run();
    expect(await dump()).toEqual(await cleanDump());
  });

  it('publishes nothing when a worker fails, and lets the next writer in', async () => {
    write(SHOP);
    const failing = createNoteWorker(() => {
      throw new Error('cannot');
    });
    await expect(run(store, { workers: [createPackageWorker(), failing] })).rejects.toThrow('cannot');
    expect(await store.generation()).toBe(0);
    expect(await run()).toMatchObject({ generation: 1 });
  });

  it('waits for another writer, then starts from what that one published', async () => {
    write(SHOP);
    const slow = await store.begin();
    const waiting = run();
    await slow.apply([]);
    await slow.publish();
    expect(await waiting).toMatchObject({ generation: 2 });
    expect(await dump()).toEqual(await cleanDump());
  });

  it('extracts again when another writer published the same repository meanwhile', async () => {
    write(SHOP);
    const other = await openStore(store.location, { create: false });
    let overtake = true;
    let sessions = 0;
    const overtaken: SourceWorker = {
      ...createNoteWorker(),
      open: (repository) => {
        sessions++;
        const session = createNoteWorker().open(repository);
        return {
          ...session,
          async *extract(input, options) {
            if (overtake) {
              overtake = false;
              await run(other);
            }
            yield* session.extract(input, options);
          },
        };
      },
    };
    expect(await run(store, { workers: [createPackageWorker(), overtaken] })).toMatchObject({ generation: 1, replaced: 0 });
    // What the first session remembers never came into the store.
    expect(sessions).toBe(2);
    await other.close();
  });

  it('passes other errors of the store on', async () => {
    write(SHOP);
    const broken: GraphStore = {
      ...store,
      begin: () => Promise.reject(new PlatformError('STORE_FAILED', 'disk full')),
    };
    await expect(run(broken)).rejects.toMatchObject({ code: 'STORE_FAILED' });
  });

  it('reports progress that ends with the publication', async () => {
    write(SHOP);
    const phases: string[] = [];
    await run(store, { onProgress: ({ phase, done, total }) => phases.push(`${phase} ${done}/${total}`) });
    expect(phases).toContain('discover 4/4');
    expect(phases.at(-1)).toBe('publish 1/1');
  });

  it('ends in the same graph as a clean ingest, whatever the edits', async () => {
    const file = fc.constantFrom('a.note', 'b.note', 'lib/a.note', 'lib/c.note', 'package.json', 'lib/package.json', 'lib/x.ts');
    const name = fc.constantFrom('one', 'two', 'three');
    const sentence = fc.oneof(
      name,
      fc.tuple(name, file, name).map(([from, to, other]) => `${from} reads ${to}#${other}`),
      fc.constant('!what'),
      fc.constant('{"name":"lib","dependencies":{"shop":"*"}}'),
      fc.constant('{"name":"shop","dependencies":{"lib":"*","left-pad":"1"}}'),
    );
    const edit = fc.oneof(
      {
        weight: 4,
        arbitrary: fc.record({
          kind: fc.constant('write' as const),
          file,
          text: fc.array(sentence, { maxLength: 4 }).map((lines) => lines.join('\n')),
        }),
      },
      fc.record({ kind: fc.constant('delete' as const), file }),
      fc.record({ kind: fc.constant('ignore' as const), file }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(edit, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 5 }), async (rounds) => {
        for (const edits of rounds) {
          for (const change of edits) {
            if (change.kind === 'write') write({ [change.file]: change.text });
            else if (change.kind === 'delete') rmSync(path.join(root, change.file), { force: true });
            else write({ '.gitignore': `/${change.file}\n` });
          }
          await run();
          expect(await dump()).toEqual(await cleanDump());
        }
      }),
      { numRuns: 15 },
    );
  });
});

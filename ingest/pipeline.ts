import { hash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { throwIfAborted } from '../graph/errors.ts';
import { unitId, type UnitDelta, type UnitRecord } from '../graph/model/delta.ts';
import { makeId } from '../graph/model/id.ts';
import type { Diagnostic } from '../graph/model/provenance.ts';
import type { GraphStore } from '../graph/store/store.ts';
import { bounded } from './bounded.ts';
import { createBatchWriter, Overtaken, readUnits } from './batch-writer.ts';
import { chunksOf } from './chunks.ts';
import { committedFiles, type CommitOf } from './committed.ts';
import { discover, type Discovery } from './discover.ts';
import { LINKS_VERSION, linkUnitId, linkUnits } from './link/link.ts';
import type { Linker } from './link/linker.ts';
import type { Repository, SourceWorker } from './worker.ts';

/** Runs before giving up on a store where others keep publishing the same repository. */
const ATTEMPTS = 3;
/** In place of a worker, for the one unit that stands for the repository itself. */
const REPOSITORY = 'repository';

export interface PipelineProgress {
  readonly phase: 'discover' | 'extract' | 'link' | 'apply' | 'publish';
  /** Files, linkers, units in the store, or publications. */
  readonly done: number;
  readonly total: number;
}

export interface PipelineOptions {
  /** The pipeline is not going to be run again: nothing has to be remembered for later. */
  readonly last?: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: PipelineProgress) => void;
}

export interface PipelineResult {
  /** The generation that now holds the repository; unchanged when nothing had to be replaced. */
  readonly generation: number;
  readonly files: number;
  /** Units replaced and removed. */
  readonly replaced: number;
  readonly removed: number;
  /** What was found in the units replaced in this run. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Keeps the graph of one repository up to date. Worker sessions live, and stay warm, as long as it does. */
export interface Pipeline extends Disposable {
  /**
   * Idempotent: a second run finds nothing to replace and publishes nothing. All or nothing: interrupted, killed or
   * failed, the store keeps its last published state and the next run starts from there.
   * Throws `ABORTED` when the signal fires, `STORE_BUSY` when other writers do not let it through.
   */
  run(options?: PipelineOptions): Promise<PipelineResult>;
}

/**
 * The only writer of graphs: discover → extract → link → apply → publish. A repository is known by its name: the same name at
 * another root is the same repository, and what is not found there is removed.
 */
export function createPipeline(
  store: GraphStore,
  workers: readonly SourceWorker[],
  linkers: readonly Linker[],
  repository: Repository,
): Pipeline {
  const open = () => workers.map((worker) => ({ worker, session: worker.open(repository) }));
  let sessions = open();
  const close = (): void => {
    for (const { session } of sessions) session[Symbol.dispose]();
  };

  /** Units of one file come one after the other. */
  let read: { readonly path: string; readonly bytes: Buffer | undefined } | undefined;
  let committed: Promise<CommitOf> | undefined;
  async function withText(delta: UnitDelta): Promise<UnitDelta> {
    const { path } = delta.unit;
    if (path === '' || delta.nodes.length === 0) return delta;
    if (read?.path !== path) read = { path, bytes: await readFile(`${repository.root}/${path}`).catch(() => undefined) };
    const { bytes } = read;
    if (!bytes) return delta;
    const commitOf = await (committed ??= committedFiles(repository.root));
    return { ...delta, chunks: chunksOf(path, bytes.toString('utf8'), delta.nodes, commitOf(path, bytes)) };
  }

  async function attempt({ last = false, signal, onProgress }: PipelineOptions): Promise<PipelineResult> {
    const cancel = signal === undefined ? {} : { signal };
    read = undefined;
    committed = undefined;
    const report = (phase: PipelineProgress['phase']) => (done: number, total: number) => onProgress?.({ phase, done, total });
    const discovery = await discover(repository.root, workers, { ...cancel, onProgress: report('discover') });
    const before = await readUnits(store, repository.name);
    const writer = createBatchWriter(store, repository.name, before, { ...cancel, onBatch: (units) => report('apply')(units, units) });
    const diagnostics: Diagnostic[] = [];
    const now = new Map<string, UnitRecord>();
    let replaced = 0;
    const replace = async (stated: UnitDelta): Promise<void> => {
      const delta = bounded(stated);
      replaced++;
      diagnostics.push(...delta.diagnostics);
      now.set(delta.unit.id, delta.unit);
      await writer.write({ op: 'replace', delta: await withText(delta) });
      await setImmediate(); // a worker may never wait for anything: lets signals and timers through
      throwIfAborted(signal);
    };
    try {
      const kept = new Set(unitIds(repository.name, discovery, linkers, workers));
      for (const unit of before.units) if (kept.has(unit.id)) now.set(unit.id, unit);
      const removed = before.units.filter(({ id }) => !kept.has(id));
      for (const { id } of removed) await writer.write({ op: 'remove', unit: id });

      const root = repositoryUnit(repository.name, discovery, linkers);
      if (!before.units.some(({ id, hash: known }) => id === root.unit.id && known === root.unit.hash)) await replace(root);
      for (const { worker, session } of sessions) {
        const previous = new Map(before.units.filter((unit) => unit.worker === worker.name).map((unit) => [unit.path, unit]));
        const input = { files: discovery.files, previous };
        for await (const delta of session.extract(input, { ...cancel, last, onProgress: report('extract') })) await replace(delta);
      }

      if (replaced + removed.length > 0) {
        const others = await writer.begin();
        const units = [...now.values(), ...others];
        for (const delta of linkUnits(linkers, units, report('link'))) await replace(delta);
      }

      report('publish')(0, 1);
      const generation = await writer.publish();
      report('publish')(1, 1);
      return { generation, files: discovery.files.length, replaced, removed: removed.length, diagnostics };
    } finally {
      await writer.close();
    }
  }

  return {
    async run(options = {}) {
      for (let tried = 1; ; tried++) {
        try {
          return await attempt(options);
        } catch (error) {
          // Sessions remember what they stated; the store does not hold it.
          close();
          sessions = open();
          if (!(error instanceof Overtaken) || tried === ATTEMPTS) throw error;
        }
      }
    },
    [Symbol.dispose]: close,
  };
}

/** Every unit that can exist for what was discovered: one per worker and file that it claims, and those of the repository. */
function* unitIds(repo: string, { files }: Discovery, linkers: readonly Linker[], workers: readonly SourceWorker[]): Iterable<string> {
  yield unitId(repo, REPOSITORY, '');
  for (const { name, wholeRepository } of workers) if (wholeRepository) yield unitId(repo, name, '');
  for (const { name } of linkers) yield linkUnitId(repo, name);
  for (const { path, claimedBy } of files) for (const worker of claimedBy) yield unitId(repo, worker, path);
}

/** States the repository itself, and what discovery could not read. Stated again, and so linked again, when linkers are others. */
function repositoryUnit(repo: string, { diagnostics }: Discovery, linkers: readonly Linker[]): UnitDelta {
  const content = hash('sha256', JSON.stringify([LINKS_VERSION, linkers.map(({ name }) => name), diagnostics]));
  return {
    unit: { id: unitId(repo, REPOSITORY, ''), repo, worker: REPOSITORY, path: '', hash: content, state: '', keys: '' },
    nodes: [{ id: makeId({ repo, scheme: 'repo', path: repo }), kind: 'Repository', name: repo, repo, props: {} }],
    edges: [],
    diagnostics: [...diagnostics],
  };
}

import { PlatformError } from '../graph/errors.ts';
import { loadSnapshotOf } from '../graph/snapshot/load.ts';
import type { GraphStore } from '../graph/store/store.ts';
import { createPipeline, type Pipeline } from '../ingest/pipeline.ts';
import { loadLinkers } from '../ingest/link/registry.ts';
import { loadWorkers } from '../ingest/registry.ts';
import { openRepository } from '../ingest/repository.ts';
import { watchFiles } from '../ingest/watch-files.ts';
import type { IngestOptions, IngestReport, System } from './system.ts';

/** Opens the store, or makes one. Called once the repository is known to be there. */
type OpenStore = () => Promise<GraphStore>;

/** One run of the pipeline over the repository at a path. */
export async function ingest(open: OpenStore, path: string, options: IngestOptions): Promise<IngestReport> {
  const repository = await openRepository(path, options.repo);
  const store = await open();
  const report = await runOnce(createPipeline(store, await loadWorkers(), await loadLinkers(), repository), repository.name, options);
  // Whoever ingests waits anyway; whoever asks first should not.
  if (report.replaced + report.removed > 0) await keepSnapshot(store);
  return report;
}

/** What the workers hold is let go before anything else is done: a compiler's memory is most of the process's. */
async function runOnce(pipeline: Pipeline, repo: string, options: IngestOptions): Promise<IngestReport> {
  try {
    return await run(pipeline, repo, { ...options, last: true });
  } finally {
    pipeline[Symbol.dispose]();
  }
}

async function keepSnapshot(store: GraphStore): Promise<void> {
  const reader = await store.reader();
  try {
    await loadSnapshotOf(store, reader);
  } finally {
    await reader[Symbol.asyncDispose]();
  }
}

/** Runs at once, then after every change of the files, with the same warm pipeline, until the signal fires. */
export async function watch(open: OpenStore, path: string, options: Parameters<System['watch']>[1]): Promise<void> {
  const { signal, onIngest } = options;
  const repository = await openRepository(path, options.repo);
  const pipeline = createPipeline(await open(), await loadWorkers(), await loadLinkers(), repository);
  try {
    // Watching begins before the first run, so that no change falls between.
    for await (const _ of watchFiles(repository.root, signal)) onIngest(await run(pipeline, repository.name, options));
  } catch (error) {
    if (!(error instanceof PlatformError && error.code === 'ABORTED')) throw error;
  } finally {
    pipeline[Symbol.dispose]();
  }
}

async function run(
  pipeline: Pipeline,
  repo: string,
  { signal, onProgress, last = false }: IngestOptions & { readonly last?: boolean },
): Promise<IngestReport> {
  const started = performance.now();
  const result = await pipeline.run({ last, ...(signal && { signal }), ...(onProgress && { onProgress }) });
  return { repo, ...result, milliseconds: Math.round(performance.now() - started) };
}

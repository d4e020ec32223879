import { createFileWorker } from './file-worker.ts';
import type { SourceWorker } from './worker.ts';

/** Every worker there is, in the order in which they run. The only place that names them; loaded when an ingest starts. */
const WORKERS: readonly (() => Promise<SourceWorker>)[] = [
  async () => (await import('./workers/package/package.ts')).createPackageWorker(),
  async () => (await import('./workers/typescript/worker.ts')).createTypescriptWorker(),
  async () => createFileWorker((await import('./workers/openapi/openapi.ts')).openapi),
  async () => createFileWorker((await import('./workers/asyncapi/asyncapi.ts')).asyncapi),
  async () => createFileWorker((await import('./workers/json-schema/json-schema.ts')).jsonSchema),
];

export const loadWorkers = (): Promise<readonly SourceWorker[]> => Promise.all(WORKERS.map((load) => load()));

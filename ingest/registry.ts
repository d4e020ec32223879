import type { SourceWorker } from './worker.ts';

/** Every worker there is, in the order in which they run. The only place that names them; loaded when an ingest starts. */
const WORKERS: readonly (() => Promise<SourceWorker>)[] = [
  async () => (await import('./workers/package/package.ts')).createPackageWorker(),
  async () => (await import('./workers/typescript/worker.ts')).createTypescriptWorker(),
  async () => (await import('./workers/sql/sql.ts')).createSqlWorker(),
  async () => (await import('./workers/prisma/prisma.ts')).createPrismaWorker(),
  async () => (await import('./workers/graphql/graphql.ts')).createGraphqlWorker(),
  async () => (await import('./workers/protobuf/protobuf.ts')).createProtobufWorker(),
];

export const loadWorkers = (): Promise<readonly SourceWorker[]> => Promise.all(WORKERS.map((load) => load()));

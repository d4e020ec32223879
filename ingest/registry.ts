import { createFileWorker } from './file-worker.ts';
import type { SourceWorker } from './worker.ts';

/** Every worker there is, in the order in which they run. The only place that names them; loaded when an ingest starts. */
const WORKERS: readonly (() => Promise<SourceWorker>)[] = [
  async () => (await import('./workers/package/package.ts')).createPackageWorker(),
  async () => (await import('./workers/typescript/worker.ts')).createTypescriptWorker(),
  async () => createFileWorker((await import('./workers/compose.ts')).composeFormat),
  async () => createFileWorker((await import('./workers/kubernetes/kubernetes.ts')).kubernetesFormat),
  async () => createFileWorker((await import('./workers/kubernetes/helm.ts')).helmFormat),
  async () => createFileWorker((await import('./workers/dotenv.ts')).dotenvFormat),
  async () => createFileWorker((await import('./workers/dockerfile.ts')).dockerfileFormat),
  async () => createFileWorker((await import('./workers/github-actions.ts')).githubActionsFormat),
  async () => createFileWorker((await import('./workers/terraform.ts')).terraformFormat),
  async () => createFileWorker((await import('./workers/pulumi.ts')).pulumiFormat),
  async () => createFileWorker((await import('./workers/backstage.ts')).backstageFormat),
  async () => createFileWorker((await import('./workers/codeowners.ts')).codeownersFormat),
  async () => createFileWorker((await import('./workers/openapi/openapi.ts')).openapi),
  async () => createFileWorker((await import('./workers/asyncapi/asyncapi.ts')).asyncapi),
  async () => createFileWorker((await import('./workers/json-schema/json-schema.ts')).jsonSchema),
  async () => createFileWorker((await import('./workers/sql/sql.ts')).sqlFormat),
  async () => createFileWorker((await import('./workers/prisma/prisma.ts')).prismaFormat),
  async () => createFileWorker((await import('./workers/graphql/graphql.ts')).graphqlFormat),
  async () => createFileWorker((await import('./workers/protobuf/protobuf.ts')).protobufFormat),
  async () => createFileWorker((await import('./workers/spec/spec.ts')).specFormat),
  async () => createFileWorker((await import('./workers/approvals/approvals.ts')).approvalsFormat),
  async () => createFileWorker((await import('./workers/languages/languages.ts')).languagesFormat),
  async () => createFileWorker((await import('./workers/test-report/test-report.ts')).testReportFormat),
  async () => (await import('./workers/history/history.ts')).createHistoryWorker(),
  async () => createFileWorker((await import('./workers/markdown/markdown.ts')).markdownFormat),
  async () => createFileWorker((await import('./workers/adr/adr.ts')).adrFormat),
  async () => createFileWorker((await import('./workers/tickets/tickets.ts')).ticketsFormat),
  async () => createFileWorker((await import('./workers/policy/policy.ts')).policyFormat),
  async () => createFileWorker((await import('./workers/text/text.ts')).textFormat),
];

export const loadWorkers = (): Promise<readonly SourceWorker[]> => Promise.all(WORKERS.map((load) => load()));

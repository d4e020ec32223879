import { createFileWorker } from './file-worker.ts';
import type { SourceWorker } from './worker.ts';

/** Every worker there is, in the order in which they run. The only place that names them; loaded when an ingest starts. */
const WORKERS: readonly (() => Promise<SourceWorker>)[] = [
  async () => (await import('./workers/package/package.ts')).createPackageWorker(),
  async () => (await import('./workers/typescript/worker.ts')).createTypescriptWorker(),
  async () => (await import('./workers/compose.ts')).createComposeWorker(),
  async () => (await import('./workers/kubernetes/kubernetes.ts')).createKubernetesWorker(),
  async () => (await import('./workers/kubernetes/helm.ts')).createHelmWorker(),
  async () => (await import('./workers/dotenv.ts')).createDotenvWorker(),
  async () => (await import('./workers/dockerfile.ts')).createDockerfileWorker(),
  async () => (await import('./workers/github-actions.ts')).createGithubActionsWorker(),
  async () => (await import('./workers/terraform.ts')).createTerraformWorker(),
  async () => (await import('./workers/pulumi.ts')).createPulumiWorker(),
  async () => (await import('./workers/backstage.ts')).createBackstageWorker(),
  async () => (await import('./workers/codeowners.ts')).createCodeownersWorker(),
  async () => createFileWorker((await import('./workers/openapi/openapi.ts')).openapi),
  async () => createFileWorker((await import('./workers/asyncapi/asyncapi.ts')).asyncapi),
  async () => createFileWorker((await import('./workers/json-schema/json-schema.ts')).jsonSchema),
  async () => (await import('./workers/sql/sql.ts')).createSqlWorker(),
  async () => (await import('./workers/prisma/prisma.ts')).createPrismaWorker(),
  async () => (await import('./workers/graphql/graphql.ts')).createGraphqlWorker(),
  async () => (await import('./workers/protobuf/protobuf.ts')).createProtobufWorker(),
  async () => (await import('./workers/spec/spec.ts')).createSpecWorker(),
  async () => (await import('./workers/languages/languages.ts')).createLanguagesWorker(),
  async () => (await import('./workers/test-report/test-report.ts')).createTestReportWorker(),
  async () => (await import('./workers/history/history.ts')).createHistoryWorker(),
  async () => (await import('./workers/markdown/markdown.ts')).createMarkdownWorker(),
  async () => (await import('./workers/adr/adr.ts')).createAdrWorker(),
  async () => (await import('./workers/tickets/tickets.ts')).createTicketsWorker(),
  async () => (await import('./workers/policy/policy.ts')).createPolicyWorker(),
];

export const loadWorkers = (): Promise<readonly SourceWorker[]> => Promise.all(WORKERS.map((load) => load()));

import type { Command } from 'commander';
import { PlatformError } from '../../../graph/errors.ts';
import { createBackgroundEmbedding } from '../../retrieval/background-embedding.ts';
import type { IngestReport } from '../../system.ts';
import { JSON_OPTION, STORE_OPTION, toJson, type CliContext, type StoreOption } from '../context.ts';
import { describeError } from '../describe-error.ts';
import { bold, count } from '../style.ts';

interface Options extends StoreOption {
  readonly repo?: string;
  readonly watch?: boolean;
  readonly json?: boolean;
}

export function addIngest(program: Command, context: CliContext): void {
  program
    .command('ingest')
    .description('bring the graph of a repository up to date')
    .argument('<path>', 'folder of the repository')
    .option('--repo <name>', 'name that qualifies its ids (default: name in package.json, else of the folder)')
    .option('--watch', 'stay, and ingest again whenever files change')
    .option(...STORE_OPTION)
    .option(...JSON_OPTION)
    .action((path: string, options: Options) =>
      context.withSystem(options, (system) =>
        context.interruptible(async (signal) => {
          const { createProgressBar } = await import('../progress.ts');
          const bar = createProgressBar();
          const repo = options.repo === undefined ? {} : { repo: options.repo };
          const show = (report: IngestReport): void => {
            bar.stop();
            context.print(options.json ? toJson(report) : summary(report, system.location));
          };
          const explain = (error: unknown): void => {
            // The graph is complete without vectors.
            if (error instanceof PlatformError && error.code === 'ABORTED')
              return context.note('Interrupted. The graph is complete; vectors that are missing come with the next ingest.\n');
            if (!(error instanceof PlatformError) || error.code === 'INTERNAL') throw error;
            context.note(`Search goes by words alone where vectors are missing. ${describeError(error)}`);
          };
          try {
            if (options.watch) {
              const background = createBackgroundEmbedding(system, explain);
              try {
                await system.watch(path, {
                  ...repo,
                  signal,
                  onProgress: bar.update,
                  onIngest: (report) => {
                    show(report);
                    background.request();
                  },
                });
              } finally {
                await background.close();
              }
            } else {
              show(await system.ingest(path, { ...repo, signal, onProgress: bar.update }));
              await system.embed({ signal, onProgress: (done, total) => bar.update({ phase: 'embed', done, total }) }).catch(explain);
            }
          } finally {
            bar.stop();
          }
        }),
      ),
    );
}

function summary({ repo, generation, files, replaced, removed, diagnostics, milliseconds }: IngestReport, location: string): string {
  const seconds = `${(milliseconds / 1000).toFixed(1)} s`;
  if (replaced + removed === 0) return `${bold(repo)} is up to date: ${count(files, 'file')} in ${seconds}, generation ${generation}\n`;
  const changes = [`${count(replaced, 'unit')} stated`, ...(removed > 0 ? [`${removed} removed`] : [])].join(', ');
  const notes = diagnostics.length > 0 ? `${count(diagnostics.length, 'diagnostic')}: specgraph doctor lists them\n` : '';
  return `${bold(repo)}: ${count(files, 'file')}, ${changes} in ${seconds}, generation ${generation} in ${location}\n${notes}`;
}

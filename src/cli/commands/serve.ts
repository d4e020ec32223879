import type { Command } from 'commander';
import { STORE_OPTION, type CliContext, type StoreOption } from '../context.ts';

interface Options extends StoreOption {
  readonly host?: string;
  readonly port?: string;
  readonly root?: [string, ...string[]];
}

export function addServe(program: Command, context: CliContext): void {
  program
    .command('serve')
    .description('serve the graph over GraphQL until Ctrl-C')
    .option('--host <address>', 'address to listen on (default 127.0.0.1; others need SPECGRAPH_TOKEN)')
    .option('--port <number>', 'port to listen on (default 4000; 0 = any free one)')
    .option('--root <folder...>', 'folders that clients may have ingested and compared (default: the current directory)')
    .option(...STORE_OPTION)
    .action((options: Options) =>
      context.withSystem(options, (system) =>
        context.interruptible(async (signal) => {
          const { loadConfig } = await import('../../config.ts');
          const { createLog } = await import('../../log.ts');
          const { startApi } = await import('../../api/server.ts');
          const { api, log } = await loadConfig({ 'api.host': options.host, 'api.port': options.port });
          const server = await startApi(system, { ...api, roots: options.root, log: createLog(log) });
          context.print(`GraphQL at ${server.url}\n`);
          try {
            if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve));
          } finally {
            await server.close();
          }
        }),
      ),
    );
}

import type { Command } from 'commander';
import { PlatformError } from '../../../graph/errors.ts';
import { STORE_OPTION, type CliContext, type StoreOption } from '../context.ts';

interface Options extends StoreOption {
  readonly http?: boolean;
  readonly host?: string;
  readonly port?: string;
  readonly root: string;
  readonly specs: string;
  readonly allowAnswers?: boolean;
}

export function addMcp(program: Command, context: CliContext): void {
  program
    .command('mcp')
    .description('serve the graph to agents over the Model Context Protocol, on stdin and stdout or over HTTP')
    .option('--http', 'listen on an address, for several clients')
    .option('--host <address>', 'address to listen on (default 127.0.0.1; others need SPECGRAPH_TOKEN)')
    .option('--port <number>', 'port to listen on (default 4001; 0 = any free one)')
    .option('--root <path>', 'folder of the repository whose changes may be asked about', '.')
    .option('--specs <folder>', 'folder of the specs in it', 'specs')
    .option('--allow-answers', 'let the agent pass on what you answer, in your name as Git has it; not with --http')
    .option(...STORE_OPTION)
    .action(({ http = false, host, port, root, specs, allowAnswers = false, ...store }: Options) => {
      if (!http && (host !== undefined || port !== undefined)) throw new PlatformError('BAD_INPUT', '--host and --port need --http.');
      if (http && allowAnswers)
        throw new PlatformError('BAD_INPUT', 'Over HTTP nobody knows who answers. Answer with `specgraph agent resume`, or over GraphQL.');
      return context.withSystem(store, (system) =>
        context.interruptible(async (signal) => {
          const { loadConfig } = await import('../../config.ts');
          const { createLog } = await import('../../log.ts');
          const { api, mcp, log: level } = await loadConfig({ 'mcp.host': host, 'mcp.port': port });
          const options = { system, root, specs, takesAnswers: allowAnswers, log: createLog(level) };
          if (!http) {
            const { serveOverStdio } = await import('../../mcp/stdio.ts');
            return serveOverStdio(options, signal);
          }
          const { startMcp } = await import('../../mcp/http.ts');
          const server = await startMcp({ ...options, ...mcp, token: api.token });
          context.print(`MCP at ${server.url}\n`);
          try {
            if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve));
          } finally {
            await server.close();
          }
        }),
      );
    });
}

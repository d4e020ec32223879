import { serveStdio, StdioServerTransport } from '@modelcontextprotocol/server/stdio';
import { createServers, type McpOptions } from './server.ts';

/** Serves the client on stdin and stdout until it goes or the signal fires. stdout carries the protocol and nothing else. */
export async function serveOverStdio(options: McpOptions, signal: AbortSignal): Promise<void> {
  const transport = new StdioServerTransport();
  const servers = createServers(options);
  const connection = serveStdio(servers.create, {
    transport,
    onerror: ({ message }) => options.log.warn('A message was not understood.', { message }),
  });
  const goOn = transport.onclose;
  await new Promise<void>((resolve) => {
    // oxlint-disable-next-line unicorn/prefer-add-event-listener -- a transport is no EventTarget
    transport.onclose = () => {
      goOn?.();
      resolve();
    };
    signal.addEventListener('abort', () => resolve());
    if (signal.aborted) resolve();
  });
  await Promise.all([connection.close(), servers.close()]);
}

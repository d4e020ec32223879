import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createMcpHandler, type McpHttpHandler } from '@modelcontextprotocol/server';
import { checkAddress, hostOf, isLoopback, refuse } from '../serving/access.ts';
import { listen } from '../serving/listen.ts';
import { createPublisher } from '../serving/public-error.ts';
import { readBody } from '../serving/read-body.ts';
import { LIMITS } from './limits.ts';
import { createServers, type McpOptions } from './server.ts';

export interface McpHttpOptions extends McpOptions {
  /** Address to listen on. Other than loopback needs a token. */
  readonly host: string;
  /** 0 = any free port. */
  readonly port: number;
  /** Bearer token that requests must carry. */
  readonly token?: string | undefined;
}

export interface RunningMcp {
  /** Where to send requests. */
  readonly url: string;
  /** Stops listening, and lets running requests finish for two seconds. */
  close(): Promise<void>;
}

const PATH = '/mcp';
const HEADERS = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };

/**
 * Serves MCP over streamable HTTP until closed; the system stays open. Every request stands for itself: there are no sessions
 * to clean up. Throws `BAD_INPUT` for an address that is not loopback without a token, and for a port that cannot be had.
 */
export async function startMcp({ host, port, token, ...options }: McpHttpOptions): Promise<RunningMcp> {
  checkAddress(host, token);
  const publish = createPublisher(options.log);
  const servers = createServers(options);
  const handler = createMcpHandler(servers.create, {
    maxRequestBodySize: LIMITS.bodyBytes,
    maxSubscriptions: LIMITS.subscriptions,
    onerror: ({ message }) => options.log.info('A request was refused.', { message }),
  });
  const server = createServer({ requestTimeout: LIMITS.callMilliseconds }, (request, response) => {
    respond(handler, token, request, response).catch((error: unknown) => {
      if (response.destroyed) return; // nobody is there to read it
      const { code, message } = publish(error);
      if (response.headersSent) response.destroy();
      else send(response, code === 'LIMIT_EXCEEDED' ? 413 : 500, code, message);
    });
  });
  const origin = await listen(server, host, port);
  return {
    url: `${origin}${PATH}`,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      await Promise.all([handler.close(), servers.close()]);
      server.closeIdleConnections();
      const late = setTimeout(() => server.closeAllConnections(), LIMITS.stopMilliseconds);
      await closed;
      clearTimeout(late);
    },
  };
}

async function respond(
  handler: McpHttpHandler,
  token: string | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const refused = refuse(request, token);
  if (refused) return send(response, refused.status, refused.code, refused.message, refused.headers);
  if (!comesFromHere(request)) return send(response, 403, 'FORBIDDEN', 'Pages of other origins are not answered.');
  const url = new URL(request.url ?? '/', 'http://localhost');
  if (url.pathname !== PATH) return send(response, 404, 'NOT_FOUND', `Send MCP requests to ${PATH}.`);

  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const method = request.method ?? 'GET';
  const body = await readBody(request, LIMITS.bodyBytes);
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers))
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  const reply = await handler.fetch(
    new Request(url, { method, headers, signal: gone.signal, ...(method === 'GET' || method === 'HEAD' ? {} : { body }) }),
  );
  response.writeHead(reply.status, { ...Object.fromEntries(reply.headers), ...HEADERS });
  if (reply.body === null) response.end();
  else await pipeline(Readable.fromWeb(reply.body), response);
}

/** False for a page of another site: browsers say where a request comes from, programs say nothing. */
function comesFromHere(request: IncomingMessage): boolean {
  const { origin } = request.headers;
  if (origin === undefined) return true;
  if (!URL.canParse(origin)) return false;
  const { hostname } = new URL(origin);
  return isLoopback(hostname) || hostname === hostOf(request);
}

function send(
  response: ServerResponse,
  status: number,
  code: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { ...HEADERS, ...headers, 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify({ jsonrpc: '2.0', id: null, error: { code: -32_000, message, data: { code } } }));
}

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { ResponseOf, RouteKey } from '@acme/contracts';
import type { Logger } from '@acme/logger';

export class HttpError extends Error {
  readonly status: number;

  constructor(status: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'HttpError';
    this.status = status;
  }
}

export interface Reply<T> {
  readonly status: number;
  readonly body: T;
}

/** `params` are the values in the path, in order. */
export type Handler<Key extends RouteKey> = (request: IncomingMessage, ...params: string[]) => Promise<Reply<ResponseOf<Key>>>;

/** The operations that a service answers. */
export type Handlers = { readonly [Key in RouteKey]?: Handler<Key> };

interface CompiledRoute {
  readonly method: string;
  readonly pattern: RegExp;
  readonly handle: (request: IncomingMessage, ...params: string[]) => Promise<Reply<unknown>>;
}

function compile(handlers: Handlers): CompiledRoute[] {
  return Object.entries(handlers).map(([key, handle]) => {
    const [method = '', path = ''] = key.split(' ');
    return { method, pattern: new RegExp(`^${path.replaceAll(/\{\w+\}/g, '([^/]+)')}$`), handle };
  });
}

/** A server for the given operations; everything else is 404. Errors become JSON with a `message`. */
export function createHttpServer(handlers: Handlers, logger: Logger): Server {
  const routes = compile(handlers);
  return createServer((request, response) => {
    void answer(routes, request)
      .catch((error: unknown) => failure(error, logger))
      .then((reply) => send(response, reply));
  });
}

async function answer(routes: readonly CompiledRoute[], request: IncomingMessage): Promise<Reply<unknown>> {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  for (const { method, pattern, handle } of routes) {
    const match = method === request.method ? pattern.exec(pathname) : null;
    if (match) return handle(request, ...match.slice(1).map(decodeURIComponent));
  }
  throw new HttpError(404, `Nothing answers ${request.method} ${pathname}.`);
}

function failure(error: unknown, logger: Logger): Reply<{ message: string }> {
  if (error instanceof HttpError) return { status: error.status, body: { message: error.message } };
  logger.error('request failed', { error: String(error) });
  return { status: 500, body: { message: 'Something went wrong.' } };
}

function send(response: ServerResponse, { status, body }: Reply<unknown>): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

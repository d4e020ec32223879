import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isIPv4 } from 'node:net';
import { HeaderMap, type ApolloServer } from '@apollo/server';
import { PlatformError } from '../../graph/errors.ts';
import type { ApiContext } from './context.ts';
import { failedResponse, type ErrorBoundary } from './errors.ts';
import { LIMITS } from './limits.ts';

export interface HttpDoor {
  readonly apollo: ApolloServer<ApiContext>;
  readonly errors: ErrorBoundary;
  /** Bearer token; absent = requests have to be addressed to loopback. */
  readonly token: string | undefined;
  readonly requestMilliseconds: number;
  createContext(signal: AbortSignal): ApiContext;
}

const PATHS: ReadonlySet<string> = new Set(['/', '/graphql']);

const HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
  'x-content-type-options': 'nosniff',
};

/** Takes a request as far as Apollo: token, address, size, time. Answers every request and never throws. */
export function createHttpHandler(door: HttpDoor): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => void respond(door, request, response);
}

async function respond(door: HttpDoor, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  let reply: Reply;
  try {
    reply = await answer(door, request, gone.signal);
  } catch (error) {
    if (response.destroyed) return; // nobody is there to read it
    reply = { ...failedResponse(door.errors.publish(error)), headers: JSON_HEADERS };
  }
  response.writeHead(reply.status, { ...HEADERS, ...reply.headers });
  response.end(reply.body);
}

interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const JSON_HEADERS = { 'content-type': 'application/json; charset=utf-8' };

const refuse = (status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}): Reply => ({
  status,
  headers: { ...JSON_HEADERS, ...headers },
  body: JSON.stringify({ errors: [{ message, extensions: { code } }] }),
});

async function answer(door: HttpDoor, request: IncomingMessage, gone: AbortSignal): Promise<Reply> {
  if (door.token !== undefined) {
    if (!carries(request, door.token)) {
      return refuse(401, 'UNAUTHENTICATED', 'Send the header "Authorization: Bearer <token>" with the token of this server.', {
        'www-authenticate': 'Bearer',
      });
    }
  } else if (!isLoopback(hostOf(request))) {
    // A page whose name was rebound to 127.0.0.1 counts as same-origin for a browser; the name gives it away.
    return refuse(403, 'FORBIDDEN', 'Without a token this server answers to localhost only.');
  }
  const [, path = '', search = ''] = /^([^?]*)(.*)$/s.exec(request.url ?? '/') ?? [];
  if (!PATHS.has(path)) return refuse(404, 'NOT_FOUND', 'Send GraphQL requests to /graphql.');

  const body = await readJson(request);
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  const limit = timeLimit(door.requestMilliseconds);
  try {
    const context = door.createContext(AbortSignal.any([gone, limit.signal]));
    const {
      status,
      headers: sent,
      body: result,
    } = await Promise.race([
      limit.exceeded,
      door.apollo.executeHTTPGraphQLRequest({
        httpGraphQLRequest: { method: request.method ?? 'GET', headers, search, body },
        context: () => Promise.resolve(context),
      }),
    ]);
    if (result.kind === 'chunked') throw new PlatformError('INTERNAL', 'The schema has no @defer, so no answer comes in parts.');
    return { status: status ?? 200, headers: Object.fromEntries(sent), body: result.string };
  } finally {
    limit.clear();
  }
}

/** The body of a request that says it is JSON. Others are left to Apollo, which refuses them (CSRF prevention). */
async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= LIMITS.bodyBytes) chunks.push(chunk); // the rest is read, not kept: the client has to see the answer
  }
  if (bytes > LIMITS.bodyBytes) {
    throw new PlatformError('LIMIT_EXCEEDED', `The request has ${bytes} bytes; at most ${LIMITS.bodyBytes} are allowed.`, {
      details: { limit: 'bodyBytes', allowed: LIMITS.bodyBytes, found: bytes },
    });
  }
  if (bytes === 0 || !/^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(request.headers['content-type'] ?? '')) return undefined;
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch (cause) {
    throw new PlatformError('BAD_INPUT', 'The body is not JSON. Send {"query": "…", "variables": {…}}.', { cause });
  }
}

function timeLimit(milliseconds: number): { readonly signal: AbortSignal; readonly exceeded: Promise<never>; clear(): void } {
  const controller = new AbortController();
  const { promise, reject } = withResolvers();
  const timer = setTimeout(() => {
    controller.abort();
    reject(
      new PlatformError('LIMIT_EXCEEDED', `The request took more than ${milliseconds} ms and was given up. Ask for less.`, {
        details: { limit: 'requestMilliseconds', allowed: milliseconds },
      }),
    );
  }, milliseconds);
  return { signal: controller.signal, exceeded: promise, clear: () => clearTimeout(timer) };
}

function withResolvers(): { readonly promise: Promise<never>; readonly reject: (error: Error) => void } {
  let reject!: (error: Error) => void;
  const promise = new Promise<never>((_, rejects) => (reject = rejects));
  return { promise, reject };
}

/** Digests have one length, so the comparison tells nothing about the token, not even how long it is. */
function carries(request: IncomingMessage, token: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  const given = /^Bearer +(?<token>.+)$/i.exec(request.headers.authorization ?? '')?.groups?.['token'];
  return timingSafeEqual(digest(given ?? ''), digest(token));
}

function hostOf(request: IncomingMessage): string {
  const { host = '' } = request.headers;
  return URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : host;
}

/** True for names and addresses that only this machine can reach. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || host === '[::1]' || (isIPv4(host) && host.startsWith('127.'));

import type { IncomingMessage, ServerResponse } from 'node:http';
import { HeaderMap, type ApolloServer } from '@apollo/server';
import { PlatformError } from '../../graph/errors.ts';
import { holderOf, refuse, type TokenHolder } from '../serving/access.ts';
import { readBody } from '../serving/read-body.ts';
import { timeLimit } from '../serving/time-limit.ts';
import type { Actor } from '../specs/approvals/decide.ts';
import type { ApiContext } from './context.ts';
import { failedResponse, type ErrorBoundary } from './errors.ts';
import { LIMITS } from './limits.ts';

export interface HttpDoor {
  readonly apollo: ApolloServer<ApiContext>;
  readonly errors: ErrorBoundary;
  /** Bearer token; absent = requests have to be addressed to loopback. */
  readonly token: string | undefined;
  /** Tokens that stand for somebody. */
  readonly people: readonly TokenHolder[];
  readonly requestMilliseconds: number;
  createContext(signal: AbortSignal, actor: Actor | undefined): ApiContext;
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

const refusal = (status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}): Reply => ({
  status,
  headers: { ...JSON_HEADERS, ...headers },
  body: JSON.stringify({ errors: [{ message, extensions: { code } }] }),
});

async function answer(door: HttpDoor, request: IncomingMessage, gone: AbortSignal): Promise<Reply> {
  const refused = refuse(request, door.token, door.people);
  if (refused) return refusal(refused.status, refused.code, refused.message, refused.headers);
  const [, path = '', search = ''] = /^([^?]*)(.*)$/s.exec(request.url ?? '/') ?? [];
  if (!PATHS.has(path)) return refusal(404, 'NOT_FOUND', 'Send GraphQL requests to /graphql.');

  const body = await readJson(request);
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  const limit = timeLimit(door.requestMilliseconds);
  try {
    const context = door.createContext(AbortSignal.any([gone, limit.signal]), actorOf(holderOf(request, door.people)));
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

/** The token itself goes no further. */
const actorOf = (holder: TokenHolder | undefined): Actor | undefined =>
  holder && { name: holder.name, email: holder.email, kind: holder.kind };

/** The body of a request that says it is JSON. Others are left to Apollo, which refuses them (CSRF prevention). */
async function readJson(request: IncomingMessage): Promise<unknown> {
  const body = await readBody(request, LIMITS.bodyBytes);
  if (body.length === 0 || !/^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(request.headers['content-type'] ?? '')) return undefined;
  try {
    return JSON.parse(body.toString('utf8'));
  } catch (cause) {
    throw new PlatformError('BAD_INPUT', 'The body is not JSON. Send {"query": "…", "variables": {…}}.', { cause });
  }
}

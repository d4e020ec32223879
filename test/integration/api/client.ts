import { afterEach } from 'vitest';
import { startApi, type ApiOptions, type RunningApi } from '../../../src/api/server.ts';
import type { System } from '../../../src/system.ts';

export interface GraphQLError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: { readonly code: string; readonly details?: Record<string, unknown>; readonly stacktrace?: unknown };
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Empty when the answer has none; tests name the fields that they asked for. */
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly data: any;
  readonly errors: readonly GraphQLError[];
}

export interface Client {
  readonly url: string;
  /** What the server's operator gets to read, errors only. */
  readonly logged: readonly string[];
  ask(query: string, variables?: Record<string, unknown>, headers?: Record<string, string>): Promise<Reply>;
  send(init: RequestInit, at?: string): Promise<Reply>;
  close(): Promise<void>;
}

const running: RunningApi[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((api) => api.close()));
});

/** Serves a system at a free port until the test ends. */
export async function serve(system: System, options: ApiOptions = {}): Promise<Client> {
  const logged: string[] = [];
  const log = { debug: () => {}, info: () => {}, warn: () => {}, error: (message: string) => void logged.push(message) };
  const api = await startApi(system, { port: 0, log, ...options });
  running.push(api);
  const send: Client['send'] = async (init, at = '') => {
    const response = await fetch(new URL(at, api.url), init);
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') === true;
    const { data = {}, errors = [] } = (isJson ? JSON.parse(text) : {}) as Partial<Reply>;
    return { status: response.status, headers: response.headers, text, data, errors };
  };
  return {
    url: api.url,
    logged,
    close: () => api.close(),
    send,
    ask: (query, variables = {}, headers = {}) =>
      send({ method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify({ query, variables }) }),
  };
}

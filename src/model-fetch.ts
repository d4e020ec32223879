import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../graph/errors.ts';
import { ModelFailure, type FailureReason } from './model-failure.ts';

/** How to talk to an OpenAI-compatible endpoint. */
export interface Endpoint {
  readonly key?: string | undefined;
  /** Seconds for one request, until the last byte of its answer. */
  readonly timeout: number;
  /** Times that a request is sent again when waiting may help. */
  readonly retries: number;
  /** Most requests to start in a minute. */
  readonly perMinute?: number | undefined;
}

/** Milliseconds to wait; tests are less patient. */
export interface Patience {
  /** Before the first retry; doubled for each one after. */
  readonly first: number;
  /** A wait longer than this is not worth it, even if the endpoint asks for it: the request fails. */
  readonly longest: number;
}

export const PATIENCE: Patience = { first: 500, longest: 60_000 };

/** Stands in where a client refuses to be made without a key. It is never sent. */
export const NO_KEY = 'no-key';

/** Time-outs are ours, by request; this is the most that a timer takes, for clients that insist on one of their own. */
export const NO_TIMEOUT = 2 ** 31 - 1;

/** The only headers of the client that are sent: it takes others (and another authorization) from the environment. */
const HEADERS = ['accept', 'content-type', 'user-agent'];

const LONGEST_DETAIL = 300;

type Attempt = { readonly body: string } | NoAnswer;

interface NoAnswer {
  readonly reason: FailureReason;
  readonly detail: string;
  readonly status?: number;
  /** Milliseconds that the endpoint wants us to wait. */
  readonly wait?: number;
}

/**
 * A `fetch` to give to clients of models, so that all of them have the same manners: the key is sent and nothing that the
 * environment holds; a request has a time limit that includes reading the answer; 408, 429, 5xx, broken connections,
 * time-outs and answers that are not JSON are tried again, after an exponential wait or what `Retry-After` says, for all
 * requests alike; requests are spaced where a rate is set. Answers with JSON, or throws {@link ModelFailure}.
 */
export function createModelFetch({ key, timeout, retries, perMinute }: Endpoint, patience: Patience = PATIENCE): typeof fetch {
  const spacing = perMinute === undefined ? 0 : 60_000 / perMinute;
  let nextStart = 0;

  /** Waits until it is this request's turn. */
  async function turn(signal: AbortSignal | null | undefined): Promise<void> {
    const now = performance.now();
    const start = Math.max(now, nextStart);
    nextStart = start + spacing;
    if (start > now) await sleep(start - now, undefined, signal ? { signal } : {});
  }

  return async (url, init = {}) => {
    const { signal } = init;
    for (let attempts = 1; ; attempts++) {
      await turn(signal);
      const attempt = await request(url, { ...init, headers: headersOf(init.headers, key), redirect: 'manual' }, timeout * 1000);
      if ('body' in attempt) return new Response(attempt.body, { headers: { 'content-type': 'application/json' } });
      const { reason, detail, status, wait = patience.first * 2 ** (attempts - 1) } = attempt;
      const isHopeless = reason === 'rejected' || reason === 'quota';
      if (isHopeless || attempts > retries || wait > patience.longest) {
        const told = withoutKey(detail, key).slice(0, LONGEST_DETAIL);
        throw new ModelFailure({ reason, detail: told, attempts, ...(status === undefined ? {} : { status }) });
      }
      if (attempt.wait !== undefined) nextStart = Math.max(nextStart, performance.now() + wait);
      else await sleep(wait, undefined, signal ? { signal } : {});
    }
  };
}

/** Sends once. Throws only when the caller's signal fires. */
async function request(url: string | URL | Request, init: RequestInit, milliseconds: number): Promise<Attempt> {
  const { signal } = init;
  signal?.throwIfAborted();
  const stop = new AbortController();
  const abort = (): void => stop.abort();
  signal?.addEventListener('abort', abort, { once: true });
  const timer = setTimeout(abort, milliseconds);
  try {
    const response = await fetch(url, { ...init, signal: stop.signal });
    const body = await response.text();
    if (response.ok) return isJson(body) ? { body } : { reason: 'malformed', detail: 'its answer is not JSON', status: response.status };
    return refusal(response, body);
  } catch (error) {
    signal?.throwIfAborted();
    if (stop.signal.aborted) return { reason: 'timeout', detail: `no answer within ${milliseconds / 1000} s` };
    return { reason: 'unreachable', detail: networkError(error) };
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  }
}

function refusal({ status, headers }: Response, body: string): NoAnswer {
  const { message, code } = errorIn(body);
  const wait = waitAsked(headers);
  return {
    reason: reasonOf(status, code),
    detail: `HTTP ${status}${message === '' ? '' : `: ${message}`}`,
    status,
    ...(wait === undefined ? {} : { wait }),
  };
}

function reasonOf(status: number, code: unknown): FailureReason {
  if (status === 429) return code === 'insufficient_quota' ? 'quota' : 'rate-limited';
  if (status === 408) return 'timeout';
  return status >= 500 ? 'server-error' : 'rejected';
}

/** `{error: {message, code}}`, or what servers make of it: `{error: 'text'}`, `{message: 'text'}`, or text. */
function errorIn(body: string): { readonly message: string; readonly code?: unknown } {
  if (!isJson(body)) return { message: body.startsWith('<') ? '' : body.trim() };
  const answer: unknown = JSON.parse(body);
  const error = isRecord(answer) && 'error' in answer ? answer['error'] : answer;
  if (typeof error === 'string') return { message: error };
  if (!isRecord(error)) return { message: '' };
  return { message: typeof error['message'] === 'string' ? error['message'] : '', code: error['code'] };
}

function waitAsked(headers: Headers): number | undefined {
  const exact = Number.parseFloat(headers.get('retry-after-ms') ?? '');
  if (exact >= 0) return exact;
  const after = headers.get('retry-after') ?? '';
  const seconds = /^\s*\d+(\.\d+)?\s*$/.test(after) ? Number(after) * 1000 : Date.parse(after) - Date.now();
  return Number.isNaN(seconds) ? undefined : Math.max(0, seconds);
}

function headersOf(given: RequestInit['headers'], key: string | undefined): Headers {
  const all = new Headers(given);
  const headers = new Headers(HEADERS.flatMap((name) => (all.has(name) ? [[name, all.get(name) ?? ''] as [string, string]] : [])));
  if (key !== undefined) headers.set('authorization', `Bearer ${key}`);
  return headers;
}

/** `fetch` says "fetch failed", and why in the cause. */
const networkError = (error: unknown): string =>
  error instanceof Error && error.cause instanceof Error ? error.cause.message || error.message : messageOf(error);

/** Some endpoints repeat the key that they refuse. */
const withoutKey = (text: string, key: string | undefined): string => (key === undefined ? text : text.replaceAll(key, '[key]'));

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

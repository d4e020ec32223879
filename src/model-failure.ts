import { PlatformError, messageOf } from '../graph/errors.ts';

/** Why an endpoint gave no answer. */
export type FailureReason =
  | 'rate-limited' // 429: asked too often; waiting helps
  | 'quota' // 429: nothing left to spend; waiting does not help
  | 'rejected' // another 4xx, or a redirect: the request or the settings are wrong
  | 'server-error' // 5xx
  | 'timeout' // no whole answer in time
  | 'unreachable' // no connection, or one that broke
  | 'malformed'; // an answer that is not JSON

const NEXT: Readonly<Record<FailureReason, string>> = {
  'rate-limited': 'Try again later, or set perMinute to what the endpoint allows.',
  quota: 'Top up the account, or configure another model.',
  rejected: 'Check the url, model and key that are configured.',
  'server-error': 'Try again later.',
  timeout: 'Try again later, or raise timeout.',
  unreachable: 'Check the url, and that the server runs.',
  malformed: 'Check that the url is that of an OpenAI-compatible API.',
};

interface Failed {
  readonly reason: FailureReason;
  readonly status?: number;
  /** What the endpoint or the network said, without the key. */
  readonly detail: string;
  /** Requests made. */
  readonly attempts: number;
}

/**
 * What {@link createModelFetch} throws. Clients wrap it, and judge errors by their text and cause (the `openai` client takes
 * whatever says "timed out" for a time-out of its own, and drops it): so the facts are in `failed` only.
 */
export class ModelFailure extends Error {
  readonly failed: Failed;

  constructor(failed: Failed) {
    super('The model gave no answer.');
    this.name = 'ModelFailure';
    this.failed = failed;
  }
}

/**
 * The error to throw for what a client of a model has thrown. `who` names model and endpoint.
 * `details`: `reason` ({@link FailureReason}), `attempts` and, where there was one, the HTTP `status`.
 */
export function modelError(code: 'EMBEDDER_FAILED' | 'CHAT_FAILED', who: string, thrown: unknown, signal?: AbortSignal): PlatformError {
  if (thrown instanceof PlatformError) return thrown;
  if (signal?.aborted) return new PlatformError('ABORTED', `Interrupted while asking ${who}.`, { cause: signal.reason });
  const failure = failureBehind(thrown);
  if (failure === undefined) {
    return new PlatformError(code, `${who} failed: ${messageOf(thrown)}`, { details: { reason: 'malformed' }, cause: thrown });
  }
  const { reason, status, detail, attempts } = failure.failed;
  const tries = attempts === 1 ? '' : ` (${attempts} attempts)`;
  const details = { reason, attempts, ...(status === undefined ? {} : { status }) };
  return new PlatformError(code, `${who} failed: ${detail}${tries}. ${NEXT[reason]}`, { details, cause: failure });
}

function failureBehind(thrown: unknown): ModelFailure | undefined {
  for (let error = thrown; error instanceof Error; error = error.cause) if (error instanceof ModelFailure) return error;
  return undefined;
}

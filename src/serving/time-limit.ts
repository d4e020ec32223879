import { PlatformError } from '../../graph/errors.ts';

export interface TimeLimit {
  /** Fires when the time is over. */
  readonly signal: AbortSignal;
  /** Fails with `LIMIT_EXCEEDED` when the time is over. */
  readonly exceeded: Promise<never>;
  clear(): void;
}

export function timeLimit(milliseconds: number): TimeLimit {
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

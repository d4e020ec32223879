import { PlatformError, type ErrorCode } from '../../graph/errors.ts';
import type { Log } from '../log.ts';

interface Treatment {
  /** HTTP status when the request fails as a whole; errors of single fields leave it at 200. */
  readonly status: number;
  /** What clients read instead of the error's own message and details. */
  readonly public?: string;
}

/** How each code leaves a server. */
export const TREATMENTS: Readonly<Record<ErrorCode, Treatment>> = {
  BAD_INPUT: { status: 400 },
  TARGET_NOT_FOUND: { status: 404 },
  TARGET_AMBIGUOUS: { status: 409 },
  STORE_NOT_FOUND: { status: 503 },
  STORE_UNREACHABLE: { status: 503 },
  STORE_BUSY: { status: 503 },
  STORE_SCHEMA: { status: 503 },
  STORE_FAILED: { status: 500, public: 'The store refused a statement. The cause is in the log of the server.' },
  SOURCE_NOT_FOUND: { status: 404 },
  GIT_FAILED: { status: 422 },
  EMBEDDER_FAILED: { status: 502 },
  CHAT_FAILED: { status: 502 },
  APPROVAL_REFUSED: { status: 409 },
  LIMIT_EXCEEDED: { status: 400 },
  ABORTED: { status: 503 },
  INTERNAL: { status: 500, public: 'This is a bug of specgraph. The cause is in the log of the server.' },
};

/** What a client may know of an error. */
export interface PublicError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** Turns what was thrown into what clients may know of it. What is kept from them is logged, each error once. */
export function createPublisher(log: Pick<Log, 'error'>): (thrown: unknown) => PublicError {
  const logged = new WeakSet<Error>();
  const record = (error: Error): void => {
    if (logged.has(error)) return;
    logged.add(error);
    log.error(error.message, { stack: error.stack, ...(error.cause instanceof Error ? { cause: error.cause.stack } : {}) });
  };
  return (thrown) => {
    const error = thrown instanceof Error ? thrown : new Error(`Thrown: ${String(thrown)}`);
    const code = error instanceof PlatformError ? error.code : 'INTERNAL';
    const instead = TREATMENTS[code].public;
    if (instead !== undefined) {
      record(error);
      return { code, message: instead, details: {} };
    }
    return { code, message: error.message, details: error instanceof PlatformError ? plain(error.details) : {} };
  };
}

/** Details as they can be sent; none when they cannot. */
function plain(details: Readonly<Record<string, unknown>>): PublicError['details'] {
  try {
    return JSON.parse(JSON.stringify(details)) as PublicError['details'];
  } catch {
    return {};
  }
}

/** What went wrong, as a stable string a program can switch on. `docs/reference/errors.md` has one anchor for each. */
export type ErrorCode =
  | 'BAD_INPUT' // an argument, option, environment variable or file does not have the expected form
  | 'TARGET_NOT_FOUND' // no node answers to that name
  | 'TARGET_AMBIGUOUS' // several nodes answer to that name; `details.candidates` lists them
  | 'STORE_NOT_FOUND' // there is no graph at that location
  | 'STORE_UNREACHABLE' // the database does not answer
  | 'STORE_BUSY' // another writer published first; run the same command again
  | 'STORE_SCHEMA' // the store was written by another schema version and must be rebuilt
  | 'STORE_FAILED' // the database refused a statement that should have worked
  | 'SOURCE_NOT_FOUND' // the path to ingest does not exist or cannot be read
  | 'GIT_FAILED' // git is missing, or the revision is unknown
  | 'EMBEDDER_FAILED' // the embedding model cannot be reached, or what it answers is no vectors
  | 'CHAT_FAILED' // the chat model cannot be reached, refuses, or what it answers is not what was asked for
  | 'APPROVAL_REFUSED' // a spec may not be approved: by this person, in this state, or under this version; or people decide here, not programs
  | 'LIMIT_EXCEEDED' // the question is larger than the configured limits
  | 'ABORTED' // interrupted by the caller; nothing was published
  | 'INTERNAL'; // our bug

/**
 * The only error type that crosses a module boundary on purpose. The message names the thing, the cause and the next
 * step; `details` holds what a program needs to react (candidates, offending path, limits).
 */
export class PlatformError extends Error {
  readonly code: ErrorCode;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    code: ErrorCode,
    message: string,
    options: { readonly details?: Readonly<Record<string, unknown>>; readonly cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'PlatformError';
    this.code = code;
    this.details = options.details ?? {};
  }
}

/** Throws `ABORTED` when the signal has fired. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new PlatformError('ABORTED', 'Interrupted; nothing was published.', { cause: signal.reason });
}

/** What is to be told of something thrown. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

import { ApolloServerErrorCode } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { PlatformError, type ErrorCode } from '../../graph/errors.ts';
import type { Log } from '../log.ts';

interface Treatment {
  /** HTTP status when the request fails as a whole; errors of single fields leave it at 200. */
  readonly status: number;
  /** What clients read instead of the error's own message and details. */
  readonly public?: string;
}

/** How each code leaves the server. */
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

/** Errors as clients see them. What is kept from them is logged, each error once. */
export interface ErrorBoundary {
  publish(error: unknown): PublicError;
  /** For Apollo. Never throws. */
  format(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError;
}

/** Codes that graphql-js and Apollo give to requests that never reach a resolver; their messages quote the request only. */
const PROTOCOL_CODES: ReadonlySet<unknown> = new Set(
  Object.values(ApolloServerErrorCode).filter((code) => code !== ApolloServerErrorCode.INTERNAL_SERVER_ERROR),
);

export function createErrorBoundary(log: Pick<Log, 'error'>): ErrorBoundary {
  const logged = new WeakSet<Error>();
  const record = (error: Error): void => {
    if (logged.has(error)) return;
    logged.add(error);
    log.error(error.message, { stack: error.stack, ...(error.cause instanceof Error ? { cause: error.cause.stack } : {}) });
  };
  const publish = (thrown: unknown): PublicError => {
    const error = thrown instanceof Error ? thrown : new Error(`Thrown: ${String(thrown)}`);
    const code = error instanceof PlatformError ? error.code : 'INTERNAL';
    const instead = TREATMENTS[code].public;
    if (instead !== undefined) {
      record(error);
      return { code, message: instead, details: {} };
    }
    return { code, message: error.message, details: error instanceof PlatformError ? plain(error.details) : {} };
  };
  return {
    publish,
    format(formatted, thrown) {
      try {
        if (PROTOCOL_CODES.has(formatted.extensions?.['code'])) return formatted;
        const { code, message, details } = publish(thrown instanceof GraphQLError ? (thrown.originalError ?? thrown) : thrown);
        const { locations, path } = formatted;
        return { message, ...(locations && { locations }), ...(path && { path }), extensions: { code, details } };
      } catch {
        return { message: TREATMENTS.INTERNAL.public!, extensions: { code: 'INTERNAL', details: {} } };
      }
    },
  };
}

/** The error with which a request is refused before anything is executed. */
export const refusal = (error: PlatformError): GraphQLError =>
  new GraphQLError(error.message, { originalError: error, extensions: { http: { status: TREATMENTS[error.code].status } } });

/** The HTTP response to a request that never became a GraphQL request. */
export const failedResponse = ({ code, message, details }: PublicError): { readonly status: number; readonly body: string } => ({
  status: TREATMENTS[code].status,
  body: JSON.stringify({ errors: [{ message, extensions: { code, details } }] }),
});

/** Details as they can be sent; none when they cannot. */
function plain(details: Readonly<Record<string, unknown>>): PublicError['details'] {
  try {
    return JSON.parse(JSON.stringify(details)) as PublicError['details'];
  } catch {
    return {};
  }
}

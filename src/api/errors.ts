import { ApolloServerErrorCode } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { PlatformError } from '../../graph/errors.ts';
import type { Log } from '../log.ts';
import { createPublisher, TREATMENTS, type PublicError } from '../serving/public-error.ts';

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
  const publish = createPublisher(log);
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

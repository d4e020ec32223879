import { createServer } from 'node:http';
import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { ApolloServerPluginDrainHttpServer } from '@apollo/server/plugin/drainHttpServer';
import { PlatformError, throwIfAborted } from '../../graph/errors.ts';
import { createRuns } from '../agent/runs.ts';
import type { Log } from '../log.ts';
import { createBackgroundEmbedding } from '../retrieval/background-embedding.ts';
import { checkAddress, isLoopback, type TokenHolder } from '../serving/access.ts';
import { listen } from '../serving/listen.ts';
import type { System } from '../system.ts';
import type { ApiContext } from './context.ts';
import { createErrorBoundary, refusal } from './errors.ts';
import { createHttpHandler } from './http.ts';
import { createJobs } from './jobs.ts';
import { LANDING_PAGE } from './landing-page.ts';
import { checkOperation, LIMITS } from './limits.ts';
import { createLoaders } from './loaders.ts';
import { openRoots } from '../serving/roots.ts';
import { loadSchema } from './schema.ts';

export interface ApiOptions {
  /** Address to listen on; default 127.0.0.1. Other than loopback needs a token. */
  readonly host?: string | undefined;
  /** 0 = any free port; default 4000. */
  readonly port?: number | undefined;
  /** Bearer token that requests must carry. */
  readonly token?: string | undefined;
  /** Tokens that stand for somebody who may decide about specs. */
  readonly people?: readonly TokenHolder[] | undefined;
  /** Folders that may be ingested and compared, with what they contain; default: the current directory. */
  readonly roots?: readonly [string, ...string[]] | undefined;
  readonly log?: Log | undefined;
  /** Milliseconds until a request is given up; default 30,000. */
  readonly requestMilliseconds?: number | undefined;
}

export interface RunningApi {
  /** Where to send requests. */
  readonly url: string;
  /** Stops listening, lets running requests finish for two seconds, interrupts ingests. */
  close(): Promise<void>;
}

/** Part of a request's time after which it is told that work goes on. */
const PATIENCE = 0.6;

const SILENT: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/**
 * Serves a system over GraphQL until closed; the system stays open. Throws `BAD_INPUT` for an address that is not
 * loopback without a token, and for a port that cannot be had.
 */
export async function startApi(system: System, options: ApiOptions = {}): Promise<RunningApi> {
  const {
    host = '127.0.0.1',
    port = 4000,
    token,
    people = [],
    roots = ['.'],
    log = SILENT,
    requestMilliseconds = LIMITS.requestMilliseconds,
  } = options;
  checkAddress(host, token);
  const errors = createErrorBoundary(log);
  const allowed = await openRoots(roots);
  const embedding = createBackgroundEmbedding(system, (error) =>
    log.warn('Search goes by words alone where vectors are missing.', { error: errors.publish(error) }),
  );
  const jobs = createJobs(system, errors.publish, () => embedding.request());
  const runs = createRuns({
    most: LIMITS.runningThreads,
    patience: requestMilliseconds * PATIENCE,
    onLateFailure: (thread, error) => {
      const [folder, , id] = thread.split('\0'); // as threads.ts names them
      log.warn('Work on a thread failed after its request was answered.', { thread: id, folder, error: errors.publish(error) });
    },
  });
  const server = createServer({ requestTimeout: requestMilliseconds });
  const apollo = new ApolloServer<ApiContext>({
    schema: loadSchema(),
    plugins: [
      guardOperations,
      showLandingPage,
      ApolloServerPluginDrainHttpServer({ httpServer: server, stopGracePeriodMillis: 2_000 }),
      ApolloServerPluginUsageReportingDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
    ],
    formatError: errors.format,
    includeStacktraceInErrorResponses: false,
    csrfPrevention: true,
    introspection: isLoopback(host),
    persistedQueries: false,
    parseOptions: { maxTokens: LIMITS.tokens },
    stopOnTerminationSignals: false,
    logger: log,
  });
  await apollo.start();
  server.on(
    'request',
    createHttpHandler({
      apollo,
      errors,
      token,
      people,
      requestMilliseconds,
      createContext: (signal, actor) => ({
        system,
        jobs,
        runs,
        roots: allowed,
        loaders: createLoaders(system),
        actor,
        signal,
        publish: errors.publish,
      }),
    }),
  );
  const origin = await listen(server, host, port).catch(async (error: unknown) => {
    await apollo.stop();
    throw error;
  });
  return {
    url: `${origin}/graphql`,
    async close() {
      await Promise.all([apollo.stop(), jobs.close(), runs.close()]);
      await embedding.close();
    },
  };
}

/** Refuses operations that ask for too much, and stops resolving when nobody waits for the answer any more. */
const guardOperations: ApolloServerPlugin<ApiContext> = {
  requestDidStart: async () => ({
    didResolveOperation: async ({ schema, document, operation, request }) => {
      try {
        if (operation) checkOperation(schema, document, operation, request.variables ?? {});
      } catch (error) {
        throw error instanceof PlatformError ? refusal(error) : error;
      }
    },
    executionDidStart: async () => ({
      willResolveField: ({ contextValue }) => throwIfAborted(contextValue.signal),
    }),
  }),
};

const showLandingPage: ApolloServerPlugin = {
  serverWillStart: async () => ({ renderLandingPage: async () => ({ html: LANDING_PAGE }) }),
};

import neo4j, { Neo4jError, type ManagedTransaction, type Session } from 'neo4j-driver';
import { PlatformError } from '../../errors.ts';
import type { StoreOptions } from '../store.ts';

/** One row of an answer, by the names of the statement's RETURN. Integers arrive as numbers. */
export type Row = Readonly<Record<string, unknown>>;

export interface Transaction {
  run(statement: string, parameters?: Row): Promise<readonly Row[]>;
}

/** A lock held by an open transaction: the server frees it when this process ends, however it ends. */
export interface Lock {
  release(): Promise<void>;
}

/** One database on one server. Transactions are retried when the server calls the failure transient. */
export interface Connection {
  /** Without credentials. */
  readonly location: string;
  read<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>;
  write<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>;
  /** One statement in a transaction of its own; schema changes cannot share one. */
  execute(statement: string, parameters?: Row): Promise<void>;
  /** Runs a statement and keeps its transaction, with its locks, open; undefined when another transaction holds them. */
  lock(statement: string): Promise<Lock | undefined>;
  close(): Promise<void>;
}

/** How long to wait for a lock before it counts as held. A killed process's locks are freed within milliseconds. */
const LOCK_WAIT_MILLISECONDS = 1500;
const CONNECT_MILLISECONDS = 10_000;
const RETRY_MILLISECONDS = 15_000;

/** Integer for a parameter: a plain number would be stored as a float. */
export const int = (value: number): unknown => neo4j.int(value);

/** Connects to a Bolt URL. Credentials in the URL count when `options` has none. Throws `STORE_UNREACHABLE`, `STORE_NOT_FOUND`. */
export async function connect(url: string, options: StoreOptions): Promise<Connection> {
  const { location, credentials = options.credentials } = splitCredentials(url, options);
  const auth = credentials && neo4j.auth.basic(credentials.user, credentials.password);
  const driver = openDriver(location, auth);
  // Shared by all sessions, so that each reads what any of them wrote, whichever cluster member answers.
  const bookmarkManager = neo4j.bookmarkManager();
  const database = options.database === undefined ? {} : { database: options.database };
  const session = (): Session => driver.session({ ...database, bookmarkManager });
  const inSession = async <T>(work: (session: Session) => Promise<T>): Promise<T> => {
    const opened = session();
    try {
      return await work(opened);
    } catch (error) {
      throw toPlatformError(error, location);
    } finally {
      await opened.close();
    }
  };
  try {
    await driver.verifyConnectivity(database);
  } catch (error) {
    await driver.close();
    throw toPlatformError(error, location);
  }
  return {
    location,
    read: (work) => inSession((opened) => opened.executeRead((transaction) => work(transactionOf(transaction)))),
    write: (work) => inSession((opened) => opened.executeWrite((transaction) => work(transactionOf(transaction)))),
    execute: (statement, parameters) => inSession(async (opened) => void (await opened.run(statement, parameters))),
    lock: async (statement) => {
      const opened = session();
      const transaction = opened.beginTransaction();
      const locked = transaction.run(statement).then(() => true as const);
      const result = await Promise.race([locked, timeout(LOCK_WAIT_MILLISECONDS)]).catch((error: unknown) => {
        throw toPlatformError(error, location);
      });
      if (result === undefined) {
        locked.catch(() => undefined);
        await opened.close();
        return undefined;
      }
      // Closing the session rolls the transaction back.
      return { release: () => opened.close() };
    },
    close: () => driver.close(),
  };
}

function openDriver(location: string, auth: ReturnType<typeof neo4j.auth.basic> | undefined): ReturnType<typeof neo4j.driver> {
  try {
    return neo4j.driver(location, auth, {
      disableLosslessIntegers: true,
      connectionTimeout: CONNECT_MILLISECONDS,
      connectionAcquisitionTimeout: 2 * CONNECT_MILLISECONDS,
      maxTransactionRetryTime: RETRY_MILLISECONDS,
      userAgent: 'specgraph',
    });
  } catch (error) {
    throw new PlatformError('BAD_INPUT', `${location} is not a Bolt URL. Write bolt://HOST:7687 or neo4j://HOST:7687.`, { cause: error });
  }
}

function splitCredentials(url: string, options: StoreOptions): Pick<StoreOptions, 'credentials'> & { readonly location: string } {
  const match = /^(?<scheme>[a-z0-9+]+:\/\/)(?:(?<user>[^:@/]*)(?::(?<password>[^@/]*))?@)?(?<rest>.*)$/.exec(url);
  const { scheme = '', user, password = '', rest = url } = match?.groups ?? {};
  const location = scheme + rest;
  if (user === undefined || options.credentials) return { location };
  try {
    return { location, credentials: { user: decodeURIComponent(user), password: decodeURIComponent(password) } };
  } catch (error) {
    throw new PlatformError('BAD_INPUT', `The user or password in the URL of ${location} is not percent-encoded.`, { cause: error });
  }
}

const transactionOf = (transaction: ManagedTransaction): Transaction => ({
  run: async (statement, parameters = {}) => (await transaction.run(statement, parameters)).records.map((record) => record.toObject()),
});

const timeout = (milliseconds: number): Promise<undefined> =>
  new Promise((resolve) => {
    setTimeout(() => resolve(undefined), milliseconds).unref();
  });

/** The one place that knows the codes of the driver and the server. */
function toPlatformError(error: unknown, location: string): unknown {
  if (!(error instanceof Neo4jError)) return error;
  const { code, message: text } = error;
  const details = { location, code };
  const fail = (kind: ConstructorParameters<typeof PlatformError>[0], message: string): PlatformError =>
    new PlatformError(kind, message, { details, cause: error });
  if (code === neo4j.error.SERVICE_UNAVAILABLE || code === neo4j.error.SESSION_EXPIRED) {
    return fail(
      'STORE_UNREACHABLE',
      `Neo4j at ${location} does not answer. Check that it runs (docker compose up -d) and that host and port are right.`,
    );
  }
  if (code.startsWith('Neo.ClientError.Security.')) {
    return fail('STORE_UNREACHABLE', `Neo4j at ${location} refused the credentials. Check the user and password it was given.`);
  }
  if (code === 'Neo.ClientError.Database.DatabaseNotFound') {
    return fail('STORE_NOT_FOUND', `The server at ${location} has no such database. Create it first, or leave its name out.`);
  }
  if (code.startsWith('Neo.TransientError.')) {
    return fail('STORE_BUSY', `Neo4j at ${location} is too busy: ${text} Run the same command again.`);
  }
  return fail('STORE_FAILED', `Neo4j at ${location} refused a statement: ${text}`);
}

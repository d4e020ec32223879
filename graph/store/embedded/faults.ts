import { PlatformError, messageOf } from '../../errors.ts';
import { resultCodeOf } from './database.ts';

const SQLITE_BUSY = 5;
const SQLITE_NOTADB = 26;

export const isBusy = (error: unknown): boolean => resultCodeOf(error) === SQLITE_BUSY;

export const busy = (location: string, cause?: unknown): PlatformError =>
  new PlatformError('STORE_BUSY', `Another process is writing to ${location}. Run the same command again when it is done.`, {
    details: { location },
    cause,
  });

export const notFound = (location: string): PlatformError =>
  new PlatformError('STORE_NOT_FOUND', `There is no graph at ${location}. Run \`specgraph ingest\` with this store first.`, {
    details: { location },
  });

export const notAStore = (location: string, cause?: unknown): PlatformError =>
  new PlatformError('BAD_INPUT', `${location} is not a specgraph store. Choose another path; this one is left as it is.`, {
    details: { location },
    cause,
  });

export const otherSchema = (location: string, found: number, expected: number): PlatformError =>
  new PlatformError(
    'STORE_SCHEMA',
    `${location} was written by another version of specgraph (schema ${found}, this one has ${expected}). Ingest again to rebuild it.`,
    {
      details: { location, found, expected },
    },
  );

/** Runs an operation on the store; what SQLite throws comes out as a PlatformError. */
export function guarded<T>(location: string, operation: () => T): T {
  try {
    return operation();
  } catch (error) {
    if (error instanceof PlatformError) throw error;
    switch (resultCodeOf(error)) {
      case SQLITE_BUSY:
        throw busy(location, error);
      case SQLITE_NOTADB:
        throw notAStore(location, error);
      default:
        throw new PlatformError(
          'STORE_FAILED',
          `The store ${location} failed: ${messageOf(error)}. Check the disk and the permissions of the file and its folder.`,
          {
            details: { location },
            cause: error,
          },
        );
    }
  }
}

import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { PlatformError } from '../../errors.ts';
import { SCHEMA_VERSION, type GraphReader, type GraphStore, type Publication, type StoreOptions } from '../store.ts';
import { openDatabase, type Database } from './database.ts';
import { busy, guarded, isBusy, notAStore, otherSchema } from './faults.ts';
import { createPublication } from './publication.ts';
import { createReader } from './reader.ts';
import { recreateSchema, schemaState } from './schema.ts';

/** How long `begin` waits for another writer, and how often it looks. Milliseconds. */
const WRITER_PATIENCE = 2000;
const WRITER_INTERVAL = 25;
/** How long a read may wait while another process recovers or checkpoints the file. Milliseconds. */
const READER_PATIENCE = 5000;

/**
 * Opens the graph kept in one SQLite file (with `-wal` and `-shm` beside it while it is in use). With `create`, makes
 * the file and its folders where there is none, and empties a store of another schema version. Without, throws
 * `STORE_NOT_FOUND` and `STORE_SCHEMA`. Throws `BAD_INPUT` for anything that is not a store; that is never written to.
 */
export async function createEmbeddedStore(location: string, { create }: Pick<StoreOptions, 'create'>): Promise<GraphStore> {
  guarded(location, () => prepareFile(location, create));
  const idle: Database[] = [];
  const publications = new Set<Publication>();
  let open = true;
  const requireOpen = (): void => {
    if (!open) throw new PlatformError('INTERNAL', `The store ${location} is closed.`);
  };

  async function reader(): Promise<GraphReader> {
    requireOpen();
    return guarded(location, () => {
      const database = idle.pop() ?? openDatabase(location, { readOnly: true, busyMilliseconds: READER_PATIENCE });
      try {
        return createReader(location, database, () => {
          if (open) idle.push(database);
          else database.close();
        });
      } catch (error) {
        database.close();
        throw error;
      }
    });
  }

  async function close(): Promise<void> {
    open = false;
    for (const publication of publications) await publication.abort();
    for (const database of idle.splice(0)) database.close();
  }

  return {
    location,
    async generation() {
      const pinned = await reader();
      await pinned[Symbol.asyncDispose]();
      return pinned.generation;
    },
    reader,
    async begin() {
      requireOpen();
      const database = await lockForWriting(location);
      try {
        const publication = guarded(location, () => createPublication(location, database, () => publications.delete(publication)));
        publications.add(publication);
        return publication;
      } catch (error) {
        database.close();
        throw error;
      }
    },
    async saveSnapshot(generation, bytes) {
      requireOpen();
      guarded(location, () => saveSnapshot(location, generation, bytes));
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

function prepareFile(location: string, create: boolean): void {
  const file = statSync(location, { throwIfNoEntry: false });
  if (file && !file.isFile()) throw notAStore(location);
  if (!create && (!file || file.size === 0)) {
    throw new PlatformError('STORE_NOT_FOUND', `There is no graph at ${location}. Run \`specgraph ingest\` with this store first.`, {
      details: { location },
    });
  }
  if (!file) mkdirSync(dirname(location), { recursive: true });
  const database = openDatabase(location, { readOnly: !create, busyMilliseconds: READER_PATIENCE });
  try {
    const state = schemaState(database);
    if (state.kind === 'current') return;
    if (state.kind === 'foreign') throw notAStore(location);
    if (!create) {
      if (state.kind === 'other') throw otherSchema(location, state.version, SCHEMA_VERSION);
      throw new PlatformError('STORE_NOT_FOUND', `There is no graph at ${location}. Run \`specgraph ingest\` with this store first.`, {
        details: { location },
      });
    }
    database.exec('PRAGMA journal_mode = WAL');
    database.exec('BEGIN IMMEDIATE');
    // Another process may have done it meanwhile.
    if (schemaState(database).kind !== 'current') recreateSchema(database);
    database.exec('COMMIT');
  } finally {
    database.close();
  }
}

/** A connection that holds the write lock; throws `STORE_BUSY` when another one keeps it. */
async function lockForWriting(location: string): Promise<Database> {
  const deadline = performance.now() + WRITER_PATIENCE;
  const database = guarded(location, () => openDatabase(location, { readOnly: false, busyMilliseconds: 0 }));
  for (;;) {
    try {
      database.exec('PRAGMA synchronous = NORMAL; BEGIN IMMEDIATE');
      return database;
    } catch (error) {
      if (!isBusy(error) || performance.now() > deadline) {
        database.close();
        return guarded(location, () => {
          throw error;
        });
      }
    }
    await setTimeout(WRITER_INTERVAL);
  }
}

function saveSnapshot(location: string, generation: number, bytes: Uint8Array): void {
  const database = openDatabase(location, { readOnly: false, busyMilliseconds: 0 });
  try {
    database.exec('PRAGMA synchronous = NORMAL; BEGIN IMMEDIATE');
    database.run(
      'INSERT OR REPLACE INTO snapshots (generation, bytes) SELECT generation, ? FROM meta WHERE generation = ?',
      bytes,
      generation,
    );
    database.exec('COMMIT');
  } catch (error) {
    // A writer at work will make this generation the last but one.
    if (!isBusy(error)) throw error;
  } finally {
    database.close();
  }
}

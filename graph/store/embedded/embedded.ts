import { closeSync, mkdirSync, openSync, readSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { PlatformError } from '../../errors.ts';
import { SCHEMA_VERSION, type GraphReader, type GraphStore, type Publication, type StoreOptions } from '../store.ts';
import { openDatabase, type Database } from './database.ts';
import { guarded, isBusy, notAStore, notFound, otherSchema } from './faults.ts';
import { createPool } from './pool.ts';
import { createPublication } from './publication.ts';
import { createReader } from './reader.ts';
import { recreateSchema, requireSchema, schemaState } from './schema.ts';

/** How long `begin` waits for another writer, and how often it looks. Milliseconds. */
const WRITER_PATIENCE = 2000;
const WRITER_INTERVAL = 25;
/** How long a read may wait while another process recovers or checkpoints the file. Milliseconds. */
const READER_PATIENCE = 5000;
/** What every SQLite file begins with. */
const SQLITE_HEADER = Buffer.from('SQLite format 3\0');

/**
 * Opens the graph kept in one SQLite file (with `-wal` and `-shm` beside it while it is in use). With `create`, makes
 * the file and its folders where there is none, and empties a store of another schema version. Without, throws
 * `STORE_NOT_FOUND` and `STORE_SCHEMA`. Throws `BAD_INPUT` for anything that is not a store; that is never written to.
 */
export async function createEmbeddedStore(location: string, { create }: Pick<StoreOptions, 'create'>): Promise<GraphStore> {
  guarded(location, () => prepareFile(location, create));
  const readers = createPool(() => openDatabase(location, { readOnly: true, busyMilliseconds: READER_PATIENCE }));
  const writers = createPool(() => openForWriting(location));
  const publications = new Set<Publication>();
  let open = true;
  const requireOpen = (): void => {
    if (!open) throw new PlatformError('INTERNAL', `The store ${location} is closed.`);
  };

  async function reader(): Promise<GraphReader> {
    requireOpen();
    return guarded(location, () => readers.lend((database, giveBack) => createReader(location, database, giveBack)));
  }

  /** What needs the write lock, once other writers let it through. */
  async function write<T>(work: (database: Database, giveBack: () => void) => T): Promise<T> {
    requireOpen();
    const deadline = performance.now() + WRITER_PATIENCE;
    for (;;) {
      try {
        return writers.lend((database, giveBack) => {
          database.exec('BEGIN IMMEDIATE');
          return work(database, giveBack);
        });
      } catch (error) {
        if (!isBusy(error) || performance.now() > deadline)
          return guarded(location, () => {
            throw error;
          });
      }
      await setTimeout(WRITER_INTERVAL);
    }
  }

  const begin = (): Promise<Publication> =>
    write((database, giveBack) => {
      const publication = createPublication(location, database, () => {
        publications.delete(publication);
        giveBack();
      });
      publications.add(publication);
      return publication;
    });

  const writeVectors = (change: (database: Database) => void): Promise<void> =>
    write((database, giveBack) => {
      requireSchema(location, database);
      change(database);
      database.exec('UPDATE meta SET vectors = vectors + 1; COMMIT');
      giveBack();
    });

  async function close(): Promise<void> {
    open = false;
    for (const publication of publications) await publication.abort();
    readers.close();
    // Closing a connection completes the file only when nothing else has it open.
    writers.close((database) => database.exec('PRAGMA wal_checkpoint(TRUNCATE)'));
  }

  return {
    location,
    async generation() {
      const pinned = await reader();
      await pinned[Symbol.asyncDispose]();
      return pinned.generation;
    },
    reader,
    begin,
    async saveSnapshot(generation, bytes) {
      requireOpen();
      guarded(location, () =>
        writers.lend((database, giveBack) => {
          saveSnapshot(database, generation, bytes);
          giveBack();
        }),
      );
    },
    async vectorState() {
      requireOpen();
      return guarded(location, () =>
        readers.lend((database, giveBack) => {
          requireSchema(location, database);
          const [state] = database.get<readonly [number]>('SELECT vectors FROM meta')!;
          giveBack();
          return state;
        }),
      );
    },
    saveVectors: (space, vectors) =>
      writeVectors((database) => {
        for (const [meaning, vector] of vectors)
          database.run(
            'INSERT OR REPLACE INTO vectors (space, meaning, bytes) VALUES (?, ?, ?)',
            ...[space, meaning, new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength)],
          );
      }),
    dropOtherVectors: (space) =>
      writeVectors((database) =>
        database.run(
          'DELETE FROM vectors WHERE space <> ? OR meaning NOT IN (SELECT meaning FROM chunks WHERE meaning IS NOT NULL)',
          space,
        ),
      ),
    close,
    [Symbol.asyncDispose]: close,
  };
}

function prepareFile(location: string, create: boolean): void {
  const file = statSync(location, { throwIfNoEntry: false });
  if (file && !file.isFile()) throw notAStore(location);
  if (!create && (!file || file.size === 0)) throw notFound(location);
  if (!file) mkdirSync(dirname(location), { recursive: true });
  if (file && file.size > 0 && !isSqliteFile(location)) throw notAStore(location);
  const database = openDatabase(location, { readOnly: !create, busyMilliseconds: READER_PATIENCE });
  try {
    const state = schemaState(database);
    if (state.kind === 'current') return;
    if (state.kind === 'foreign') throw notAStore(location);
    if (!create) {
      if (state.kind === 'other') throw otherSchema(location, state.version, SCHEMA_VERSION);
      throw notFound(location);
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

/** SQLite itself takes a file of one byte for an empty one, and writes over it. */
function isSqliteFile(location: string): boolean {
  const header = Buffer.alloc(SQLITE_HEADER.length);
  const descriptor = openSync(location, 'r');
  try {
    readSync(descriptor, header);
  } finally {
    closeSync(descriptor);
  }
  return header.equals(SQLITE_HEADER);
}

function openForWriting(location: string): Database {
  const database = openDatabase(location, { readOnly: false, busyMilliseconds: 0 });
  database.exec('PRAGMA synchronous = NORMAL');
  return database;
}

function saveSnapshot(database: Database, generation: number, bytes: Uint8Array): void {
  try {
    database.run(
      'INSERT OR REPLACE INTO snapshots (generation, bytes) SELECT generation, ? FROM meta WHERE generation = ?',
      bytes,
      generation,
    );
  } catch (error) {
    // A writer at work will make this generation the last but one.
    if (!isBusy(error)) throw error;
  }
}

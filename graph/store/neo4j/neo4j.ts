import { randomUUID } from 'node:crypto';
import { PlatformError } from '../../errors.ts';
import { SCHEMA_VERSION, type GraphStore, type StoreOptions } from '../store.ts';
import { connect, int, type Connection } from './connection.ts';
import * as cypher from './cypher.ts';
import { beginPublication } from './publication.ts';
import { createReader } from './reader.ts';

const SNAPSHOT_PART_BYTES = 1 << 20;
const NODES_PER_WIPE = 5000;

/**
 * Opens the graph in a Neo4j database, which should hold nothing else. With `create`, makes the schema where there is
 * none and rebuilds one of another version, empty. Throws `STORE_UNREACHABLE`, `STORE_NOT_FOUND`, `STORE_SCHEMA`.
 */
export async function createNeo4jStore(location: string, options: StoreOptions): Promise<GraphStore> {
  const connection = await connect(location, options);
  try {
    await prepare(connection, options.create);
  } catch (error) {
    await connection.close();
    throw error;
  }
  const generation = async (): Promise<number> => (await readMeta(connection))?.generation ?? 0;
  return {
    location: connection.location,
    generation,
    reader: async () => createReader(connection, await generation()),
    begin: () => beginPublication(connection, randomUUID()),
    saveSnapshot: (pinned, bytes) =>
      connection.write(async (transaction) => {
        const g = int(pinned);
        const newest = await transaction.run(cypher.DROP_SNAPSHOTS, { g });
        if (newest.length === 0) return;
        for (let at = 0, part = 0; at < bytes.byteLength; at += SNAPSHOT_PART_BYTES, part += 1) {
          const slice = bytes.subarray(at, at + SNAPSHOT_PART_BYTES);
          const signed = new Int8Array(slice.buffer, slice.byteOffset, slice.byteLength);
          await transaction.run(cypher.CREATE_SNAPSHOT_PART, { g, part: int(part), bytes: signed });
        }
      }),
    async vectorState() {
      const [row] = await connection.read((transaction) => transaction.run(cypher.READ_VECTOR_STATE));
      return (row?.['vectors'] as number | undefined) ?? 0;
    },
    saveVectors: (space, vectors) =>
      connection.write(async (transaction) => {
        const rows = Array.from(vectors, ([meaning, bytes]) => ({ meaning, bytes }));
        await transaction.run(cypher.SAVE_VECTORS, { space, rows });
        await transaction.run(cypher.VECTORS_SAVED);
      }),
    dropOtherVectors: (space) =>
      connection.write(async (transaction) => {
        await transaction.run(cypher.DROP_OTHER_VECTORS, { space });
        await transaction.run(cypher.VECTORS_SAVED);
      }),
    close: () => connection.close(),
    [Symbol.asyncDispose]: () => connection.close(),
  };
}

interface Meta {
  readonly schema: number;
  readonly generation: number;
}

async function readMeta(connection: Connection): Promise<Meta | undefined> {
  const [row] = await connection.read((transaction) => transaction.run(cypher.READ_META));
  return row && { schema: row['schema'] as number, generation: row['generation'] as number };
}

async function prepare(connection: Connection, create: boolean): Promise<void> {
  const { location } = connection;
  const meta = await readMeta(connection);
  if (meta?.schema === SCHEMA_VERSION) return;
  if (!create) {
    if (!meta) {
      throw new PlatformError('STORE_NOT_FOUND', `There is no graph at ${location}. Run specgraph ingest first.`, {
        details: { location },
      });
    }
    throw new PlatformError(
      'STORE_SCHEMA',
      `The graph at ${location} was written by another version of specgraph (schema ${meta.schema}, this one has ${SCHEMA_VERSION}). Ingest again to rebuild it.`,
      { details: { location, found: meta.schema, expected: SCHEMA_VERSION } },
    );
  }
  if (meta) await wipe(connection);
  for (const statement of cypher.SCHEMA) await connection.execute(statement);
  await connection.execute(cypher.AWAIT_INDEXES);
  await connection.write((transaction) => transaction.run(cypher.CREATE_META, { schema: int(SCHEMA_VERSION) }));
}

/** Deletes the graph of another schema version, its indexes included; the meta node last, so that it can be resumed. */
async function wipe(connection: Connection): Promise<void> {
  for (const statement of cypher.WIPE) {
    for (let deleted = NODES_PER_WIPE; deleted === NODES_PER_WIPE;) {
      const [row] = await connection.write((transaction) => transaction.run(statement, { limit: int(NODES_PER_WIPE) }));
      deleted = row!['deleted'] as number;
    }
  }
  for (const row of await connection.read((transaction) => transaction.run(cypher.SCHEMA_NAMES))) {
    await connection.execute(row['isConstraint'] === true ? cypher.DROP_CONSTRAINT : cypher.DROP_INDEX, { name: row['name'] });
  }
  await connection.execute(cypher.DROP_META);
}

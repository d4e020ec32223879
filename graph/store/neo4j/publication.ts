import { PlatformError } from '../../errors.ts';
import type { GraphDelta, UnitDelta } from '../../model/delta.ts';
import type { Edge } from '../../model/edge.ts';
import { NODE_KINDS, type Node } from '../../model/node.ts';
import type { Publication } from '../store.ts';
import { int, type Connection, type Lock, type Row, type Transaction } from './connection.ts';
import * as cypher from './cypher.ts';
import { claimProperties, claimsByNode, edgeKey, edgeOf, edgesByKey, edgeText, groupEdges, nodeOf, readableProperties, sortKey, stateProperties, type EdgeValues } from './rows.ts';

/** Rows that one transaction writes, about; a unit is never divided. */
const ROWS_PER_TRANSACTION = 20_000;
/** Rows per `UNWIND`. */
const ROWS_PER_STATEMENT = 5000;
/** Units per transaction of sweeping and settling. */
const UNITS_PER_TRANSACTION = 100;

/** What stands between a writer and the others: the lock it holds, and the token that fences its transactions. */
interface Writer {
  readonly owner: string;
  readonly lock: Lock;
}

const superseded = (location: string): PlatformError =>
  new PlatformError('STORE_BUSY', `Another process took over writing to ${location}. Run the same command again.`, { details: { location } });

/**
 * Becomes the writer. One process holds the lock; the server frees it when that process ends, so the next one may at
 * once discard what was left. A process that lost its lock without noticing (its connection broke) is kept out by its
 * token, which every transaction checks under a lock on the meta node. Throws `STORE_BUSY`.
 */
export async function beginPublication(connection: Connection, owner: string): Promise<Publication> {
  const { location } = connection;
  const lock = await connection.lock(cypher.LOCK_WRITER);
  if (!lock) {
    throw new PlatformError('STORE_BUSY', `Another process is writing to ${location}. Run the same command again when it is done.`, {
      details: { location },
    });
  }
  try {
    const [meta] = await connection.write((transaction) => transaction.run(cypher.TAKE_OVER, { owner }));
    const batches = createBatches(connection, owner);
    const generation = meta!['generation'] as number;
    await sweep(connection, batches, generation);
    if ((meta!['settled'] as number) < generation) await settle(connection, batches, meta!['settled'] as number, generation);
    return createPublication(connection, { owner, lock }, batches, generation);
  } catch (error) {
    await lock.release();
    throw error;
  }
}

type Batches = (work: (transaction: Transaction) => Promise<void>) => Promise<void>;

/** Fenced transactions. One whose commit was retried although it had succeeded does not write twice. */
function createBatches(connection: Connection, owner: string): Batches {
  let batch = 0;
  return (work) => {
    batch += 1;
    const parameters = { owner, batch: int(batch) };
    return connection.write(async (transaction) => {
      const [fence] = await transaction.run(cypher.FENCE, parameters);
      if (!fence) throw superseded(connection.location);
      if (fence['done'] !== true) await work(transaction);
    });
  };
}

function createPublication(connection: Connection, writer: Writer, batches: Batches, previous: number): Publication {
  const generation = previous + 1;
  let pending = new Map<string, GraphDelta>();
  let rows = 0;
  let writing: Promise<void> = Promise.resolve();
  let failure: unknown;
  let ended = false;

  /** Hands what is pending to the database; the next batch is collected meanwhile. */
  const flush = async (): Promise<void> => {
    await writing;
    if (failure !== undefined) throw failure;
    const deltas = [...pending.values()];
    pending = new Map();
    rows = 0;
    if (deltas.length === 0) return;
    writing = writeDeltas(connection, batches, deltas, generation).catch((error: unknown) => {
      failure = error;
    });
  };
  const end = async (): Promise<void> => {
    ended = true;
    await writer.lock.release();
  };
  const assertOpen = (): void => {
    if (ended) throw new PlatformError('INTERNAL', 'This publication has ended; begin another one.');
  };
  const abort = async (): Promise<void> => {
    if (ended) return;
    pending = new Map();
    await writing;
    // Best effort: whatever is left here, the next writer discards before it starts.
    await sweep(connection, batches, previous).catch(() => undefined);
    await end();
  };

  return {
    generation,
    async apply(deltas) {
      assertOpen();
      if (failure !== undefined) throw failure;
      for (const delta of deltas) {
        pending.set(delta.op === 'replace' ? delta.delta.unit.id : delta.unit, delta);
        rows += delta.op === 'replace' ? delta.delta.nodes.length + delta.delta.edges.length + 1 : 1;
        if (rows >= ROWS_PER_TRANSACTION) await flush();
      }
    },
    async publish() {
      assertOpen();
      await flush();
      await writing;
      if (failure !== undefined) throw failure;
      const [meta] = await connection.write((transaction) =>
        transaction.run(cypher.PUBLISH, { owner: writer.owner, previous: int(previous), next: int(generation) }),
      );
      if (!meta) throw superseded(connection.location);
      // What follows is for people's own Cypher; if it fails, the generation stands and the next writer completes it.
      await settle(connection, batches, previous, generation).catch(() => undefined);
      await end();
      return generation;
    },
    abort,
    [Symbol.asyncDispose]: abort,
  };
}

/** Replaces what the units state, in one transaction: only rows that differ are closed and created. */
async function writeDeltas(connection: Connection, batches: Batches, deltas: readonly GraphDelta[], generation: number): Promise<void> {
  const replaced = deltas.flatMap((delta): UnitDelta[] => (delta.op === 'replace' ? [delta.delta] : []));
  const units = deltas.map((delta) => (delta.op === 'replace' ? delta.delta.unit.id : delta.unit));
  const next = { next: int(generation) };
  await batches(async (transaction) => {
    const claims = new Map(replaced.map((delta) => [delta.unit.id, claimsByNode(delta)]));
    const edges = new Map(replaced.map((delta) => [delta.unit.id, edgesByKey(delta)]));
    const closed: string[] = [];
    const keep = <T>(stated: Map<string, Map<string, T>>, row: Row, key: string, same: (value: T) => boolean): void => {
      const values = stated.get(row['unit'] as string);
      const value = values?.get(key);
      if (value !== undefined && same(value)) values!.delete(key);
      else closed.push(row['row'] as string);
    };
    for (const row of await transaction.run(cypher.OPEN_CLAIMS, { units })) {
      keep(claims, row, row['id'] as string, (node: Node) => JSON.stringify(node) === row['data']);
    }
    for (const row of await transaction.run(cypher.OPEN_EDGES, { units })) {
      const stored = edgeOf(row['edge'] as EdgeValues);
      keep(edges, row, edgeKey(stored), (edge: Edge) => edgeText(edge) === edgeText(stored));
    }

    const write = async (statement: string, all: readonly unknown[]): Promise<void> => {
      for (let at = 0; at < all.length; at += ROWS_PER_STATEMENT) {
        await transaction.run(statement, { rows: all.slice(at, at + ROWS_PER_STATEMENT), ...next });
      }
    };
    const newEdges = [...edges].flatMap(([unit, values]) => Array.from(values.values(), (edge) => ({ edge, unit })));
    const ids = new Set<string>();
    for (const values of claims.values()) for (const id of values.keys()) ids.add(id);
    for (const { edge } of newEdges) ids.add(edge.from).add(edge.to);
    await transaction.run(cypher.CLOSE_STATES, { units, ...next });
    await write(cypher.CREATE_STATES, replaced.map((delta) => ({ unit: delta.unit.id, key: sortKey(delta.unit.id), state: stateProperties(delta) })));
    await write(cypher.CLOSE_RELATIONSHIPS, closed);
    await write(cypher.CREATE_NODES, Array.from(ids, (id) => ({ id, key: sortKey(id) })));
    await write(
      cypher.CREATE_CLAIMS,
      [...claims].flatMap(([unit, nodes]) => Array.from(nodes.values(), (node) => ({ unit, id: node.id, properties: claimProperties(node) }))),
    );
    for (const [type, groups] of groupEdges(newEdges)) await write(cypher.createEdges(type), groups);
  });
}

/** Deletes what was written but not published after `generation`, and rows that no reader of the previous one can see. */
async function sweep(connection: Connection, batches: Batches, generation: number): Promise<void> {
  const bounds = { next: int(generation + 1), horizon: int(generation - 1) };
  const units = await connection.read((transaction) => transaction.run(cypher.SWEEPABLE_UNITS, bounds));
  for (const some of chunks(units.map((row) => row['unit']), UNITS_PER_TRANSACTION)) {
    const parameters = { units: some, ...bounds };
    await batches(async (transaction) => {
      for (const statement of cypher.SWEEP) await transaction.run(statement, parameters);
    });
  }
}

/** Gives the nodes whose claims changed since `settled` the labels and properties that people query. */
async function settle(connection: Connection, batches: Batches, settled: number, generation: number): Promise<void> {
  const since = { settled: int(settled), g: int(generation) };
  const units = await connection.read((transaction) => transaction.run(cypher.UNSETTLED_UNITS, since));
  for (const some of chunks(units.map((row) => row['unit']), UNITS_PER_TRANSACTION)) {
    await batches(async (transaction) => {
      const rows = await transaction.run(cypher.UNSETTLED_NODES, { units: some, ...since });
      const described = rows.filter((row) => (row['labels'] as readonly string[]).length > 1).map((row) => row['id']);
      if (described.length > 0) await transaction.run(cypher.CLEAR_NODES, { ids: described });
      const nodes = rows.filter((row) => (row['claims'] as readonly unknown[]).length > 0).map(nodeOf);
      for (const kind of NODE_KINDS) {
        const ofKind = nodes.filter((node) => node.kind === kind).map(readableProperties);
        if (ofKind.length > 0) await transaction.run(cypher.describeNodes(kind), { rows: ofKind });
      }
    });
  }
  await batches(async (transaction) => void (await transaction.run(cypher.SETTLED, { g: int(generation) })));
}

function* chunks<T>(values: readonly T[], size: number): Generator<readonly T[]> {
  for (let at = 0; at < values.length; at += size) yield values.slice(at, at + size);
}

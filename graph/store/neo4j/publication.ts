import { PlatformError } from '../../errors.ts';
import type { Node, NodeKind } from '../../model/node.ts';
import { unitRank } from '../claims.ts';
import type { Publication } from '../store.ts';
import { int, type Connection, type Lock, type Transaction } from './connection.ts';
import * as cypher from './cypher.ts';
import { isSameEdge, nodeOf, readableProperties, sortKey, statedUnit, storedEdgeKey } from './rows.ts';
import type { EdgeValues, StatedClaim, StatedEdge, StatedUnit } from './rows.ts';

/** Rows that one transaction writes, about; a unit is never divided. */
const ROWS_PER_TRANSACTION = 5000;
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
  new PlatformError('STORE_BUSY', `Another process took over writing to ${location}. Run the same command again.`, {
    details: { location },
  });

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
  let pending = new Map<string, StatedUnit>();
  let rows = 0;
  let writing: Promise<void> = Promise.resolve();
  let failure: unknown;
  let ended = false;

  /** Hands what is pending to the database; the next batch is collected meanwhile. */
  const flush = async (): Promise<void> => {
    await writing;
    if (failure !== undefined) throw failure;
    const units = [...pending.values()];
    pending = new Map();
    rows = 0;
    if (units.length === 0) return;
    writing = writeUnits(batches, units, generation).catch((error: unknown) => {
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
      for (const unit of deltas.map(statedUnit)) {
        pending.set(unit.id, unit);
        rows += unit.claims.size + unit.edges.size + unit.chunks.length + 1;
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

/**
 * Replaces what the units state, in one transaction: only rows that differ are closed and created. The statements are
 * sent without waiting for each other's answers, because a worker may keep this process's event loop busy in between.
 */
async function writeUnits(batches: Batches, stated: readonly StatedUnit[], generation: number): Promise<void> {
  const units = stated.map(({ id }) => id);
  const next = { next: int(generation) };
  await batches(async (transaction) => {
    const { claims, edges, closed } = await differences(transaction, stated);
    const nodes = new Map(claims.map(({ node }) => [node.id, node]));
    const ends = new Set(edges.flatMap(({ from, to }) => [from, to]).filter((id) => !nodes.has(id)));
    const states = stated.flatMap(({ id, state }) => (state ? [{ unit: id, key: sortKey(id), rank: sortKey(unitRank(id)), state }] : []));
    const write = (statement: string, rows: readonly unknown[]): Promise<unknown>[] =>
      Array.from(chunks(rows, ROWS_PER_STATEMENT), (some) => transaction.run(statement, { rows: some, ...next }));
    await Promise.all([
      transaction.run(cypher.CLOSE_STATES, { units, ...next }),
      ...write(cypher.CREATE_STATES, states),
      ...write(
        cypher.CREATE_CHUNKS,
        stated.flatMap(({ id, chunks: held }) => held.map((properties) => ({ unit: id, properties }))),
      ),
      ...write(cypher.CLOSE_RELATIONSHIPS, closed),
      ...byKind(nodes.values()).flatMap(([kind, ofKind]) => write(cypher.createDescribedNodes(kind), ofKind.map(readableProperties))),
      ...write(
        cypher.CREATE_NODES,
        Array.from(ends, (id) => ({ id, key: sortKey(id) })),
      ),
      ...write(
        cypher.CREATE_CLAIMS,
        claims.map(({ unit, node, properties }) => ({ unit, id: node.id, properties })),
      ),
      ...groups(edges, ({ type }) => type).flatMap(([type, ofType]) =>
        write(
          cypher.createEdges(type),
          ofType.map(({ from, to, properties }) => ({ from, to, properties })),
        ),
      ),
    ]);
  });
}

interface Differences {
  /** To be created. */
  readonly claims: readonly (StatedClaim & { readonly unit: string })[];
  readonly edges: readonly StatedEdge[];
  /** Rows to be closed, by element id. */
  readonly closed: readonly string[];
}

/** Compares what the units state now with what the database holds of them. */
async function differences(transaction: Transaction, stated: readonly StatedUnit[]): Promise<Differences> {
  const units = stated.map(({ id }) => id);
  const claims = new Map(stated.map((unit) => [unit.id, new Map(unit.claims)]));
  const edges = new Map(stated.map((unit) => [unit.id, new Map(unit.edges)]));
  const closed: string[] = [];
  const [claimRows, edgeRows] = await Promise.all([
    transaction.run(cypher.OPEN_CLAIMS, { units }),
    transaction.run(cypher.OPEN_EDGES, { units }),
  ]);
  for (const { unit, id, data, row } of claimRows as readonly Record<'unit' | 'id' | 'data' | 'row', string>[]) {
    const ofUnit = claims.get(unit)!;
    if (ofUnit.get(id)?.properties.data === data) ofUnit.delete(id);
    else closed.push(row);
  }
  for (const { unit, edge, row } of edgeRows as readonly { readonly unit: string; readonly edge: EdgeValues; readonly row: string }[]) {
    const ofUnit = edges.get(unit)!;
    const key = storedEdgeKey(edge);
    const now = ofUnit.get(key);
    if (now && isSameEdge(now, edge)) ofUnit.delete(key);
    else closed.push(row);
  }
  return {
    claims: [...claims].flatMap(([unit, nodes]) => Array.from(nodes.values(), (claim) => ({ ...claim, unit }))),
    edges: [...edges.values()].flatMap((ofUnit) => [...ofUnit.values()]),
    closed,
  };
}

/** Deletes what was written but not published after `generation`, and rows that no reader of the previous one can see. */
async function sweep(connection: Connection, batches: Batches, generation: number): Promise<void> {
  const bounds = { next: int(generation + 1), horizon: int(generation - 1) };
  const units = await connection.read((transaction) => transaction.run(cypher.SWEEPABLE_UNITS, bounds));
  for (const some of chunks(
    units.map((row) => row['unit']),
    UNITS_PER_TRANSACTION,
  )) {
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
  for (const some of chunks(
    units.map((row) => row['unit']),
    UNITS_PER_TRANSACTION,
  )) {
    await batches(async (transaction) => {
      const rows = await transaction.run(cypher.UNSETTLED_NODES, { units: some, ...since });
      const described = rows.filter((row) => (row['labels'] as readonly string[]).length > 1).map((row) => row['id']);
      if (described.length > 0) await transaction.run(cypher.CLEAR_NODES, { ids: described });
      const nodes = rows.filter((row) => (row['claims'] as readonly unknown[]).length > 0).map(nodeOf);
      for (const [kind, ofKind] of byKind(nodes)) {
        await transaction.run(cypher.describeNodes(kind), { rows: ofKind.map(readableProperties), g: int(generation) });
      }
    });
  }
  await batches(async (transaction) => void (await transaction.run(cypher.SETTLED, { g: int(generation) })));
}

const byKind = (nodes: Iterable<Node>): [NodeKind, Node[]][] => groups(nodes, (node) => node.kind);

function groups<T, K>(values: Iterable<T>, keyOf: (value: T) => K): [K, T[]][] {
  const found = new Map<K, T[]>();
  for (const value of values) {
    const group = found.get(keyOf(value));
    if (group) group.push(value);
    else found.set(keyOf(value), [value]);
  }
  return [...found];
}

function* chunks<T>(values: readonly T[], size: number): Generator<readonly T[]> {
  for (let at = 0; at < values.length; at += size) yield values.slice(at, at + size);
}

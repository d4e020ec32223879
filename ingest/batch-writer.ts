import { setTimeout } from 'node:timers/promises';
import { PlatformError, throwIfAborted } from '../graph/errors.ts';
import type { GraphDelta, UnitRecord } from '../graph/model/delta.ts';
import type { GraphStore, Publication } from '../graph/store/store.ts';

/** Nodes and edges handed to the store in one transaction, about. Bounds memory on both sides. */
const BATCH_FACTS = 20_000;
/** Milliseconds between two tries to begin while another writer is at work; 30 s in all. */
const WAITS = [50, 100, 200, 400, 800, 1600, ...Array<number>(11).fill(2500)];

/** What a store held of a repository when a run began. */
export interface Before {
  readonly generation: number;
  readonly units: readonly UnitRecord[];
}

/** Another writer published the same repository meanwhile: what was extracted rests on an old state. */
export class Overtaken extends PlatformError {
  constructor(location: string, cause?: unknown) {
    super('STORE_BUSY', `Others keep publishing this repository to ${location}. Run the ingest again when they are done.`, { cause });
  }
}

export async function readUnits(store: GraphStore, repo: string): Promise<Before> {
  const reader = await store.reader();
  try {
    return { generation: reader.generation, units: await reader.units(repo) };
  } finally {
    await reader[Symbol.asyncDispose]();
  }
}

async function readOtherUnits(store: GraphStore, repo: string): Promise<readonly UnitRecord[]> {
  const reader = await store.reader();
  try {
    const others = (await reader.repositories()).filter((name) => name !== repo);
    return (await Promise.all(others.map((name) => reader.units(name)))).flat();
  } finally {
    await reader[Symbol.asyncDispose]();
  }
}

/** Writes deltas to one publication, in batches. Begins it with the first delta, so that a run without any publishes nothing. */
export interface BatchWriter {
  write(delta: GraphDelta): Promise<void>;
  /** Begins the publication, and gives the units of all other repositories: nobody else changes them from now on. */
  begin(): Promise<readonly UnitRecord[]>;
  /** Applies what is left and publishes. Returns the newest generation, published here or before. */
  publish(): Promise<number>;
  /** Discards what was not published. */
  close(): Promise<void>;
}

/**
 * Throws `STORE_BUSY` when another writer does not finish within half a minute, and {@link Overtaken} when the units of
 * the repository are no longer those of `before`.
 */
export function createBatchWriter(
  store: GraphStore,
  repo: string,
  before: Before,
  options: { readonly signal?: AbortSignal; readonly onBatch: (units: number) => void },
): BatchWriter {
  let publication: Publication | undefined;
  let batch: GraphDelta[] = [];
  let facts = 0;
  let applied = 0;

  const flush = async (): Promise<void> => {
    if (batch.length === 0) return;
    publication ??= await begin(store, repo, before, options.signal);
    await publication.apply(batch);
    options.onBatch((applied += batch.length));
    batch = [];
    facts = 0;
  };

  return {
    async write(delta) {
      batch.push(delta);
      facts += delta.op === 'replace' ? delta.delta.nodes.length + delta.delta.edges.length : 1;
      if (facts >= BATCH_FACTS) await flush();
    },
    async begin() {
      publication ??= await begin(store, repo, before, options.signal);
      return readOtherUnits(store, repo);
    },
    async publish() {
      await flush();
      throwIfAborted(options.signal);
      if (!publication) return before.generation;
      try {
        const generation = await publication.publish();
        publication = undefined;
        return generation;
      } catch (error) {
        throw isBusy(error) ? new Overtaken(store.location, error) : error;
      }
    },
    async close() {
      await publication?.abort();
      publication = undefined;
    },
  };
}

async function begin(store: GraphStore, repo: string, before: Before, signal: AbortSignal | undefined): Promise<Publication> {
  const publication = await beginWhenFree(store, signal);
  try {
    if (publication.generation !== before.generation + 1 && !sameUnits(before.units, (await readUnits(store, repo)).units))
      throw new Overtaken(store.location);
    return publication;
  } catch (error) {
    await publication.abort();
    throw error;
  }
}

async function beginWhenFree(store: GraphStore, signal: AbortSignal | undefined): Promise<Publication> {
  for (let tried = 0; ; tried++) {
    throwIfAborted(signal);
    try {
      return await store.begin();
    } catch (error) {
      const wait = WAITS[tried];
      if (!isBusy(error) || wait === undefined) throw error;
      await setTimeout(wait, undefined, signal && { signal }).catch(() => undefined);
    }
  }
}

const sameUnits = (a: readonly UnitRecord[], b: readonly UnitRecord[]): boolean => {
  const known = new Map(a.map((unit) => [unit.id, unit]));
  return a.length === b.length && b.every(({ id, hash, state }) => known.get(id)?.hash === hash && known.get(id)?.state === state);
};

const isBusy = (error: unknown): boolean => error instanceof PlatformError && error.code === 'STORE_BUSY';

import type { Snapshot } from '../graph/snapshot/csr.ts';
import { loadSnapshotOf } from '../graph/snapshot/load.ts';
import type { GraphReader, GraphStore } from '../graph/store/store.ts';

/** One generation, for the length of one question. */
export interface PinnedGraph {
  readonly reader: GraphReader;
  /** Loaded when first asked for, then shared by all questions to this generation. */
  snapshot(): Promise<Snapshot>;
}

/** The newest generation of a store and its vectors, opened once for all questions and swapped when it moves. */
export interface CurrentGraph {
  /** Answers from the newest generation; it stays open until the answer is complete, even when it is no longer the newest. */
  use<T>(ask: (graph: PinnedGraph) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

interface Pinned extends PinnedGraph {
  /** The state of the vectors that it reads, or an earlier one. */
  readonly vectors: number;
  /** The snapshot, if it was asked for. */
  loaded(): Promise<Snapshot> | undefined;
  users: number;
  retired: boolean;
}

export function createCurrentGraph(store: GraphStore): CurrentGraph {
  let newest: Promise<Pinned> | undefined;

  /** The snapshot is taken over where only vectors came. */
  const open = async (vectors: number, before: Pinned | undefined): Promise<Pinned> => {
    const reader = await store.reader();
    let loading = before?.reader.generation === reader.generation ? before.loaded() : undefined;
    return {
      reader,
      vectors,
      users: 0,
      retired: false,
      loaded: () => loading,
      snapshot: () => (loading ??= loadSnapshotOf(store, reader)),
    };
  };
  const closeIfUnused = async (graph: Pinned): Promise<void> => {
    if (graph.retired && graph.users === 0) await graph.reader[Symbol.asyncDispose]();
  };
  const retire = async (opened: Promise<Pinned>): Promise<void> => {
    const graph = await opened;
    if (graph.retired) return;
    graph.retired = true;
    await closeIfUnused(graph);
  };
  const pin = async (): Promise<Pinned> => {
    const [generation, vectors] = [await store.generation(), await store.vectorState()];
    const held = newest;
    const before = await held;
    if (held && before?.reader.generation === generation && before.vectors === vectors) return held;
    if (held === newest) {
      newest = open(vectors, before);
      newest.catch(() => (newest = undefined)); // the next question tries again
      if (held) await retire(held);
    }
    return newest ?? pin();
  };

  return {
    async use(ask) {
      let graph = await pin();
      while (graph.retired) graph = await pin();
      graph.users++;
      try {
        return await ask(graph);
      } finally {
        graph.users--;
        await closeIfUnused(graph);
      }
    },
    async close() {
      const held = newest;
      newest = undefined;
      if (held) await retire(held);
    },
  };
}

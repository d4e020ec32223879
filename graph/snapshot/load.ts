import type { GraphReader, GraphStore } from '../store/store.ts';
import { buildSnapshot } from './build.ts';
import { decodeSnapshot, encodeSnapshot } from './codec.ts';
import type { Snapshot } from './csr.ts';

/** The snapshot of the reader's generation: the one kept in the store, else built from all nodes and edges and kept there. */
export async function loadSnapshotOf(store: GraphStore, reader: GraphReader): Promise<Snapshot> {
  const bytes = await reader.loadSnapshot();
  const kept = bytes && decodeSnapshot(bytes);
  if (kept?.generation === reader.generation) return kept;
  const built = await buildSnapshot(reader.generation, reader.allNodes(), reader.allEdges());
  await store.saveSnapshot(reader.generation, encodeSnapshot(built));
  return built;
}

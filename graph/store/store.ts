import type { Chunk, ChunkSet, WordSet } from '../model/chunk.ts';
import type { GraphDelta, UnitRecord } from '../model/delta.ts';
import type { Edge, EdgeType } from '../model/edge.ts';
import type { Node, NodeKind } from '../model/node.ts';
import type { Diagnostic } from '../model/provenance.ts';

/** Raised whenever stored data changes shape; a store of another version is rebuilt, never migrated in place. */
export const SCHEMA_VERSION = 7;

/** Keyset page: at most `limit` rows (1–10,000), after the row whose key is `after`. */
export interface Page {
  readonly limit: number;
  readonly after?: string;
}

/** All given conditions must hold. */
export interface NodeFilter {
  readonly kinds?: readonly NodeKind[];
  readonly repo?: string;
  readonly file?: string;
  /** Exact simple name. */
  readonly name?: string;
}

export interface EdgeFilter {
  readonly from?: readonly string[];
  readonly to?: readonly string[];
  readonly types?: readonly EdgeType[];
}

export interface SearchHit {
  readonly node: Node;
  /** Higher is better; comparable within one answer only. */
  readonly score: number;
}

/** A chunk without what is searched in it. */
export interface StoredChunk extends Omit<Chunk, 'heading' | 'text' | 'set'> {
  readonly repo: string;
}

export interface ChunkHit extends StoredChunk {
  /** BM25, or the cosine of two vectors; comparable within one answer only. */
  readonly score: number;
}

/** What was read of a file. */
export interface StoredText {
  readonly text: string;
  /** A commit that holds the file as it was read. */
  readonly commit?: string;
}

export interface StoredDiagnostic extends Diagnostic {
  readonly unit: string;
}

export interface Counts {
  readonly nodes: Readonly<Partial<Record<NodeKind, number>>>;
  readonly edges: Readonly<Partial<Record<EdgeType, number>>>;
  readonly diagnostics: number;
}

/**
 * One published generation, pinned: every answer of one reader is from the same state, whatever is published meanwhile.
 * Edges whose `from`, `to` or `via` node does not exist (yet) are stored but never returned.
 */
export interface GraphReader extends AsyncDisposable {
  readonly generation: number;
  /** The nodes that exist, by id. Where several units claim a node, claims merge as docs/architecture.md says. */
  get(ids: readonly string[]): Promise<ReadonlyMap<string, Node>>;
  /** Ordered by id; the page key is the id. */
  find(filter: NodeFilter, page: Page): Promise<readonly Node[]>;
  /** Ordered by (from, type, to, via). At most `limit`. */
  edges(filter: EdgeFilter, limit: number): Promise<readonly Edge[]>;
  /**
   * Full text over names (split at case, digits and punctuation), paths and doc comments, as each unit states them: a node is as
   * good as the best that is said of it. Ranked by the BM25 of graph/store/bm25.ts. The query is words, never query syntax.
   * Ordered by score, then id.
   */
  search(
    query: string,
    options: { readonly limit: number; readonly kinds?: readonly NodeKind[]; readonly repo?: string },
  ): Promise<readonly SearchHit[]>;
  /**
   * Full text over the chunks of one set, ranked by the BM25 of graph/store/bm25.ts. The query is words.
   * Ordered by score, then node, then place. Only those that score more than `above`.
   */
  chunks(
    query: string,
    options: { readonly set: WordSet; readonly limit: number; readonly repo?: string; readonly above?: number },
  ): Promise<readonly ChunkHit[]>;
  /** All chunks of a set: for sets that are small, such as commits. By repository, node, title and place. */
  allChunks(set: ChunkSet, repo?: string): Promise<readonly StoredChunk[]>;
  /**
   * The chunks of a set whose vectors, of those kept for a space, are nearest to one: all are compared, none is guessed.
   * Ordered by cosine, then node, then place. Only those whose cosine is more than `above`.
   */
  nearest(
    vector: Float32Array,
    options: { readonly space: string; readonly set: ChunkSet; readonly limit: number; readonly repo?: string; readonly above?: number },
  ): Promise<readonly ChunkHit[]>;
  /** Spaces that vectors are kept for, in order. */
  spaces(): Promise<readonly string[]>;
  /** The vectors kept for a space under these keys. */
  vectors(space: string, meanings: readonly string[]): Promise<ReadonlyMap<string, Int8Array>>;
  /** Chunks that have a meaning, but no vector for it in this space. In the order of {@link allChunks}, set by set. */
  withoutVector(space: string): Promise<readonly StoredChunk[]>;
  /** The text of a file as it was ingested, up to some hundred thousand characters. */
  text(repo: string, path: string): Promise<StoredText | undefined>;
  repositories(): Promise<readonly string[]>;
  units(repo: string): Promise<readonly UnitRecord[]>;
  /** Ordered by unit, then position. The page key is the row's ordinal as a decimal string. */
  diagnostics(page: Page): Promise<readonly StoredDiagnostic[]>;
  counts(): Promise<Counts>;
  /** Everything, in batches, nodes by id and edges by (from, type, to, via). For snapshots and dumps. */
  allNodes(): AsyncIterable<readonly Node[]>;
  allEdges(): AsyncIterable<readonly Edge[]>;
  /** The bytes last given to {@link GraphStore.saveSnapshot} for exactly this generation. */
  loadSnapshot(): Promise<Uint8Array | undefined>;
}

/**
 * Generation G+1 while it is being written. Invisible to readers until `publish`; discarded by `abort`, by a crash, and
 * when the store is opened again.
 */
export interface Publication extends AsyncDisposable {
  /** The generation this will become. */
  readonly generation: number;
  /** Applies in order; all or nothing for one call. The last delta of a unit wins. */
  apply(deltas: readonly GraphDelta[]): Promise<void>;
  /** Compare-and-set of the generation. Throws `STORE_BUSY` when another writer published since {@link GraphStore.begin}. */
  publish(): Promise<number>;
  abort(): Promise<void>;
}

/** A graph at a location. Many processes may read while one writes. */
export interface GraphStore extends AsyncDisposable {
  /** Where it is, as the user would write it, without credentials. */
  readonly location: string;
  /** The last published generation; 0 for an empty store. */
  generation(): Promise<number>;
  reader(): Promise<GraphReader>;
  /** Throws `STORE_BUSY` when another writer is at work. */
  begin(): Promise<Publication>;
  /** Keeps a derived, rebuildable blob beside a generation; a no-op when that generation is no longer the newest. */
  saveSnapshot(generation: number, bytes: Uint8Array): Promise<void>;
  /** Rises whenever vectors are saved; readers that were opened before do not see those. */
  vectorState(): Promise<number>;
  /**
   * Keeps vectors of a space, by the meaning that they are of: derived and rebuildable, so no part of a generation.
   * Throws `STORE_BUSY` when other writers do not let it through.
   */
  saveVectors(space: string, vectors: ReadonlyMap<string, Int8Array>): Promise<void>;
  /** Forgets the vectors of all other spaces, and those of meanings that nothing has any more. */
  dropOtherVectors(space: string): Promise<void>;
  close(): Promise<void>;
}

export interface StoreOptions {
  /** Create the store when there is none; otherwise opening throws `STORE_NOT_FOUND`. */
  readonly create: boolean;
  /** For databases that ask who is there. */
  readonly credentials?: { readonly user: string; readonly password: string };
  /** Name of the database on a server that holds several. */
  readonly database?: string;
}

/** One kind of store. The registry picks the first adapter that claims a location. */
export interface StoreAdapter {
  readonly name: string;
  claims(location: string): boolean;
  open(location: string, options: StoreOptions): Promise<GraphStore>;
}

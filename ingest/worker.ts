import type { UnitDelta, UnitRecord } from '../graph/model/delta.ts';

/** A repository on disk. `name` qualifies every id; `root` is an absolute real path and never reaches the graph. */
export interface Repository {
  readonly name: string;
  readonly root: string;
}

/** A file that discovery found and did not ignore. */
export interface DiscoveredFile {
  /** Relative to the repository root, with `/`. */
  readonly path: string;
  /** Hash of the bytes. */
  readonly hash: string;
  /** Bytes. */
  readonly size: number;
  /** Names of the workers that claim it, by its path and, where they ask for that, its text. */
  readonly claimedBy: readonly string[];
}

export interface ExtractInput {
  /** Every discovered file of the repository, ordered by path. */
  readonly files: readonly DiscoveredFile[];
  /** What this worker stated last time, by path. Empty on a cold ingest. */
  readonly previous: ReadonlyMap<string, UnitRecord>;
}

export interface ExtractOptions {
  /** The session is not going to be asked again: nothing has to be remembered for later. */
  readonly last?: boolean;
  readonly signal?: AbortSignal;
  /** Called with files finished and files to do; the total may grow. */
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * A worker at work on one repository. A session may keep state between calls (`--watch`), so that later calls are
 * cheaper; it never changes what is stated.
 */
export interface WorkerSession extends Disposable {
  /**
   * Yields one delta for each unit that has to be replaced: its source changed, or something its facts depend on did.
   * Units of files that vanished are removed by the pipeline. A source that cannot be read or parsed yields a delta
   * with a diagnostic and a Gap, never an exception.
   */
  extract(input: ExtractInput, options: ExtractOptions): AsyncIterable<UnitDelta>;
}

/** Turns the files of one kind of source into deltas. Pure: bytes in, facts out. */
export interface SourceWorker {
  readonly name: string;
  /** True for paths this worker states facts about. */
  claims(path: string): boolean;
  /**
   * Whether a file whose path is claimed is one of this worker's, from its text: many formats share `.yaml`. Called for
   * every such file on every run, so a regular expression, not a parser. Absent: the path decides.
   */
  recognises?(text: string, path: string): boolean;
  /** Of files that another worker claims it claims none. */
  readonly leftover?: boolean;
  /** It states one unit, of the path '', about the repository as a whole; it need not claim any file. */
  readonly wholeRepository?: boolean;
  open(repository: Repository): WorkerSession;
}

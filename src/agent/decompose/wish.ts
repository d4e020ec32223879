import type { OwnedFile, Task } from '../model.ts';

/** Work that belongs together, before it is settled who has which file when. */
export interface Wish {
  /** Names it among the wishes of one plan. */
  readonly key: string;
  readonly kind: Task['kind'];
  readonly title: string;
  readonly files: readonly OwnedFile[];
  /** Those that are tests, and the file that each tests. */
  readonly tests: ReadonlyMap<string, string>;
  /** Ids of criteria and NFRs. */
  readonly covers: readonly string[];
  /** Keys of wishes that come first. */
  readonly after: readonly string[];
  /** Id of the thing in a file that says best why it is here, by path. */
  readonly nodes: ReadonlyMap<string, string>;
}

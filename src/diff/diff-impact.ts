import type { DetectedChange, ImpactAnswer } from '../../graph/query/change.ts';

export interface DiffRange {
  /** A folder of an ingested repository, in a Git work tree. Changes outside that repository are not looked at. */
  readonly root: string;
  /**
   * `REV` (work tree against REV), `A..B` (two revisions), `A...B` (B against its merge base with A); a side left out is
   * HEAD. Absent: work tree against HEAD. Not together with `staged`.
   */
  readonly revisions?: string;
  /** The index against HEAD. */
  readonly staged?: boolean;
  /** 0–1: leave out items below. */
  readonly minConfidence?: number;
  /** Items to list, the first of their order; Infinity = all; default 1,000. Totals, tests and verdict are of all. */
  readonly limit?: number;
  /** Add paths with evidence to the items. */
  readonly paths?: boolean;
}

/** Something the change touches that the answer says nothing about. */
export interface SkippedChange {
  readonly file: string;
  readonly reason: string;
}

export interface DiffImpactAnswer extends Omit<ImpactAnswer, 'target' | 'change'> {
  readonly changes: readonly DetectedChange[];
  readonly skipped: readonly SkippedChange[];
}

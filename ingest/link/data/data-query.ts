import type { CallKey, Expr } from '../../keys.ts';
import type { Chain } from './chain.ts';
import type { Tables } from './tables.ts';

/** What a call asks of a database, in the database's words. */
export interface DataQuery {
  readonly library: string;
  readonly tables: readonly { readonly name: string; readonly write?: boolean }[];
  readonly columns: readonly DataColumn[];
  /** What the result calls its columns, where it is rows that are selected. */
  readonly outputs?: readonly { readonly name: string; readonly column: DataColumn }[];
  /** Tables all of whose columns are part of the result. */
  readonly all?: readonly string[];
  /** Tables whose rows are read or written with columns that are not written out here. */
  readonly whole?: readonly string[];
  /** It was read by its words: what looks like a column may be something else. */
  readonly loose?: boolean;
  /** 0–1: how sure it is that this is a query at all. */
  readonly confidence: number;
}

export interface DataColumn {
  readonly table?: string;
  /** Tables one of which has it. */
  readonly among?: readonly string[];
  readonly name: string;
  readonly write?: boolean;
}

/** A call as the readers of queries see it. */
export interface QueryCall {
  readonly repo: string;
  /** In which it stands. */
  readonly file: string;
  readonly value: CallKey;
  /** As it is written: constants stand for themselves. */
  readonly raw: Chain;
  /** With constants, parameters and members replaced by what they are. */
  readonly reduced: Chain;
  readonly args: readonly Expr[];
  readonly tables: Tables;
  reduce(expr: Expr): Expr;
}

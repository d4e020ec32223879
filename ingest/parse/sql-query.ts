/** A table that a query names. Names are in small letters unless they are quoted: compare them without regard to case. */
export interface QueryTable {
  readonly name: string;
  /** Offset into the text. */
  readonly at: number;
  /** Rows of it are inserted, changed or deleted. */
  readonly write?: true;
}

/** A column that a query names. */
export interface QueryColumn {
  /** The table, with aliases resolved; absent where several of the query could have it: see `among`. */
  readonly table?: string;
  /** `*` for all columns. */
  readonly name: string;
  readonly at: number;
  /** It is given a value. */
  readonly write?: true;
  /** Tables one of which has it, where the text does not say which: the first that has a column of that name. */
  readonly among?: readonly string[];
}

export interface Query {
  readonly tables: readonly QueryTable[];
  readonly columns: readonly QueryColumn[];
  /** Names of the columns of the result, as far as they are written down. */
  readonly outputs: readonly { readonly name: string; readonly at: number }[];
  /** Why it was read by its words only, or not at all: no parser takes it. */
  readonly problem?: string;
}

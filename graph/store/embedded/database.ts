import { DatabaseSync, type DatabaseSyncInstance, type StatementSyncInstance } from '@photostructure/sqlite';

/** What SQLite stores and returns. */
export type SqlValue = null | number | string | Uint8Array;
/** The columns of a row, in the order of the query. Callers name the types their query gives. */
export type SqlRow = readonly SqlValue[];

/** One connection to a database file, for one transaction at a time. Statements are prepared once and kept. */
export interface Database {
  exec(sql: string): void;
  run(sql: string, ...values: readonly SqlValue[]): void;
  get<Row extends SqlRow>(sql: string, ...values: readonly SqlValue[]): Row | undefined;
  all<Row extends SqlRow>(sql: string, ...values: readonly SqlValue[]): readonly Row[];
  readonly inTransaction: boolean;
  close(): void;
}

export interface OpenOptions {
  readonly readOnly: boolean;
  /** How long a statement waits for another connection's lock, in milliseconds; the process stands still meanwhile. */
  readonly busyMilliseconds: number;
}

/** Opens a connection to a file; creates the file unless `readOnly`. */
export function openDatabase(path: string, { readOnly, busyMilliseconds }: OpenOptions): Database {
  const connection: DatabaseSyncInstance = new DatabaseSync(path, { readOnly, timeout: busyMilliseconds });
  const statements = new Map<string, StatementSyncInstance>();
  const statement = (sql: string): StatementSyncInstance => {
    let prepared = statements.get(sql);
    if (!prepared) {
      prepared = connection.prepare(sql);
      prepared.setReturnArrays(true);
      statements.set(sql, prepared);
    }
    return prepared;
  };
  return {
    exec: (sql) => connection.exec(sql),
    run: (sql, ...values) => void statement(sql).run(...values),
    get: (sql, ...values) => statement(sql).get(...values),
    all: <Row extends SqlRow>(sql: string, ...values: readonly SqlValue[]) => statement(sql).all(...values) as Row[],
    get inTransaction() {
      return connection.isTransaction;
    },
    close: () => connection.close(),
  };
}

/** SQLite's result code without its extension, such as `5` for SQLITE_BUSY; undefined for other errors. */
export function resultCodeOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return undefined;
  return error.errcode & 0xff;
}

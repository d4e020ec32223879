import type { Database } from './database.ts';

/** Connections that are kept for the next use: the library frees a closed one only when it collects garbage. */
export interface Pool {
  /** Hands a connection to someone who gives it back, outside a transaction; it is given back for them when they fail at once. */
  lend<T>(use: (database: Database, giveBack: () => void) => T): T;
  /** Closes the connections at hand, and those still lent when they are given back. */
  close(last?: (database: Database) => void): void;
}

export function createPool(connect: () => Database): Pool {
  const idle: Database[] = [];
  let open = true;
  return {
    lend(use) {
      const database = idle.pop() ?? connect();
      const giveBack = (): void => {
        if (open) idle.push(database);
        else database.close();
      };
      try {
        return use(database, giveBack);
      } catch (error) {
        if (database.inTransaction) database.exec('ROLLBACK');
        giveBack();
        throw error;
      }
    },
    close(last) {
      open = false;
      for (const database of idle.splice(0)) {
        last?.(database);
        database.close();
      }
    },
  };
}

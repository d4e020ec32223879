import { PlatformError } from '../../graph/errors.ts';

/** Work on threads in a server: nobody has to wait to its end, and nobody who goes interrupts it. */
export interface Runs {
  /**
   * Works on a thread, after what was begun on it before; resolves when that is done, or has taken too long to wait for. Throws what the
   * work throws in that time, and `LIMIT_EXCEEDED` when too much is at work already.
   */
  run(thread: string, work: (signal: AbortSignal) => Promise<unknown>): Promise<void>;
  isAtWork(thread: string): boolean;
  /** Interrupts all work, and resolves when it has ended: threads are files, and go on from what is done. */
  close(): Promise<void>;
}

/** `most`: at work or waiting at a time. `patience`: milliseconds to wait for one. */
export function createRuns({ most, patience }: { readonly most: number; readonly patience: number }): Runs {
  const interrupt = new AbortController();
  const atWork = new Map<string, Promise<void>>();
  let running = 0;
  return {
    async run(thread, work) {
      if (running >= most)
        throw new PlatformError('LIMIT_EXCEEDED', `${running} threads are worked on already. Ask again when some of them are done.`, {
          details: { limit: 'runningThreads', allowed: most },
        });
      running += 1;
      const before = atWork.get(thread);
      const begin = async (): Promise<void> => {
        await before;
        if (interrupt.signal.aborted) throw new PlatformError('ABORTED', 'The server was stopped. Resuming the thread goes on with it.');
        await work(interrupt.signal);
      };
      const done = begin();
      const ended = done
        .catch(() => {}) // told to whoever waits; who comes later sees a thread that stopped, and resumes it
        .finally(() => {
          running -= 1;
          if (atWork.get(thread) === ended) atWork.delete(thread);
        });
      atWork.set(thread, ended);
      await Promise.race([done, waitFor(patience)]);
    },
    isAtWork: (thread) => atWork.has(thread),
    async close() {
      interrupt.abort();
      await Promise.all(atWork.values());
    },
  };
}

const waitFor = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds).unref();
  });

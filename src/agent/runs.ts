import { PlatformError } from '../../graph/errors.ts';

/** Work on threads in a server: nobody has to wait to its end, and nobody who goes interrupts it. */
export interface Runs {
  /**
   * Works on a thread, after what was begun on it before; resolves when that is done, or has taken too long to wait for. Throws what the
   * work throws in that time, and `LIMIT_EXCEEDED` when too much is at work already.
   */
  run(thread: string, work: (signal: AbortSignal) => Promise<unknown>): Promise<void>;
  isAtWork(thread: string): boolean;
  /** What the last work on a thread came to where it failed; undefined as soon as there is work on it again. */
  failureOf(thread: string): Failure | undefined;
  /** Interrupts all work, and resolves when it has ended: threads are files, and go on from what is done. */
  close(): Promise<void>;
}

export interface Failure {
  readonly error: unknown;
  /** ISO 8601. What happened to the thread since may have mended it. */
  readonly at: string;
}

export interface RunOptions {
  /** At work or waiting at a time. */
  readonly most: number;
  /** Milliseconds to wait for one. */
  readonly patience: number;
  /** Told of a failure that came when nobody waited any more. */
  readonly onLateFailure: (thread: string, error: unknown) => void;
  readonly now?: () => Date;
}

/** Threads whose failure is remembered. */
const MOST_FAILURES = 1000;

export function createRuns({ most, patience, onLateFailure, now = () => new Date() }: RunOptions): Runs {
  const interrupt = new AbortController();
  const atWork = new Map<string, Promise<void>>();
  const failures = new Map<string, Failure>();
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
        failures.delete(thread);
        interrupt.signal.throwIfAborted();
        await work(interrupt.signal);
      };
      const done = begin();
      let isWaitedFor = true;
      const ended = done
        .catch((error: unknown) => {
          // Told to whoever waits; who comes later sees a thread that stopped, and why.
          failures.set(thread, { error, at: now().toISOString() });
          const [oldest] = failures.keys();
          if (failures.size > MOST_FAILURES && oldest !== undefined) failures.delete(oldest);
          if (!isWaitedFor && !interrupt.signal.aborted) onLateFailure(thread, error);
        })
        .finally(() => {
          running -= 1;
          if (atWork.get(thread) === ended) atWork.delete(thread);
        });
      atWork.set(thread, ended);
      try {
        await Promise.race([done, waitFor(patience)]);
      } finally {
        isWaitedFor = false;
      }
    },
    isAtWork: (thread) => atWork.has(thread),
    failureOf: (thread) => failures.get(thread),
    async close() {
      interrupt.abort(new PlatformError('ABORTED', 'The server was stopped. Resuming the thread goes on with it.'));
      await Promise.all(atWork.values());
    },
  };
}

/** What stopped the last work on a thread, where nothing has happened to the thread since. */
export function stoppedBy(
  { isAtWork, failureOf }: Pick<Runs, 'isAtWork' | 'failureOf'>,
  thread: string,
  happened: readonly { readonly at: string }[],
): unknown {
  const failure = isAtWork(thread) ? undefined : failureOf(thread);
  return failure && happened.every(({ at }) => at <= failure.at) ? failure.error : undefined;
}

const waitFor = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds).unref();
  });

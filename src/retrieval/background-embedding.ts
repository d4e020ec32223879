import { PlatformError } from '../../graph/errors.ts';
import type { System } from '../system.ts';

/** Brings vectors up to date beside other work, one run at a time. */
export interface BackgroundEmbedding {
  /** There is something new. While a run is under way, another one follows it. */
  request(): void;
  /** Interrupts and waits; what is done stays. Throws what `onError` threw. */
  close(): Promise<void>;
}

/** `onError`: what a run failed with; the next request tries again, unless this throws. */
export function createBackgroundEmbedding(system: Pick<System, 'embed'>, onError: (error: unknown) => void): BackgroundEmbedding {
  const interrupt = new AbortController();
  let wanted = false;
  let running: Promise<void> | undefined;

  const run = async (): Promise<void> => {
    while (wanted && !interrupt.signal.aborted) {
      wanted = false;
      try {
        await system.embed({ signal: interrupt.signal });
      } catch (error) {
        if (!(error instanceof PlatformError && error.code === 'ABORTED')) onError(error);
      }
    }
    running = undefined;
  };

  return {
    request() {
      wanted = true;
      running ??= run();
      running.catch(() => undefined); // told by close
    },
    async close() {
      interrupt.abort();
      await running;
    },
  };
}

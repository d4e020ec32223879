import { setMaxListeners } from 'node:events';
import { PlatformError, throwIfAborted } from '../../../../graph/errors.ts';
import type { Embedder } from '../../embedder.ts';
import type { ModelSource } from './model.ts';
import { SPACE } from './space.ts';
import { ModelThread } from './thread.ts';

/** Of all embedders of this process. */
const shared = new ModelThread();

/**
 * The model that ships with specgraph: all-MiniLM-L6-v2, int8, in a thread of its own that all embedders of the process share. Costs
 * nothing until something is embedded. The same text gives the same bytes on one machine, whichever embedder is asked.
 */
export const openMiniLm = (source: ModelSource = {}): Promise<Embedder> => Promise.resolve(createMiniLm(shared, source));

/** What {@link openMiniLm} opens, in a thread of the caller's. */
export function createMiniLm(thread: ModelThread, source: ModelSource = {}): Embedder {
  const closing = new AbortController();
  // As many texts as are embedded at once.
  setMaxListeners(0, closing.signal);
  return {
    space: SPACE,
    async embed(texts, { signal } = {}) {
      throwIfAborted(signal);
      if (closing.signal.aborted) throw new PlatformError('EMBEDDER_FAILED', 'This embedder was closed. Open another.');
      if (texts.length === 0) return [];
      const stop = signal ? AbortSignal.any([signal, closing.signal]) : closing.signal;
      const vectors = await thread.embed(source, texts, stop);
      const size = vectors.length / texts.length;
      return texts.map((_, at) => vectors.slice(at * size, (at + 1) * size));
    },
    async [Symbol.asyncDispose]() {
      closing.abort();
    },
  };
}

import { PlatformError } from '../../graph/errors.ts';
import type { GraphReader } from '../../graph/store/store.ts';
import type { EmbedderConfig } from '../config.ts';
import type { Embedder } from './embedder.ts';
import type { Meant } from './search.ts';

/** The configured embedder, opened by whoever needs it first. */
export interface SharedEmbedder {
  /** Undefined where meaning is not to be compared. Throws `EMBEDDER_FAILED`. */
  open(): Promise<Embedder | undefined>;
  /** The space of its vectors; undefined also where it cannot be opened. */
  space(): Promise<string | undefined>;
  /**
   * A question as a vector, where the graph has vectors to compare it with. A model that fails is no reason to leave a question
   * unanswered: then `warning` says that only words were compared, and why.
   */
  vectorOf(reader: GraphReader, question: string): Promise<{ readonly meant?: Meant; readonly warning?: string }>;
  close(): Promise<void>;
}

export function createSharedEmbedder(config: EmbedderConfig): SharedEmbedder {
  let opened: Promise<Embedder | undefined> | undefined;
  const open = (): Promise<Embedder | undefined> =>
    (opened ??= import('./embedders/registry.ts')
      .then(({ openEmbedder }) => openEmbedder(config))
      .catch((error: unknown) => {
        opened = undefined; // the next question tries again
        throw error;
      }));
  return {
    open,
    async space() {
      try {
        return (await open())?.space;
      } catch (error) {
        if (!hasFailed(error)) throw error;
        return undefined;
      }
    },
    async vectorOf(reader, question) {
      if (config.use === 'none' || question.trim() === '') return {};
      const spaces = await reader.spaces();
      if (spaces.length === 0) return {};
      try {
        const embedder = await open();
        if (!embedder || !spaces.includes(embedder.space)) return {};
        const [vector] = await embedder.embed([question]);
        return vector ? { meant: { space: embedder.space, vector } } : {};
      } catch (error) {
        if (!hasFailed(error)) throw error;
        return { warning: `Only words were compared, not meanings. ${error.message}` };
      }
    },
    async close() {
      const held = await opened?.catch(() => undefined);
      opened = undefined;
      await held?.[Symbol.asyncDispose]();
    },
  };
}

const hasFailed = (error: unknown): error is PlatformError => error instanceof PlatformError && error.code === 'EMBEDDER_FAILED';

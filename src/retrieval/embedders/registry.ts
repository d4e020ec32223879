import type { EmbedderConfig } from '../../config.ts';
import type { Embedder } from '../embedder.ts';

/** Every embedder there is, by the name that settings give it. The only place that names adapters; loaded when opened. */
const EMBEDDERS: Readonly<Record<EmbedderConfig['use'], (config: EmbedderConfig) => Promise<Embedder | undefined>>> = {
  minilm: async () => (await import('./minilm/minilm.ts')).openMiniLm(),
  openai: async (config) => (await import('./openai.ts')).openOpenAIEmbedder(config),
  none: () => Promise.resolve(undefined),
};

/** Opens the embedder that is configured; undefined = search goes by words alone. Throws `EMBEDDER_FAILED`. */
export const openEmbedder = async (config: EmbedderConfig): Promise<Embedder | undefined> => EMBEDDERS[config.use](config);

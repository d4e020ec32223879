import OpenAI from 'openai';
import { z } from 'zod';
import { PlatformError, throwIfAborted } from '../../../graph/errors.ts';
import type { EmbedderConfig } from '../../config.ts';
import { modelError } from '../../model-failure.ts';
import { createModelFetch, NO_KEY, NO_TIMEOUT, PATIENCE } from '../../model-fetch.ts';
import type { Embedder } from '../embedder.ts';
import { batchesOf } from './batches.ts';
import { unitVector } from './unit-vector.ts';

/** What is relied on in an answer. Some servers leave `index` out. */
const Answer = z.object({
  data: z.array(z.object({ index: z.int().min(0).optional(), embedding: z.custom<readonly unknown[]>(Array.isArray, 'is not a list') })),
});

interface Call {
  readonly signal?: AbortSignal;
}

/**
 * Opens an OpenAI-compatible embeddings endpoint. How many dimensions its vectors have is asked of it unless configured.
 * Throws `BAD_INPUT` without a model, `EMBEDDER_FAILED` when the endpoint gives no vector.
 */
export async function openOpenAIEmbedder(config: EmbedderConfig, patience = PATIENCE): Promise<Embedder> {
  const { model, url, batch, longest, concurrency } = config;
  if (model === undefined)
    throw new PlatformError('BAD_INPUT', 'Set embedder.model, or SPECGRAPH_EMBEDDER_MODEL, to what the endpoint embeds with.');
  const who = `The embedder ${model} at ${url}`;
  // Everything that the client would look up in the environment is said here; what it adds itself, the fetch leaves out.
  const client = new OpenAI({
    baseURL: url,
    apiKey: NO_KEY,
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    logLevel: 'off',
    maxRetries: 0,
    timeout: NO_TIMEOUT,
    fetch: createModelFetch(config, patience),
  });

  /** What the endpoint answers for each text; undefined where it answers nothing. */
  const ask = async (texts: readonly string[], { signal }: Call): Promise<readonly (readonly unknown[] | undefined)[]> => {
    const body = {
      model,
      input: [...texts],
      encoding_format: 'float' as const, // the client's default, base64, is not understood everywhere
      ...(config.dimensions === undefined ? {} : { dimensions: config.dimensions }),
    };
    let answer: unknown;
    try {
      answer = await client.embeddings.create(body, signal ? { signal } : {});
    } catch (error) {
      throw modelError('EMBEDDER_FAILED', who, error, signal);
    }
    const parsed = Answer.safeParse(answer);
    if (!parsed.success)
      throw nonsense('malformed', 'answers without a list of embeddings', 'Check that the url is that of an OpenAI-compatible API.');
    return inOrder(parsed.data.data, texts.length);
  };

  function inOrder(entries: z.infer<typeof Answer>['data'], count: number): readonly (readonly unknown[] | undefined)[] {
    const found: (readonly unknown[] | undefined)[] = Array.from({ length: count });
    const isPlain = entries.length === count && entries.every(({ index }) => index === undefined);
    for (const [at, { index = isPlain ? at : -1, embedding }] of entries.entries()) {
      if (index < 0 || index >= count || found[index] !== undefined) {
        throw nonsense(
          'malformed',
          `does not say which of ${count} texts its ${entries.length} embeddings are of`,
          'Try a smaller embedder.batch.',
        );
      }
      found[index] = embedding;
    }
    return found;
  }

  /** A batch that comes back in part is asked for once more, for what is missing only. */
  async function embedBatch(texts: readonly string[], call: Call): Promise<readonly (readonly unknown[])[]> {
    const found = [...(await ask(texts, call))];
    const missing = texts.flatMap((text, at) => (found[at] === undefined ? [{ text, at }] : []));
    if (missing.length > 0) {
      const rest = await ask(
        missing.map(({ text }) => text),
        call,
      );
      for (const [index, { at }] of missing.entries()) found[at] = rest[index];
    }
    const whole = found.filter((embedding) => embedding !== undefined);
    if (whole.length === texts.length) return whole;
    throw nonsense('partial', `answers for ${whole.length} of ${texts.length} texts, though asked twice`, 'Try a smaller embedder.batch.');
  }

  const toVector = (embedding: readonly unknown[], dimensions: number): Float32Array => {
    if (embedding.length !== dimensions) {
      throw nonsense(
        'dimensions',
        `answers with ${embedding.length} dimensions instead of ${dimensions}`,
        'Correct embedder.dimensions, or leave it out.',
      );
    }
    const vector = unitVector(embedding);
    if (vector === undefined)
      throw nonsense('malformed', 'answers with a vector that is zero or not made of numbers', 'Configure another model.');
    return vector;
  };
  const nonsense = (reason: string, what: string, next: string): PlatformError =>
    new PlatformError('EMBEDDER_FAILED', `${who} ${what}. ${next}`, { details: { reason } });

  const dimensions = config.dimensions ?? (await embedBatch(['dimensions'], {}))[0]?.length ?? 0;
  return {
    space: `openai:${model}:${dimensions}`,
    async embed(texts, { signal } = {}) {
      throwIfAborted(signal);
      const batches = batchesOf(texts, { texts: batch, longest });
      const vectors: Float32Array[][] = [];
      const failed = new AbortController(); // one batch that fails stops the others
      const call = { signal: signal === undefined ? failed.signal : AbortSignal.any([signal, failed.signal]) };
      let next = 0;
      const work = async (): Promise<void> => {
        for (let at = next++; at < batches.length; at = next++) {
          const found = await embedBatch(batches[at] ?? [], call);
          vectors[at] = found.map((embedding) => toVector(embedding, dimensions));
        }
      };
      try {
        await Promise.all(Array.from({ length: Math.min(concurrency, batches.length) }, work));
      } catch (error) {
        failed.abort(error);
        throw error;
      }
      return vectors.flat();
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { GraphReader } from '../../../../graph/store/store.ts';
import { EmbedderConfig } from '../../../../src/config.ts';
import { createSharedEmbedder, type SharedEmbedder } from '../../../../src/retrieval/question-vector.ts';
import { refuse, startOpenAIServer, vectorOf, type OpenAIServer } from '../../../openai-server.ts';

const SPACE = 'openai:toy:8';
const reader = (...spaces: readonly string[]) => ({ spaces: async () => spaces }) as unknown as GraphReader;

let server: OpenAIServer;
const opened: SharedEmbedder[] = [];
const share = (settings: object = {}): SharedEmbedder => {
  const config = EmbedderConfig.parse({ use: 'openai', model: 'toy', url: server.url, dimensions: 8, retries: 0, ...settings });
  const embedder = createSharedEmbedder(config);
  opened.push(embedder);
  return embedder;
};
beforeEach(async () => {
  server = await startOpenAIServer();
});
afterEach(async () => {
  for (const each of opened.splice(0)) await each.close();
  await server[Symbol.asyncDispose]();
});

describe('a question as a vector', () => {
  it('is of length 1, in the space of the graph', async () => {
    const { meant, warning } = await share().vectorOf(reader('other:2', SPACE), 'where is the quota?');
    expect(warning).toBeUndefined();
    expect(meant!.space).toBe(SPACE);
    expect(Math.hypot(...meant!.vector)).toBeCloseTo(1, 5);
    const raw = vectorOf('where is the quota?', 8);
    expect(meant!.vector[0]).toBeCloseTo(raw[0]! / Math.hypot(...raw), 5);
  });

  it.each([
    ['the question is blank', {}, ' \n', [SPACE]],
    ['there are no vectors', {}, 'quota', []],
    ['nothing is configured', { use: 'none' }, 'quota', [SPACE]],
  ])('is none where %s, and no model is asked', async (_, settings, question, spaces) => {
    expect(await share(settings).vectorOf(reader(...spaces), question)).toEqual({});
    expect(server.received).toHaveLength(0);
  });

  it('is none where the vectors are of another model', async () => {
    expect(await share().vectorOf(reader('openai:other:8'), 'quota')).toEqual({});
    expect(server.received).toHaveLength(0);
  });

  it.each([
    ['refuses', refuse(401)],
    ['answers nonsense', { does: 'say', text: '{"data":"none"}' }],
    ['breaks off', { does: 'break' }],
  ] as const)('is none with a warning where the model %s, and comes back with it', async (_, behaviour) => {
    const embedder = share();
    server.script(behaviour);
    const answer = await embedder.vectorOf(reader(SPACE), 'quota');
    expect(answer).toEqual({ warning: expect.stringMatching(/^Only words were compared, not meanings\. The embedder toy at /) as string });
    expect((await embedder.vectorOf(reader(SPACE), 'quota')).meant).toBeDefined();
  });

  it('is tried again where the model could not be opened', async () => {
    const embedder = share({ dimensions: undefined });
    server.script(refuse(401));
    expect(await embedder.vectorOf(reader(SPACE), 'quota')).toHaveProperty('warning');
    expect(await embedder.vectorOf(reader(SPACE), 'quota')).toHaveProperty('meant');
    await embedder.vectorOf(reader(SPACE), 'total');
    // Opened once, and asked twice.
    expect(server.received.map(({ body }) => body.input)).toEqual([['dimensions'], ['dimensions'], ['quota'], ['total']]);
  });

  it('sends a question of 100 kB cut to what the model reads', async () => {
    expect((await share().vectorOf(reader(SPACE), '🚀 quota'.repeat(15_000))).meant).toBeDefined();
    expect(server.received[0]!.body.input[0].length).toBeLessThanOrEqual(8000);
  });
});

describe('the space of the embedder', () => {
  it('is that of what is configured, none where it cannot be opened', async () => {
    expect(await share().space()).toBe(SPACE);
    expect(await share({ use: 'none' }).space()).toBeUndefined();
    server.script(refuse(401));
    expect(await share({ dimensions: undefined }).space()).toBeUndefined();
  });
});

describe('closing', () => {
  it('is possible before, between and after', async () => {
    const embedder = share();
    await embedder.close();
    expect((await embedder.vectorOf(reader(SPACE), 'quota')).meant).toBeDefined();
    await embedder.close();
    await embedder.close();
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EmbedderConfig } from '../../../src/config.ts';
import { openOpenAIEmbedder } from '../../../src/retrieval/embedders/openai.ts';
import { openEmbedder } from '../../../src/retrieval/embedders/registry.ts';
import { change, refuse, startOpenAIServer, vectorOf, type Behaviour, type Json, type OpenAIServer } from '../../openai-server.ts';

const KEY = 'sk-parcels-do-not-tell-4711';
const IMPATIENT = { first: 4, longest: 2000 };
const TEXTS = ['quote a parcel', 'print a label', 'track a parcel', 'invoice a sender', 'cancel a pick-up'];

let server: OpenAIServer;
beforeEach(async () => {
  server = await startOpenAIServer();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await server[Symbol.asyncDispose]();
});

const open = (settings: Partial<EmbedderConfig> = {}) => {
  const config = { use: 'openai', url: server.url, model: 'little-embed', key: KEY, dimensions: 8, retries: 2, timeout: 5, ...settings };
  return openOpenAIEmbedder(EmbedderConfig.parse(config), IMPATIENT);
};
const unit = (text: string, dimensions = 8): number[] => {
  const vector = vectorOf(text, dimensions);
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
};
function expectVectors(found: readonly Float32Array[], texts: readonly string[]): void {
  expect(found).toHaveLength(texts.length);
  for (const [at, text] of texts.entries()) {
    const expected = unit(text);
    expect(found[at]).toHaveLength(8);
    for (const [axis, value] of expected.entries()) expect(found[at]?.[axis]).toBeCloseTo(value, 6);
  }
}
const always = (behaviour: Behaviour): Behaviour[] => Array.from({ length: 9 }, () => behaviour);
/** All that a log or a person could get to read of an error. */
const everything = (error: unknown): string =>
  error instanceof Error
    ? [error.stack, JSON.stringify(error), JSON.stringify(Object.entries(error)), everything(error.cause)].join('\n')
    : String(error);

describe('OpenAI-compatible embeddings', () => {
  it('come back in order, of length 1, from requests of the size that is configured', async () => {
    const embedder = await open({ batch: 2, concurrency: 2 });
    server.script({ does: 'answer', after: 40 }); // the first batch arrives last
    expectVectors(await embedder.embed(TEXTS), TEXTS);
    expect(server.received.map(({ body }) => body.input)).toEqual([TEXTS.slice(0, 2), TEXTS.slice(2, 4), TEXTS.slice(4)]);
    expect(server.received[0]?.body).toMatchObject({ model: 'little-embed', encoding_format: 'float', dimensions: 8 });
    expect(server.received[0]?.headers.authorization).toBe(`Bearer ${KEY}`);
    expect(server.mostAtOnce()).toBe(2);
    expect(embedder.space).toBe('openai:little-embed:8');
  });

  it('cost no request where there is no text', async () => {
    expect(await (await open()).embed([])).toEqual([]);
    expect(server.received).toEqual([]);
  });

  it('have the dimensions of the model where none are configured, for one request', async () => {
    const embedder = await open({ dimensions: undefined });
    expect(embedder.space).toBe('openai:little-embed:8');
    expect(server.received).toHaveLength(1);
    expect(server.received[0]?.body).not.toHaveProperty('dimensions');
  });

  it('are asked for in requests that an endpoint can take: no empty text, none too long, no half of a character', async () => {
    const embedder = await open({ longest: 100 });
    await embedder.embed(['', ' \n', `${'x'.repeat(99)}📦`, 'a'.repeat(500)]);
    expect(server.received[0]?.body.input).toEqual([' ', ' ', `${'x'.repeat(99)}\uFFFD`, 'a'.repeat(100)]);
    const big = await open({ longest: 90_000 });
    await big.embed(['a', 'b', 'c', 'd', 'e'].map((letter) => letter.repeat(90_000)));
    expect(server.received.slice(1).map(({ body }) => body.input.length)).toEqual([2, 2, 1]);
  });

  it.each<[string, Behaviour[]]>([
    ['a 429', [refuse(429)]],
    ['a 500 and a 503', [refuse(500), refuse(503)]],
    ['a 408', [refuse(408)]],
    ['a 502 of a gateway that speaks HTML', [{ does: 'refuse', status: 502, body: '<html>' }]],
    ['a connection that breaks', [{ does: 'break' }]],
    ['an answer that is not JSON', [{ does: 'say', text: '{"data": [{"index": 0, "embedding": [NaN]}]}' }]],
    ['an answer that stops half way', [{ does: 'say', text: '{"data": [{"ind' }]],
  ])('survive %s', async (_, behaviours) => {
    const embedder = await open();
    server.script(...behaviours);
    expectVectors(await embedder.embed(TEXTS), TEXTS);
    expect(server.received).toHaveLength(behaviours.length + 1);
  });

  it.each<[string, Behaviour]>([
    ['never answers', { does: 'hang' }],
    ['stops in the middle of an answer', { does: 'stall' }],
  ])('survive a server that %s', async (_, behaviour) => {
    const embedder = await open({ timeout: 0.1 });
    server.script(behaviour);
    expectVectors(await embedder.embed(TEXTS), TEXTS);
    expect(server.received).toHaveLength(2);
  });

  it.each([
    ['out of order', (answer: Json) => ({ ...answer, data: answer.data.toReversed() })],
    ['without indexes', (answer: Json) => ({ data: answer.data.map(({ embedding }: Json) => ({ embedding })) })],
  ])('are understood %s', async (_, how) => {
    const embedder = await open();
    server.script(change(how));
    expectVectors(await embedder.embed(TEXTS), TEXTS);
    expect(server.received).toHaveLength(1);
  });

  it('are asked for again where a batch comes back in part, only those that are missing', async () => {
    const embedder = await open();
    server.script(change((answer) => ({ ...answer, data: [answer.data[3], answer.data[0]] })));
    expectVectors(await embedder.embed(TEXTS), TEXTS);
    expect(server.received.map(({ body }) => body.input)).toEqual([TEXTS, [TEXTS[1], TEXTS[2], TEXTS[4]]]);
  });
});

describe('OpenAI-compatible embeddings fail', () => {
  const partial = change((answer) => ({ ...answer, data: answer.data.slice(0, 1) }));
  const first = (how: (embedding: Json[]) => Json): Behaviour =>
    change((answer) => ({
      ...answer,
      data: answer.data.map((each: Json) => (each.index === 0 ? { ...each, embedding: how(each.embedding) } : each)),
    }));

  it.each<[string, { reason: string; status?: number; attempts?: number }, number, Behaviour[]]>([
    ['when a 429 does not end', { reason: 'rate-limited', status: 429, attempts: 3 }, 3, always(refuse(429))],
    ['when a 500 does not end', { reason: 'server-error', status: 500, attempts: 3 }, 3, always(refuse(500))],
    ['when connections break again and again', { reason: 'unreachable', attempts: 3 }, 3, always({ does: 'break' })],
    ['when answers are never JSON', { reason: 'malformed', status: 200, attempts: 3 }, 3, always({ does: 'say', text: 'Hello' })],
    ['at once at a 400', { reason: 'rejected', status: 400, attempts: 1 }, 1, [refuse(400)]],
    ['at once at a 401', { reason: 'rejected', status: 401, attempts: 1 }, 1, [refuse(401)]],
    ['at once at a redirect', { reason: 'rejected', status: 307, attempts: 1 }, 1, [refuse(307, { location: 'http://127.0.0.1:9/' })]],
    [
      'at once when the quota is spent',
      { reason: 'quota', status: 429, attempts: 1 },
      1,
      [refuse(429, {}, { error: { message: 'no money', code: 'insufficient_quota' } })],
    ],
    ['when told to wait for too long', { reason: 'rate-limited', status: 429, attempts: 1 }, 1, [refuse(429, { 'retry-after': '3600' })]],
    ['at once at other dimensions', { reason: 'dimensions' }, 1, [first((embedding) => embedding.slice(1))]],
    ['at once at null for a number', { reason: 'malformed' }, 1, [first(([, ...rest]) => [null, ...rest])]],
    ['at once at a number that is too large', { reason: 'malformed' }, 1, [first(([, ...rest]) => [1e300, ...rest])]],
    ['at once at a zero vector', { reason: 'malformed' }, 1, [first((embedding) => embedding.map(() => 0))]],
    ['at once at base64', { reason: 'malformed' }, 1, [first(() => 'AAAA')]],
    [
      'at once at two vectors for a text',
      { reason: 'malformed' },
      1,
      [change((answer) => ({ data: answer.data.map((each: Json) => ({ ...each, index: 0 })) }))],
    ],
    [
      'at once at an index that was not asked for',
      { reason: 'malformed' },
      1,
      [change((answer) => ({ data: answer.data.map((each: Json) => ({ ...each, index: each.index + 1 })) }))],
    ],
    [
      'at once at too many vectors',
      { reason: 'malformed' },
      1,
      [change((answer) => ({ data: [...answer.data, { embedding: answer.data[0].embedding }] }))],
    ],
    ['at once at JSON of another form', { reason: 'malformed' }, 1, [change(() => ({ error: 'model is loading' }))]],
    ['at a batch that stays in part', { reason: 'partial' }, 2, [partial, partial]],
  ])('%s', async (_, details, requests, behaviours) => {
    const embedder = await open();
    server.script(...behaviours);
    const error: unknown = await embedder.embed(TEXTS).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'EMBEDDER_FAILED', details });
    expect((error as Error).message).toContain(`little-embed at ${server.url}`);
    expect(server.received).toHaveLength(requests);
  });

  it('when there is no answer in time, again and again', async () => {
    const embedder = await open({ timeout: 0.05, retries: 1 });
    server.script({ does: 'hang' }, { does: 'stall' }, { does: 'hang' });
    await expect(embedder.embed(TEXTS)).rejects.toMatchObject({ code: 'EMBEDDER_FAILED', details: { reason: 'timeout', attempts: 2 } });
    expect(server.received).toHaveLength(2);
  });

  it('when no server is there', async () => {
    await server[Symbol.asyncDispose]();
    await expect((await open()).embed(TEXTS)).rejects.toMatchObject({
      details: { reason: 'unreachable', attempts: 3 },
      message: expect.stringContaining('ECONNREFUSED'),
    });
    await expect(open({ dimensions: undefined })).rejects.toMatchObject({ code: 'EMBEDDER_FAILED' });
  });

  it('without asking for the batches after one that fails', async () => {
    const embedder = await open({ batch: 1, concurrency: 2 });
    server.script({ does: 'answer', after: 3000 }, refuse(400));
    const started = performance.now();
    await expect(embedder.embed(TEXTS)).rejects.toMatchObject({ details: { status: 400 } });
    expect(performance.now() - started).toBeLessThan(2000);
    await new Promise((resolve) => void setTimeout(resolve, 50));
    expect(server.received).toHaveLength(2);
    expect(server.abandoned()).toBe(1);
  });
});

describe('waiting for an endpoint', () => {
  const gaps = (): number[] => server.received.slice(1).map(({ at }, index) => at - (server.received[index]?.at ?? 0));

  it('gets longer with each attempt', async () => {
    const embedder = await openOpenAIEmbedder(
      EmbedderConfig.parse({ use: 'openai', url: server.url, model: 'little-embed', dimensions: 8, retries: 3 }),
      { first: 40, longest: 2000 },
    );
    server.script(refuse(500), refuse(500), refuse(500));
    await embedder.embed(TEXTS);
    for (const [at, least] of [40, 80, 160].entries()) expect(gaps()[at]).toBeGreaterThanOrEqual(least - 2);
  });

  it.each([
    ['seconds', { 'retry-after': '0.2' }],
    ['milliseconds', { 'retry-after-ms': '200' }],
  ])('takes the %s that it asks for', async (_, headers) => {
    const embedder = await open();
    server.script(refuse(429, headers));
    await embedder.embed(TEXTS);
    expect(gaps()[0]).toBeGreaterThanOrEqual(198);
    expect(gaps()[0]).toBeLessThan(1500);
  });

  it('takes the date that it gives', async () => {
    const embedder = await open();
    server.script(refuse(503, { 'retry-after': new Date(Date.now() + 1500).toUTCString() })); // whole seconds
    await embedder.embed(TEXTS);
    expect(gaps()[0]).toBeGreaterThanOrEqual(300);
  });

  it('holds back the other requests, too', async () => {
    const embedder = await open({ batch: 1, concurrency: 1 });
    server.script(refuse(429, { 'retry-after-ms': '150' }));
    const slow = embedder.embed(['quote a parcel']);
    await new Promise((resolve) => void setTimeout(resolve, 50));
    await Promise.all([slow, embedder.embed(['print a label'])]);
    expect(gaps()[0]).toBeGreaterThanOrEqual(148);
  });

  it('keeps to the rate that is configured', async () => {
    const embedder = await open({ batch: 1, concurrency: 5, perMinute: 1200 }); // one in 50 ms
    await embedder.embed(TEXTS);
    expect(gaps().reduce((sum, gap) => sum + gap, 0)).toBeGreaterThanOrEqual(150); // four gaps; the first request may be late
  });
});

describe('an abort', () => {
  it.each<[string, Behaviour]>([
    ['an answer', { does: 'hang' }],
    ['the rest of an answer', { does: 'stall' }],
    ['the next attempt', refuse(429, { 'retry-after': '2' })],
  ])('ends the wait for %s at once', async (_, behaviour) => {
    const embedder = await open();
    server.script(behaviour);
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 50);
    const started = performance.now();
    await expect(embedder.embed(TEXTS, { signal: abort.signal })).rejects.toMatchObject({ code: 'ABORTED' });
    expect(performance.now() - started).toBeLessThan(500);
    expect(server.received).toHaveLength(1);
  });

  it('before the start makes no request', async () => {
    const embedder = await open();
    await expect(embedder.embed(TEXTS, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'ABORTED' });
    expect(server.received).toHaveLength(0);
  });
});

describe('secrets', () => {
  it.each<[string, Behaviour]>([
    ['an endpoint that repeats it', refuse(401, {}, { error: { message: `Incorrect API key provided: ${KEY}. ${'x'.repeat(400)}` } })],
    ['an endpoint that repeats it late', refuse(401, {}, { error: { message: `${'x'.repeat(270)} ${KEY}` } })],
    ['an endpoint that repeats it as text', refuse(400, {}, `Authorization: Bearer ${KEY}`)],
  ])('stay out of errors about %s', async (_, behaviour) => {
    const embedder = await open();
    server.script(behaviour);
    const error: unknown = await embedder.embed(TEXTS).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'EMBEDDER_FAILED' });
    expect(everything(error)).not.toContain('sk-parcels');
  });

  it('of the environment are neither sent nor obeyed, and nothing is printed', async () => {
    for (const name of ['OPENAI_API_KEY', 'OPENAI_ADMIN_KEY', 'OPENAI_ORG_ID', 'OPENAI_PROJECT_ID'])
      vi.stubEnv(name, 'sk-of-another-program');
    vi.stubEnv('OPENAI_BASE_URL', 'http://127.0.0.1:9/v1');
    vi.stubEnv('OPENAI_LOG', 'debug');
    vi.stubEnv('OPENAI_CUSTOM_HEADERS', 'Authorization: Bearer sk-of-another-program\nX-Tenant: other');
    const printed = (['debug', 'info', 'log', 'warn', 'error'] as const).map((level) => vi.spyOn(console, level));
    const embedder = await open({ key: undefined });
    await embedder.embed(TEXTS);
    expect(server.received).toHaveLength(1);
    const [{ headers } = { headers: {} }] = server.received;
    expect(headers).not.toHaveProperty('authorization');
    expect(headers).not.toHaveProperty('x-tenant');
    expect(JSON.stringify(headers)).not.toMatch(/sk-of-another-program|no-key/);
    for (const spy of printed) expect(spy).not.toHaveBeenCalled();
    vi.restoreAllMocks();
  });
});

describe('the registry of embedders', () => {
  it('opens none, and makes no request, unless told to', async () => {
    vi.stubEnv('OPENAI_API_KEY', KEY);
    vi.stubEnv('OPENAI_BASE_URL', server.url);
    expect(await openEmbedder(EmbedderConfig.parse({ use: 'none', url: server.url, model: 'little-embed', key: KEY }))).toBeUndefined();
    expect(server.received).toEqual([]);
  });

  it('opens an endpoint by its settings', async () => {
    const embedder = await openEmbedder(EmbedderConfig.parse({ use: 'openai', url: server.url, model: 'little-embed' }));
    expect(embedder?.space).toBe('openai:little-embed:8');
    await embedder?.[Symbol.asyncDispose]();
  });
});

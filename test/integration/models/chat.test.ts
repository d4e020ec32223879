import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { answerAs, type ChatQuestion } from '../../../src/agent/chat-model.ts';
import { createOpenAIChatModel } from '../../../src/agent/models/openai.ts';
import { openChatModel } from '../../../src/agent/models/registry.ts';
import { ChatConfig } from '../../../src/config.ts';
import { change, refuse, startOpenAIServer, type Behaviour, type Json, type OpenAIServer } from '../../openai-server.ts';

const KEY = 'sk-parcels-do-not-tell-4711';
const IMPATIENT = { first: 4, longest: 2000 };
const QUESTION: ChatQuestion = {
  system: 'You answer from passages.',
  messages: [
    { role: 'user', content: 'Who prints labels?' },
    { role: 'assistant', content: 'The label service.' },
    { role: 'user', content: 'When?' },
  ],
  maxTokens: 200,
};
const FORM = { name: 'verdict', schema: z.object({ breaks: z.boolean(), files: z.array(z.string()) }) };

let server: OpenAIServer;
beforeEach(async () => {
  server = await startOpenAIServer();
});
afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await server[Symbol.asyncDispose]();
});

const chat = (settings: Partial<ChatConfig> = {}) =>
  createOpenAIChatModel(
    { ...ChatConfig.parse({ url: server.url, key: KEY, retries: 2, timeout: 5, ...settings }), model: settings.model ?? 'little-chat' },
    IMPATIENT,
  );
/** The server says this, or ends like that. */
const says = (content: string | null, rest: Json = {}, message: Json = {}): Behaviour =>
  change((answer) => ({ ...answer, choices: [{ ...answer.choices[0], message: { role: 'assistant', content, ...message }, ...rest }] }));
const always = (behaviour: Behaviour): Behaviour[] => Array.from({ length: 9 }, () => behaviour);
const everything = (error: unknown): string =>
  error instanceof Error
    ? [error.stack, JSON.stringify(error), JSON.stringify(Object.entries(error)), everything(error.cause)].join('\n')
    : String(error);

describe('an OpenAI-compatible chat model', () => {
  it('is asked in one request, and its answer counted', async () => {
    const answer = await chat({ temperature: 0, price: { input: 2, output: 8 } }).answer(QUESTION);
    expect(answer).toEqual({
      text: 'You said: When?',
      model: 'little-chat-2026',
      usage: { inputTokens: 120, outputTokens: 30 },
      cost: (120 * 2 + 30 * 8) / 1e6,
    });
    expect(server.received).toHaveLength(1);
    const [{ body, headers }] = server.received as [(typeof server.received)[0]];
    expect(body).toEqual({
      model: 'little-chat',
      stream: false,
      temperature: 0,
      max_tokens: 200,
      messages: [{ role: 'system', content: QUESTION.system }, ...QUESTION.messages],
    });
    expect(headers.authorization).toBe(`Bearer ${KEY}`);
  });

  it('has no cost without prices, and no tokens where the endpoint does not count', async () => {
    server.script(change((answer) => ({ ...answer, usage: undefined })));
    const answer = await chat().answer(QUESTION);
    expect(answer.usage).toEqual({ inputTokens: 0, outputTokens: 0 });
    expect(answer).not.toHaveProperty('cost');
  });

  it('answers in the form that is asked for', async () => {
    server.script(says('{"breaks": true, "files": ["src/label.ts"]}'));
    const { value, usage } = await answerAs(chat(), FORM, QUESTION);
    expect(value).toEqual({ breaks: true, files: ['src/label.ts'] });
    expect(usage.outputTokens).toBe(30);
    expect(server.received[0]?.body.response_format).toMatchObject({
      type: 'json_schema',
      json_schema: { name: 'verdict', strict: true, schema: { required: ['breaks', 'files'], additionalProperties: false } },
    });
  });

  it.each<[string, Behaviour[]]>([
    ['a 429', [refuse(429)]],
    ['a 429 with Retry-After', [refuse(429, { 'retry-after': '0.05' })]],
    ['a 500 and a 503', [refuse(500), refuse(503)]],
    ['a connection that breaks', [{ does: 'break' }]],
    ['an answer that is not JSON', [{ does: 'say', text: '{"choices": [' }]],
  ])('survives %s', async (_, behaviours) => {
    server.script(...behaviours);
    expect((await chat().answer(QUESTION)).text).toBe('You said: When?');
    expect(server.received).toHaveLength(behaviours.length + 1);
  });

  it.each<[string, Behaviour]>([
    ['never answers', { does: 'hang' }],
    ['stops in the middle of an answer', { does: 'stall' }],
  ])('survives a server that %s', async (_, behaviour) => {
    server.script(behaviour);
    expect((await chat({ timeout: 0.1 }).answer(QUESTION)).text).toBe('You said: When?');
    expect(server.received).toHaveLength(2);
  });
});

describe('an OpenAI-compatible chat model fails', () => {
  const counted = { usage: { inputTokens: 120, outputTokens: 30 } };

  it.each<[string, Record<string, unknown>, number, Behaviour[]]>([
    ['when a 429 does not end', { reason: 'rate-limited', status: 429, attempts: 3 }, 3, always(refuse(429))],
    ['when a 500 does not end', { reason: 'server-error', status: 500, attempts: 3 }, 3, always(refuse(500))],
    ['when connections break again and again', { reason: 'unreachable', attempts: 3 }, 3, always({ does: 'break' })],
    ['when answers are never JSON', { reason: 'malformed', attempts: 3 }, 3, always({ does: 'say', text: 'Hello' })],
    ['at once at a 400', { reason: 'rejected', status: 400, attempts: 1 }, 1, [refuse(400)]],
    ['at once at a 401', { reason: 'rejected', status: 401, attempts: 1 }, 1, [refuse(401)]],
    ['at once at a 404', { reason: 'rejected', status: 404, attempts: 1 }, 1, [refuse(404)]],
    ['at once at a refusal', { reason: 'refused', ...counted }, 1, [says(null, {}, { refusal: 'I would rather not.' })]],
    ['at once at a content filter', { reason: 'refused', ...counted }, 1, [says('', { finish_reason: 'content_filter' })]],
    ['at once at half an answer', { reason: 'truncated', ...counted }, 1, [says('The label service prints', { finish_reason: 'length' })]],
    ['at once at no answer', { reason: 'empty', ...counted }, 1, [says(' \n')]],
    ['at once at JSON without choices', { reason: 'malformed' }, 1, [change(() => ({ choices: [] }))]],
    ['at once at JSON of another form', { reason: 'malformed' }, 1, [change(() => ({ error: 'model is loading' }))]],
  ])('%s', async (_, details, requests, behaviours) => {
    server.script(...behaviours);
    const error: unknown = await chat()
      .answer(QUESTION)
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'CHAT_FAILED', details });
    expect((error as Error).message).toContain(`little-chat at ${server.url}`);
    expect(server.received).toHaveLength(requests);
  });

  it.each<[string, string, Behaviour]>([
    ['half an answer', 'truncated', says('{"breaks": tr', { finish_reason: 'length' })],
    ['a refusal', 'refused', says(null, {}, { refusal: 'I would rather not.' })],
    ['a content filter', 'refused', says('{"br', { finish_reason: 'content_filter' })],
    ['prose', 'schema', says('Yes, it breaks.')],
    ['JSON that is cut off', 'schema', says('{"breaks": true, "files": [')],
    ['JSON of another form', 'schema', says('{"breaks": "yes", "files": []}')],
  ])('at %s where a form is asked for, with the tokens that it cost', async (_, reason, behaviour) => {
    server.script(behaviour);
    await expect(answerAs(chat(), FORM, QUESTION)).rejects.toMatchObject({ code: 'CHAT_FAILED', details: { reason, ...counted } });
    expect(server.received).toHaveLength(1);
  });

  it('when there is no answer in time, again and again', async () => {
    server.script({ does: 'hang' }, { does: 'stall' }, { does: 'hang' });
    const failing = chat({ timeout: 0.05, retries: 1 }).answer(QUESTION);
    await expect(failing).rejects.toMatchObject({ code: 'CHAT_FAILED', details: { reason: 'timeout', attempts: 2 } });
    expect(server.received).toHaveLength(2);
  });

  it.each<[string, Behaviour]>([
    ['an answer', { does: 'hang' }],
    ['the next attempt', refuse(429, { 'retry-after': '2' })],
  ])('at once when aborted while it waits for %s', async (_, behaviour) => {
    server.script(behaviour);
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 50);
    const started = performance.now();
    await expect(chat().answer(QUESTION, { signal: abort.signal })).rejects.toMatchObject({ code: 'ABORTED' });
    expect(performance.now() - started).toBeLessThan(1000);
    expect(server.received).toHaveLength(1);
  });

  it('before any request when aborted before', async () => {
    await expect(chat().answer(QUESTION, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'ABORTED' });
    expect(server.received).toEqual([]);
  });

  it('without telling its key, even where the endpoint does', async () => {
    server.script(refuse(401, {}, { error: { message: `Incorrect API key provided: ${KEY}.` } }));
    const error: unknown = await chat()
      .answer(QUESTION)
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ message: expect.stringContaining('Incorrect API key provided: [key].') });
    expect(everything(error)).not.toContain('sk-parcels');
  });
});

describe('the environment', () => {
  it('turns no model on', async () => {
    vi.stubEnv('OPENAI_API_KEY', KEY);
    vi.stubEnv('OPENAI_BASE_URL', server.url);
    expect(await openChatModel(ChatConfig.parse({}))).toBeUndefined();
    expect(await openChatModel(ChatConfig.parse({ url: server.url, key: KEY }))).toBeUndefined();
    expect(server.received).toEqual([]);
  });

  it('neither lends keys nor redirects, traces or prints what is asked', async () => {
    for (const name of ['OPENAI_API_KEY', 'OPENAI_ORGANIZATION', 'OPENAI_PROJECT_ID', 'LANGSMITH_API_KEY'])
      vi.stubEnv(name, 'sk-of-another-program');
    vi.stubEnv('OPENAI_CUSTOM_HEADERS', 'Authorization: Bearer sk-of-another-program');
    vi.stubEnv('OPENAI_LOG', 'debug');
    for (const name of ['LANGSMITH_TRACING', 'LANGCHAIN_TRACING_V2', 'LANGCHAIN_VERBOSE', 'LANGSMITH_GATEWAY']) vi.stubEnv(name, 'true');
    const trap = await startOpenAIServer();
    for (const name of ['OPENAI_BASE_URL', 'OPENAI_API_BASE', 'LANGSMITH_ENDPOINT']) vi.stubEnv(name, trap.url);
    const printed = (['debug', 'info', 'log', 'warn', 'error'] as const).map((level) => vi.spyOn(console, level));
    const sent = vi.spyOn(globalThis, 'fetch');
    try {
      const model = await openChatModel(ChatConfig.parse({ url: server.url, model: 'little-chat' }));
      await model?.answer(QUESTION);
      await new Promise((resolve) => void setTimeout(resolve, 300)); // tracing goes out in the background
      expect(server.received).toHaveLength(1);
      expect(JSON.stringify(server.received[0]?.headers)).not.toMatch(/authorization|sk-of-another-program|no-key/i);
      expect(sent).toHaveBeenCalledTimes(1);
      expect(trap.received).toEqual([]);
      for (const spy of printed) expect(spy).not.toHaveBeenCalled();
    } finally {
      await trap[Symbol.asyncDispose]();
    }
  });
});

describe('a cassette', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'cassette-'));
    file = path.join(folder, 'answers/labels.jsonl');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const recording = () =>
    openChatModel(ChatConfig.parse({ url: server.url, key: KEY, model: 'little-chat', cassette: file, price: { input: 2, output: 8 } }));
  const replaying = () => openChatModel(ChatConfig.parse({ cassette: file }));

  it('records what a model answers, once, and answers from it without one', async () => {
    const recorder = await recording();
    const live = await recorder?.answer(QUESTION);
    expect(live?.cost).toBeGreaterThan(0);
    const again = await recorder?.answer(QUESTION);
    expect(again).toEqual({ text: live?.text, model: live?.model, usage: live?.usage });
    expect(await (await replaying())?.answer({ maxTokens: 200, messages: QUESTION.messages, system: QUESTION.system ?? '' })).toEqual(
      again,
    );
    expect(server.received).toHaveLength(1);
    expect(readFileSync(file, 'utf8')).not.toContain(KEY);
  });

  it.each<[string, ChatQuestion]>([
    ['other words', { ...QUESTION, messages: [{ role: 'user', content: 'Who pays?' }] }],
    ['another system text', { ...QUESTION, system: 'You guess.' }],
    ['another form', { ...QUESTION, schema: { name: 'verdict', json: { type: 'boolean' } } }],
    ['fewer tokens', { ...QUESTION, maxTokens: 100 }],
  ])('says how to record an answer to %s', async (_, question) => {
    await (await recording())?.answer(QUESTION);
    const asking = (await replaying())?.answer(question);
    await expect(asking).rejects.toMatchObject({
      code: 'CHAT_FAILED',
      details: { reason: 'unrecorded' },
      message: expect.stringContaining('SPECGRAPH_CHAT_MODEL'),
    });
    expect(server.received).toHaveLength(1);
  });

  it('records no failure', async () => {
    server.script(says('The label', { finish_reason: 'length' }));
    const recorder = await recording();
    await expect(recorder?.answer(QUESTION)).rejects.toMatchObject({ details: { reason: 'truncated' } });
    await expect((await replaying())?.answer(QUESTION)).rejects.toMatchObject({ details: { reason: 'unrecorded' } });
  });

  it('keeps answers of a form', async () => {
    server.script(says('{"breaks": false, "files": []}'));
    await answerAs((await recording())!, FORM, QUESTION);
    expect((await answerAs((await replaying())!, FORM, QUESTION)).value).toEqual({ breaks: false, files: [] });
  });

  it('names a line that is no recorded answer', async () => {
    await (await recording())?.answer(QUESTION);
    writeFileSync(file, `${readFileSync(file, 'utf8')}\n{"key": "half\n`);
    await expect(replaying()).rejects.toMatchObject({ code: 'BAD_INPUT', message: expect.stringContaining('labels.jsonl:3') });
  });
});

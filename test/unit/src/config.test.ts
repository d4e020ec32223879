import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ChatConfig, EmbedderConfig, loadConfig } from '../../../src/config.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'config-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const file = (name: string, text: string): void => writeFileSync(path.join(folder, name), text);

describe('loadConfig', () => {
  it('needs nothing', async () => {
    expect(await loadConfig({}, folder, {})).toEqual({
      store: '.specgraph/graph.db',
      neo4j: { user: 'neo4j' },
      api: { host: '127.0.0.1', port: 4000, people: [] },
      mcp: { host: '127.0.0.1', port: 4001 },
      log: 'warn',
      embedder: EmbedderConfig.parse({}),
      chat: ChatConfig.parse({}),
    });
  });

  it('knows the people who may decide about specs, each by a token of their own', async () => {
    const ada = { token: 'adas-own-token-123', name: 'Ada', email: 'ada@shop.example' };
    file('specgraph.config.json', JSON.stringify({ api: { token: 'open-sesame-open-sesame', people: [ada] } }));
    expect((await loadConfig({}, folder, {})).api.people).toEqual([{ ...ada, kind: 'person' }]);
    for (const [people, said] of [
      [[ada, { ...ada, email: 'bo@shop.example' }], 'need a token each'],
      [[{ ...ada, token: 'open-sesame-open-sesame' }], 'need a token each'],
      [[{ ...ada, token: 'short' }], 'at least 16'],
      [[{ ...ada, token: 'with a space in between' }], 'at least 16'],
      [[{ ...ada, email: 'ada' }], 'email'],
      [[{ ...ada, kind: 'robot' }], 'kind'],
      [[{ ...ada, name: ' ' }], 'name'],
    ] as const) {
      file('specgraph.config.json', JSON.stringify({ api: { token: 'open-sesame-open-sesame', people } }));
      const error = await loadConfig({}, folder, {}).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: 'BAD_INPUT', message: expect.stringContaining(said) as string });
      // Whoever reads the error learns no token.
      expect(inspect(error, { depth: 9 })).not.toMatch(/adas-own|open-sesame|with a space/);
    }
  });

  it('lets flags overrule the environment, and the environment the file', async () => {
    file('specgraph.config.yaml', 'store: from-file\nlog: debug\napi:\n  port: 1\n  host: "::1"\n');
    const config = await loadConfig({ store: 'from-flag' }, folder, { SPECGRAPH_STORE: 'from-env', SPECGRAPH_PORT: '2' });
    expect(config).toMatchObject({ store: 'from-flag', log: 'debug', api: { port: 2, host: '::1' } });
    expect((await loadConfig({}, folder, { SPECGRAPH_STORE: 'from-env' })).store).toBe('from-env');
  });

  it('takes credentials, but never a database, from the variables that other programs use', async () => {
    const env = { NEO4J_URI: 'bolt://production', NEO4J_USERNAME: 'ada', NEO4J_PASSWORD: 'secret', NEO4J_DATABASE: 'graph' };
    const config = await loadConfig({}, folder, env);
    expect(config.neo4j).toEqual({ user: 'ada', password: 'secret', database: 'graph' });
    expect(config.store).toBe('.specgraph/graph.db');
  });

  it('takes models from its own variables, and none from those that other programs use', async () => {
    const foreign = { OPENAI_API_KEY: 'sk-other', OPENAI_BASE_URL: 'http://other/v1', OPENAI_MODEL: 'other' };
    const { embedder, chat } = await loadConfig({}, folder, foreign);
    expect(embedder).toMatchObject({ use: 'minilm', url: 'https://api.openai.com/v1', batch: 64 });
    expect([embedder.key, embedder.model, chat.key, chat.model]).toEqual([undefined, undefined, undefined, undefined]);

    const own = await loadConfig({}, folder, {
      SPECGRAPH_EMBEDDER: 'openai',
      SPECGRAPH_EMBEDDER_URL: 'http://localhost:11434/v1',
      SPECGRAPH_EMBEDDER_MODEL: 'nomic-embed-text',
      SPECGRAPH_EMBEDDER_KEY: 'sk-embed\n', // as a file of one line has it
      SPECGRAPH_EMBEDDER_DIMENSIONS: '256',
      SPECGRAPH_CHAT_URL: 'http://localhost:8000/v1',
      SPECGRAPH_CHAT_MODEL: 'qwen',
      SPECGRAPH_CHAT_KEY: 'sk-chat',
      SPECGRAPH_CHAT_CASSETTE: 'answers.jsonl',
    });
    expect(own.embedder).toMatchObject({
      use: 'openai',
      url: 'http://localhost:11434/v1',
      model: 'nomic-embed-text',
      key: 'sk-embed',
      dimensions: 256,
    });
    expect(own.chat).toMatchObject({ url: 'http://localhost:8000/v1', model: 'qwen', key: 'sk-chat', cassette: 'answers.jsonl' });
  });

  it('needs a model where an endpoint is to embed', async () => {
    await expect(loadConfig({}, folder, { SPECGRAPH_EMBEDDER: 'openai' })).rejects.toMatchObject({
      message: 'The configuration is not valid. embedder.model: is needed when embedder.use is openai.',
    });
  });

  it.each([
    ['a key that no header can carry', 'chat:\n  key: "sk-secret\\nsecond line"\n'],
    ['a key that is no text', 'chat:\n  key: [sk-secret]\n'],
    ['a URL with a password', 'chat:\n  url: https://ada:sk-secret@models.example/v1\n'],
    ['a URL with a query', 'embedder:\n  url: https://models.example/v1?key=sk-secret\n'],
    ['YAML that does not parse', 'chat:\n  key: sk-secret: oops\n'],
  ])('never repeats %s', async (_, text) => {
    file('specgraph.config.yaml', text);
    const error: unknown = await loadConfig({}, folder, {}).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'BAD_INPUT', message: expect.stringContaining('specgraph.config.yaml') });
    expect(inspect(error, { depth: 9 })).not.toContain('sk-secret');
  });

  it.each([
    '{"chat": {"key": sk-secret}}',
    '{"chat": {"key": "sk-secret"}, }',
    '{\n"chat": {"key": "sk-secret" "url": 1}}',
    '{"key": "sk-secret',
  ])('never repeats what is in JSON that does not parse: %s', async (text) => {
    file('specgraph.config.json', text);
    const error: unknown = await loadConfig({}, folder, {}).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'BAD_INPUT', message: expect.stringContaining('JSON') });
    expect(inspect(error, { depth: 9 })).not.toContain('sk-secret');
  });

  it('treats an empty variable as not set', async () => {
    expect((await loadConfig({}, folder, { SPECGRAPH_STORE: '' })).store).toBe('.specgraph/graph.db');
  });

  it.each([
    ['a variable', {}, { SPECGRAPH_PORT: 'eighty' }, /api\.port \(from SPECGRAPH_PORT\)/],
    ['a flag', { 'api.port': '70000' }, {}, /api\.port \(from --port\)/],
  ])('names %s that is not valid', async (_, flags, env, message) => {
    await expect(loadConfig(flags, folder, env)).rejects.toMatchObject({ code: 'BAD_INPUT', message: expect.stringMatching(message) });
  });

  it.each([
    ['unknown settings', 'specgraph.config.json', '{"stor": "x"}', /stor/],
    ['text that is not JSON', 'specgraph.config.json', '{', /specgraph\.config\.json/],
    ['text that is not YAML', 'specgraph.config.yml', 'a: [', /specgraph\.config\.yml/],
    ['a list', 'specgraph.config.yaml', '- a', /settings by name/],
  ])('refuses a file with %s', async (_, name, text, message) => {
    file(name, text);
    await expect(loadConfig({}, folder, {})).rejects.toMatchObject({ code: 'BAD_INPUT', message: expect.stringMatching(message) });
  });
});

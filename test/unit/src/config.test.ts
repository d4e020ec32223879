import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadConfig } from '../../../src/config.ts';

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
      api: { host: '127.0.0.1', port: 4000 },
      log: 'warn',
    });
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

import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import path from 'node:path';
import { Client, StreamableHTTPClientTransport, type Transport } from '@modelcontextprotocol/client';
import { getDefaultEnvironment, StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { Tiktoken } from 'js-tiktoken/lite';
import o200k from 'js-tiktoken/ranks/o200k_base';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { callTool } from '../integration/mcp/client.ts';
import { BIN, specgraph } from './cli.ts';

// Below this repository, so that the sample finds what is installed here, and nothing else.
mkdirSync('.cache', { recursive: true });
const folder = mkdtempSync(path.resolve('.cache/mcp-'));
const sample = path.join(folder, 'image-upload');
const store = path.join(folder, 'graph.db');
const ENV = { ...getDefaultEnvironment(), SPECGRAPH_EMBEDDER: 'none' };
const PUT = 'packages/storage/src/storage.ts#Storage.put';

/** A question for each tool, and what its answer holds. */
const QUESTIONS: readonly (readonly [tool: string, args: Record<string, unknown>, said: RegExp])[] = [
  ['search', { query: 'size of thumbnails' }, /packages\/contracts\/src\/image\.ts:\d+ ThumbnailSize \(TypeAlias\)/],
  ['context', { question: 'How are thumbnails made?' }, /services\/upload-service\/src\/thumbnails\.ts/],
  ['show', { target: PUT }, /← CALLS services\/upload-service\/src\/upload-service\.ts:\d+ UploadService\.accept/],
  ['impact', { target: PUT, change: 'remove' }, /^breaking: .*upload-service\.ts:\d+ UploadService\.accept — /s],
  ['path', { from: 'services/upload-service/src/main.ts', to: PUT }, /^\d steps?\n/],
  ['specs', { spec: 'imageUpload' }, /"File size must be less than 5MB\." — tests: test:services/],
  ['findings', {}, /operation-without-handler: No code serves GET \/users\/\{id\}\/limits/],
  ['draft', { request: 'Users shall be able to delete an uploaded image.' }, /: waits for people \(clarify\)\n<data>\nQ-1 /],
  ['handoff', { thread: 'handed-off', file: 'README.md' }, /^<data>\n# Hand-off\n<\/data>$/],
];

const open: Client[] = [];
const running: ChildProcessWithoutNullStreams[] = [];

async function connect(transport: Transport, mode: 'legacy' | 'auto' = 'auto'): Promise<Client> {
  const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode } });
  open.push(client);
  await client.connect(transport);
  return client;
}

const stdio = (mode?: 'legacy' | 'auto', location = store): Promise<Client> =>
  connect(new StdioClientTransport({ command: process.execPath, args: [BIN, 'mcp', '--store', location], cwd: sample, env: ENV }), mode);

/** Starts `specgraph mcp --http`; resolves with its address. */
async function serve(env: Readonly<Record<string, string>> = {}, ...args: readonly string[]) {
  const server = spawn(process.execPath, [BIN, 'mcp', '--http', '--port', '0', '--store', store, ...args], {
    cwd: sample,
    env: { ...ENV, ...env },
  });
  running.push(server);
  const [line] = (await once(server.stdout.setEncoding('utf8'), 'data')) as [string];
  return { server, url: /MCP at (?<url>\S+)/.exec(line)!.groups!['url']! };
}

const over = (url: string, mode?: 'legacy' | 'auto', headers: Record<string, string> = {}): Promise<Client> =>
  connect(new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } }), mode);

beforeAll(async () => {
  cpSync('examples/image-upload', sample, { recursive: true });
  const contract = path.join(sample, 'services/user-service/openapi.yaml');
  writeFileSync(contract, readFileSync(contract, 'utf8').replace('/users/{id}/quota', '/users/{id}/limits'));
  const handOff = path.join(sample, 'specs/.threads/handed-off/hand-off');
  mkdirSync(handOff, { recursive: true });
  writeFileSync(path.join(handOff, 'README.md'), '# Hand-off\n');
  writeFileSync(path.join(handOff, '../request.md'), 'Hand something off.\n');
  writeFileSync(path.join(sample, 'specs/.threads/.specgraphignore'), '*\n');
  const { code } = await specgraph(['ingest', sample, '--repo', 'image-upload', '--store', store], { env: { SPECGRAPH_EMBEDDER: 'none' } });
  expect(code).toBe(0);
});

afterEach(async () => {
  await Promise.all(open.splice(0).map((client) => client.close()));
  for (const server of running.splice(0)) {
    if (server.exitCode !== null) continue;
    server.kill();
    await once(server, 'exit');
  }
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each([
  ['stdio', 'auto'],
  ['stdio', 'legacy'],
  ['HTTP', 'auto'],
  ['HTTP', 'legacy'],
] as const)('an agent over %s (%s)', (door, mode) => {
  const start = async () => (door === 'stdio' ? stdio(mode) : over((await serve()).url, mode));

  it('lists and calls every tool, reads resources, gets prompts', async () => {
    const client = await start();
    expect(client.getServerVersion()?.name).toBe('specgraph');
    expect(client.getInstructions()).toContain('never instructions');
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(QUESTIONS.map(([tool]) => tool));
    for (const [tool, args, said] of QUESTIONS) {
      const answer = await callTool(client, tool, args);
      expect(answer.isError, answer.text).toBe(false);
      expect(answer.text).toMatch(said);
    }
    const { resources } = await client.listResources();
    expect(resources.map(({ name }) => name)).toEqual(['imageUpload', 'hand-off of handed-off']);
    const { resourceTemplates } = await client.listResourceTemplates();
    expect(resourceTemplates).toHaveLength(4);
    for (const [uri, text] of [
      [resources[0]!.uri, /"Supports PNG, JPG formats\."/],
      ['specgraph://diagram/container', /^(flowchart|graph|C4)/],
      [`specgraph://diagram/sequence/${encodeURIComponent('POST /images')}`, /^sequenceDiagram/],
    ] as const)
      expect((await client.readResource({ uri })).contents).toMatchObject([{ uri, text: expect.stringMatching(text) }]);
    const { prompts } = await client.listPrompts();
    expect(prompts.map(({ name }) => name)).toEqual(['draft-spec', 'review-change', 'build-hand-off']);
    expect((await client.getPrompt({ name: 'draft-spec', arguments: { request: 'x' } })).messages).toHaveLength(1);
  });

  it('is told what is wrong with a call, and goes on', async () => {
    const client = await start();
    expect(await callTool(client, 'impact', { target: PUT, change: 'explode' })).toMatchObject({ isError: true, code: 'BAD_INPUT' });
    expect(await callTool(client, 'show', { target: 'Storage.putt' })).toMatchObject({
      code: 'TARGET_NOT_FOUND',
      text: expect.stringContaining(
        'Did you mean one of these?\n<data>\nimage-upload//code:packages/storage/src/storage.ts#Storage.put (Method)',
      ),
    });
    const { text, code } = await callTool(client, 'show', { target: 'put' });
    expect(code).toBe('TARGET_AMBIGUOUS');
    expect(text).toContain(
      'image-upload//code:packages/storage/src/storage.ts#BaseStorage.put (Method) packages/storage/src/storage.ts:40',
    );
    await expect(callTool(client, 'no_such_tool', {})).rejects.toThrow(/no_such_tool/);
    expect((await callTool(client, 'specs', {})).text).toMatch(/^1 spec\n/);
  });
});

describe('what it costs', () => {
  const encoder = new Tiktoken(o200k);

  it('is less than 3,000 tokens for all that is listed', async () => {
    const client = await stdio();
    const surface = JSON.stringify([await client.listTools(), await client.listPrompts(), await client.listResourceTemplates()]);
    expect(encoder.encode(surface).length).toBeLessThan(3000);
    expect(encoder.encode(surface).length).toBeGreaterThan(500); // it did list something
  });

  it('is less than 1.5 kB for the median answer', async () => {
    const client = await stdio();
    const sizes: number[] = [];
    for (const [tool, args] of QUESTIONS) sizes.push(Buffer.byteLength((await callTool(client, tool, args)).text));
    sizes.sort((a, b) => a - b);
    expect(sizes[Math.floor(sizes.length / 2)]).toBeLessThan(1500);
  });
});

describe('pages', () => {
  /** Lines within the fences of all pages. */
  async function all(client: Client, tool: string, args: Record<string, unknown>): Promise<readonly string[]> {
    const lines: string[] = [];
    for (let cursor: string | undefined, page = 0; page < 200; page++) {
      const { text } = await callTool(client, tool, { ...args, ...(cursor === undefined ? {} : { cursor }) });
      lines.push(.../<data>\n(?<body>.*?)\n<\/data>/s.exec(text)!.groups!['body']!.split('\n'));
      cursor = /next: cursor "(?<next>[^"]+)"/.exec(text)?.groups?.['next'];
      if (cursor === undefined) return lines;
    }
    throw new Error('There is no last page.');
  }

  it.each([
    ['search', { query: 'upload an image' }],
    ['search', { query: 'upload an image', list: 'files' }],
    ['show', { target: 'POST /images' }],
    ['impact', { target: PUT, change: 'remove' }],
    ['impact', { target: PUT, list: 'tests' }],
    ['specs', { spec: 'imageUpload' }],
    ['findings', {}],
  ])('of %s %j give every item once', async (tool, args) => {
    const client = await stdio();
    const rows = (lines: readonly string[]) => lines.filter((line) => !/^(?:[a-z-]+:|of .*)$/.test(line));
    const whole = rows(await all(client, tool, { ...args, limit: 100 }));
    expect(whole.length).toBeGreaterThan(1);
    expect(new Set(whole).size).toBe(whole.length);
    for (const limit of [3, 7]) expect(rows(await all(client, tool, { ...args, limit }))).toEqual(whole);
  });
});

describe('over stdio', () => {
  it('stdout carries the protocol only, whatever comes in', async () => {
    const hello = { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'raw', version: '1' } };
    const lines = [
      { jsonrpc: '2.0', id: 1, method: 'initialize', params: hello },
      { jsonrpc: '2.0', method: 'notifications/initialized' },
      'this is not JSON',
      { jsonrpc: '2.0', id: 2, method: 'tools/call', params: { name: 'show', arguments: 'not an object' } },
      { jsonrpc: '2.0', id: 3, method: 'no/such/method' },
      { hello: 'world' },
      { jsonrpc: '2.0', id: 4, method: 'tools/call', params: { name: 'findings', arguments: {} } },
    ].map((line) => (typeof line === 'string' ? line : JSON.stringify(line)));
    const child = spawn(process.execPath, [BIN, 'mcp', '--store', store], { env: { ...ENV, SPECGRAPH_LOG: 'debug' } });
    let stdout = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      if (stdout.includes('"id":4')) child.stdin.end(); // the client goes: so does the server
    });
    child.stdin.write(`${lines.join('\n')}\n`);
    const [code] = (await once(child, 'exit')) as [number | null];
    expect(code).toBe(0);
    const messages = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { jsonrpc: string; id: number; error?: unknown });
    for (const { jsonrpc } of messages) expect(jsonrpc).toBe('2.0');
    const failed = (id: number) => messages.find((message) => message.id === id)?.error !== undefined;
    expect([1, 2, 3, 4].map(failed)).toEqual([false, true, true, false]);
  });

  it('says that there is no graph yet, and answers once there is', async () => {
    const late = path.join(folder, 'late.db');
    const client = await stdio('auto', late);
    expect(await callTool(client, 'specs', {})).toMatchObject({ isError: true, code: 'STORE_NOT_FOUND' });
    await specgraph(['ingest', path.join(sample, 'specs'), '--store', late], { env: { SPECGRAPH_EMBEDDER: 'none' } });
    expect((await callTool(client, 'specs', {})).text).toMatch(/^1 spec\n/);
  });

  it('ends in good order on Ctrl-C', async () => {
    const child = spawn(process.execPath, [BIN, 'mcp', '--store', store], { env: ENV });
    child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping' })}\n`);
    await once(child.stdout, 'data');
    child.kill('SIGINT');
    expect(await once(child, 'exit')).toEqual([130, null]);
  });
});

describe('over HTTP', () => {
  const INITIALIZE = JSON.stringify({
    jsonrpc: '2.0',
    id: 1,
    method: 'initialize',
    params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'raw', version: '1' } },
  });
  /** `fetch` lets no caller choose Host or Origin. */
  const post = (url: string, headers: Readonly<Record<string, string>>, body = INITIALIZE): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      const json = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
      const sent = request(url, { method: 'POST', headers: { ...json, ...headers } }, (response) => {
        response.resume().on('end', () => resolve(response.statusCode));
      });
      sent.on('error', reject);
      sent.end(body);
    });

  it('listens on loopback, and answers no page of another site', async () => {
    const { url } = await serve();
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/mcp$/);
    expect(await post(url, {})).toBe(200);
    expect(await post(url, { origin: 'http://localhost:3000' })).toBe(200);
    for (const origin of ['https://evil.example', 'null', 'http://127.0.0.1.evil.example', 'nonsense'])
      expect(await post(url, { origin })).toBe(403);
    for (const host of ['evil.example', '127.0.0.1.evil.example']) {
      expect(await post(url, { host })).toBe(403);
      expect(await post(url, { host, origin: `http://${host}` })).toBe(403);
    }
  });

  it('needs the token where there is one', async () => {
    const { url } = await serve({ SPECGRAPH_TOKEN: 'open-sesame' }, '--host', '0.0.0.0');
    expect(await post(url, {})).toBe(401);
    expect(await post(url, { authorization: 'Bearer wrong' })).toBe(401);
    await expect(over(url)).rejects.toThrow();
    const client = await over(url, 'auto', { authorization: 'Bearer open-sesame' });
    expect((await callTool(client, 'specs', {})).isError).toBe(false);
    expect(await post(url, { authorization: 'Bearer open-sesame', origin: 'https://evil.example' })).toBe(403);
  });

  it('listens nowhere else without one', async () => {
    const { code, stderr } = await specgraph(['mcp', '--http', '--host', '0.0.0.0', '--port', '0', '--store', store]);
    expect(code).toBe(2);
    expect(stderr).toContain('SPECGRAPH_TOKEN');
  });

  it('refuses what is too large, no JSON, or elsewhere', async () => {
    const { url } = await serve();
    expect(await post(url, {}, `"${'x'.repeat(300_000)}"`)).toBe(413);
    expect(await post(url, {}, '{')).toBe(400);
    expect(await post(url, {}, '[]')).toBe(400);
    expect(await post(url, { 'content-type': 'text/plain' })).toBe(415);
    expect(await post(new URL('/', url).href, {})).toBe(404);
    expect((await fetch(url)).status).toBe(405);
    expect(await post(url, {})).toBe(200);
  });

  it('serves several agents at once, keeps no session of them, and ends in good order on Ctrl-C', async () => {
    const { server, url } = await serve();
    const clients = await Promise.all([over(url), over(url, 'legacy'), over(url)]);
    const answers = await Promise.all(clients.map((client) => callTool(client, 'show', { target: PUT })));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    server.kill('SIGINT');
    expect(await once(server, 'exit')).toEqual([130, null]);
  });
});

it('an address without --http is a mistake', async () => {
  const { code, stderr } = await specgraph(['mcp', '--port', '4001']);
  expect(code).toBe(2);
  expect(stderr).toContain('--http');
});

describe('docs/guides/agents.md', () => {
  const guide = readFileSync('docs/guides/agents.md', 'utf8');

  it('shows a real answer', async () => {
    const [, args = '', shown] = /`impact` with `(?<args>\{.*?\})`\n.*?```text\n(?<shown>.*?)\n```/s.exec(guide) ?? [];
    const { text } = await callTool(await stdio(), 'impact', JSON.parse(args));
    expect(shown).toBe(text);
  });

  it('has settings that are JSON and start this server', () => {
    const settings = [...guide.matchAll(/```json\n(?<json>.*?)```/gs)].map(
      ({ groups }) => JSON.parse(groups!['json']!) as Record<string, unknown>,
    );
    expect(settings.map((each) => Object.keys(each))).toEqual([
      ['mcpServers'],
      ['mcpServers'],
      ['servers'],
      ['mcpServers'],
      ['mcpServers'],
    ]);
    for (const each of settings.slice(0, -1))
      expect(Object.values(each)[0]).toMatchObject({ specgraph: { command: 'specgraph', args: expect.arrayContaining(['mcp']) } });
  });

  it('tells every argument of every tool', async () => {
    const { tools } = await (await stdio()).listTools();
    for (const { name, inputSchema } of tools) {
      const row = new RegExp(`^\\| \`${name}\` \\|.*$`, 'm').exec(guide)?.[0] ?? '';
      const missing = Object.keys(inputSchema.properties ?? {}).filter(
        (each) => !/^(?:limit|cursor)$/.test(each) && !row.includes(`\`${each}`),
      );
      expect([name, missing]).toEqual([name, []]);
    }
  });
});

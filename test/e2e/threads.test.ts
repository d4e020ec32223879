import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Client } from '@modelcontextprotocol/client';
import { getDefaultEnvironment, StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApi, type RunningApi } from '../../src/api/server.ts';
import { openSystem } from '../../src/platform.ts';
import type { System } from '../../src/system.ts';
import { callTool } from '../integration/mcp/client.ts';
import { BIN, specgraph } from './cli.ts';

// Below this repository, so that the sample finds what is installed here, and nothing else.
mkdirSync('.cache', { recursive: true });
const folder = mkdtempSync(path.resolve('.cache/threads-'));
const sample = path.join(folder, 'image-upload');
const store = path.join(folder, 'graph.db');
const REQUEST = 'As a user, I want to delete an image that I uploaded, so that I keep my account tidy. Only its owner may delete an image.';

const holder = (name: string, kind: 'person' | 'engine' = 'person') => ({
  token: `a-token-of-${name}`,
  name,
  email: `${name}@acme.example`,
  kind,
});
let system: System;
let api: RunningApi;
let agent: Client;

beforeAll(async () => {
  cpSync('examples/image-upload', sample, { recursive: true });
  writeFileSync(path.join(sample, 'specs/approvals.yaml'), 'why: [ada@acme.example]\nhow: [bob@acme.example]\n');
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@acme.example', ...args], { cwd: sample });
  git('init', '-q');
  git('add', '--all');
  git('commit', '-q', '-m', 'sample');
  const { code } = await specgraph(['ingest', sample, '--repo', 'image-upload', '--store', store]);
  expect(code).toBe(0);
  system = await openSystem({ store, embedder: { use: 'none' } });
  api = await startApi(system, { port: 0, roots: [folder], people: [holder('ada'), holder('bob'), holder('bot', 'engine')] });
  agent = new Client({ name: 'test', version: '1' });
  const env = { ...getDefaultEnvironment(), SPECGRAPH_EMBEDDER: 'none' };
  await agent.connect(new StdioClientTransport({ command: process.execPath, args: [BIN, 'mcp', '--store', store], cwd: sample, env }));
});
afterAll(async () => {
  await agent.close();
  await api.close();
  await system.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Asks over GraphQL, as somebody. */
async function ask(name: string, query: string, variables: Record<string, unknown> = {}) {
  const response = await fetch(api.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer a-token-of-${name}` },
    body: JSON.stringify({ query, variables: { root: 'image-upload', ...variables } }),
  });
  // oxlint-disable-next-line typescript/no-explicit-any
  const { data, errors } = (await response.json()) as { data: any; errors?: unknown };
  expect(errors).toBeUndefined();
  return data;
}

it('a request goes over MCP to questions, over GraphQL to an approved spec, and over MCP to a hand-off', async () => {
  const asked = await callTool(agent, 'draft', { request: REQUEST });
  expect(asked.isError, asked.text).toBe(false);
  const thread = /^(?<id>[a-z0-9-]+): waits for people \(clarify\)/.exec(asked.text)!.groups!['id']!;

  const seen = await ask(
    'bot',
    'query ($id: ID!, $root: String!) { thread(id: $id, root: $root) { request gate { ... on ClarifyGate { questions { id text } } } } }',
    {
      id: thread,
    },
  );
  const questions = seen.thread.gate.questions as readonly { readonly id: string; readonly text: string }[];
  expect(seen.thread.request).toBe(REQUEST);
  expect(questions.length).toBeGreaterThan(0);
  for (const { id } of questions) expect(asked.text).toContain(`\n${id} `);

  const RESUME = `mutation ($id: ID!, $root: String!, $answers: [ReplyInput!]! = []) {
    resumeThread(id: $id, root: $root, answers: $answers) { state gate { __typename ... on ReviewGate { role } } spec { feature hash status path } } }`;
  const drafted = await ask('ada', RESUME, { id: thread, answers: questions.map(({ id }) => ({ id, value: '1' })) });
  expect(drafted.resumeThread).toMatchObject({
    state: 'WAITING',
    gate: { __typename: 'ReviewGate', role: 'why' },
    spec: { status: 'IN_REVIEW' },
  });
  const { feature, hash, path: specPath } = drafted.resumeThread.spec as { feature: string; hash: string; path: string };
  const APPROVE = 'mutation ($feature: String!, $hash: String!) { approveSpec(feature: $feature, hash: $hash) { status } }';
  await ask('ada', APPROVE, { feature, hash });
  expect((await ask('bot', RESUME, { id: thread })).resumeThread.gate.role).toBe('how');
  const waiting = await callTool(agent, 'draft', { thread });
  expect(waiting.text).toContain('(review-how)');
  expect((await ask('bob', APPROVE, { feature, hash })).approveSpec.status).toBe('APPROVED');

  const done = await callTool(agent, 'draft', { thread });
  expect(done.text).toContain(`${thread}: done`);
  const { text: list } = await callTool(agent, 'handoff', { thread, limit: 100 });
  const files = /<data>\n(?<body>.*?)\n<\/data>/s.exec(list)!.groups!['body']!.split('\n');
  expect(files).toEqual(expect.arrayContaining(['README.md', 'AGENTS.md', 'TASKS.md', 'DEFINITION-OF-DONE.md']));
  const onDisk = (file: string) => readFileSync(path.join(sample, 'specs/.threads', thread, 'hand-off', file), 'utf8');
  const sizes: number[] = [asked, waiting, done].map(({ text }) => Buffer.byteLength(text));
  for (const file of files) {
    const { text, isError } = await callTool(agent, 'handoff', { thread, file });
    expect(isError, text).toBe(false);
    sizes.push(Buffer.byteLength(text));
    const { contents } = await agent.readResource({ uri: `specgraph://threads/${thread}/hand-off/${file}` });
    expect(contents).toMatchObject([{ text: onDisk(file) }]);
  }
  expect(sizes.toSorted((a, b) => a - b)[Math.floor(sizes.length / 2)]).toBeLessThan(1500);

  const { thread: whole } = await ask(
    'bob',
    `query ($id: ID!, $root: String!) { thread(id: $id, root: $root) {
      state handOff { path files file(path: "TASKS.md") } timeline { step evidence by { kind email } } } }`,
    { id: thread },
  );
  expect(whole).toMatchObject({ state: 'DONE', handOff: { path: `specs/.threads/${thread}/hand-off`, files, file: onDisk('TASKS.md') } });
  const people = (whole.timeline as readonly { step: string; by: { kind: string; email: string } }[]).filter(
    ({ by }) => by.kind === 'PERSON',
  );
  expect(people.map(({ step, by }) => [step, by.email])).toEqual([
    ['clarify-1', 'ada@acme.example'],
    ['review-why-1', 'ada@acme.example'],
    ['review-how-1', 'bob@acme.example'],
  ]);
  // Nothing but people's answers and approvals came from people: the log beside the spec says the same.
  const log = readFileSync(path.join(folder, specPath.replace(/spec\.yaml$/, 'approvals.jsonl')), 'utf8')
    .trim()
    .split('\n');
  expect(log.map((line) => (JSON.parse(line) as { action: string; by: { email: string } }).by.email)).toEqual([
    'specgraph@localhost',
    'ada@acme.example',
    'bob@acme.example',
  ]);
});

it('an agent answers for nobody over HTTP', async () => {
  const { code, stderr } = await specgraph(['mcp', '--http', '--port', '0', '--allow-answers', '--store', store], { cwd: sample });
  expect(code).toBe(2);
  expect(stderr).toContain('nobody knows who answers');
});

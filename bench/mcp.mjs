// @ts-check
/**
 * What the MCP server costs an agent: starts the built server over stdio on the sample system and on this repository, lists
 * its surface, asks questions as agents ask them, and prints tokens and bytes. `node bench/mcp.mjs [--answers]`; `--answers`
 * prints them all. Exits with 1 when a bar is missed.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Client } from '@modelcontextprotocol/client';
import { getDefaultEnvironment, StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { Tiktoken } from 'js-tiktoken/lite';
import o200k from 'js-tiktoken/ranks/o200k_base';

/** Sizes of answers do not depend on what they are found by. */
const WORDS = { SPECGRAPH_EMBEDDER: 'none' };
const MAIN = resolve('dist/src/cli/main.js');
/** Tokens of the surface, bytes of the median answer. */
const BARS = { surface: 3000, median: 1500 };

/** The sample with a path of a contract renamed, and nothing else. */
const BROKEN = 'examples/image-upload, broken';

/** @type {Readonly<Record<string, readonly (readonly [tool: string, args: Record<string, unknown>])[]>>} */
const QUESTIONS = {
  'examples/image-upload': [
    ['search', { query: 'limit the size of uploaded images' }],
    ['search', { query: 'where is the avatar of a user stored', list: 'files' }],
    ['search', { query: 'thumbnails', kinds: ['Class', 'Function', 'Operation'] }],
    ['context', { question: 'Users shall be able to delete an uploaded image' }],
    ['show', { target: 'packages/storage/src/storage.ts#Storage.put' }],
    ['show', { target: 'POST /images' }],
    ['show', { target: 'table:users' }],
    ['impact', { target: 'packages/storage/src/storage.ts#Storage.put', change: 'add-required-parameter' }],
    ['impact', { target: 'GET /users/{id}', change: 'remove' }],
    ['impact', { target: 'policy:personal-data/P-2', change: 'tighten' }],
    ['path', { from: 'services/upload-service/src/main.ts', to: 'packages/storage/src/storage.ts#Storage.put' }],
    ['specs', { spec: 'imageUpload/AC-1' }],
    ['specs', {}],
    ['specs', { spec: 'imageUpload' }],
    ['draft', { request: 'Users shall be able to delete an uploaded image' }],
    ['draft', { request: 'As a moderator, I want to hide an image, so that nobody sees it until it is reviewed.' }],
    ['draft', {}],
  ],
  [BROKEN]: [
    ['findings', {}],
    ['findings', { path: 'services', severity: 'warning' }],
    ['show', { target: 'GET /users/{id}/limits' }],
  ],
  '.': [
    ['search', { query: 'rank search hits by past commits' }],
    ['search', { query: 'token of the HTTP server', given: ['src/api/server.ts'], list: 'files' }],
    ['search', { query: 'resolveTarget' }],
    ['context', { question: 'How does an ingest publish a new generation?' }],
    ['show', { target: 'resolveTarget' }],
    ['show', { target: 'GraphStore' }],
    ['show', { target: 'src/system.ts' }],
    ['impact', { target: 'GraphReader.find', change: 'add-required-parameter' }],
    ['impact', { target: 'src/neighbourhood.ts#neighbourhoodOf', change: 'behaviour' }],
    ['impact', { target: 'PlatformError', change: 'rename' }],
    ['impact', { target: 'PlatformError', list: 'tests' }],
    ['path', { from: 'src/cli/main.ts', to: 'graph/store/store.ts#GraphStore' }],
    ['specs', {}],
    ['specs', { spec: 'findings' }],
    ['specs', { spec: 'impact/AC-1' }],
    ['findings', { severity: 'warning' }],
  ],
};

const encoder = new Tiktoken(o200k);
const tokens = (/** @type {string} */ text) => encoder.encode(text).length;
const folder = mkdtempSync(join(tmpdir(), 'specgraph-bench-mcp-'));
/** @type {{ readonly of: string, readonly tool: string, readonly bytes: number, readonly tokens: number, readonly ms: number }[]} */
const answers = [];
let surface = 0;
try {
  for (const [at, questions] of Object.entries(QUESTIONS)) {
    const root = at === '.' ? resolve(at) : join(folder, `sample-${answers.length}`);
    if (at !== '.') cpSync('examples/image-upload', root, { recursive: true });
    if (at === BROKEN) {
      const contract = join(root, 'services/user-service/openapi.yaml');
      writeFileSync(contract, readFileSync(contract, 'utf8').replace('/users/{id}/quota', '/users/{id}/limits'));
    }
    const store = join(folder, `${answers.length}.db`);
    execFileSync(process.execPath, [MAIN, 'ingest', root, '--store', store], { stdio: 'ignore', env: { ...process.env, ...WORDS } });
    const client = new Client({ name: 'bench', version: '1' });
    await client.connect(
      new StdioClientTransport({
        command: process.execPath,
        args: [MAIN, 'mcp', '--store', store],
        cwd: root,
        env: { ...getDefaultEnvironment(), ...WORDS },
      }),
    );
    const listed = [await client.listTools(), await client.listPrompts(), await client.listResourceTemplates()];
    surface = tokens(JSON.stringify(listed));
    for (const [tool, args] of questions) {
      const started = performance.now();
      const result = await client.callTool({ name: tool, arguments: args });
      const ms = performance.now() - started;
      const text = result.content.map((part) => (part.type === 'text' ? part.text : '')).join('\n');
      if (process.argv.includes('--answers')) console.log(`### ${at} ${tool} ${JSON.stringify(args)}\n${text}\n`);
      if (result.isError) console.log(`${at} ${tool} ${JSON.stringify(args)}: ${text.split('\n')[0]}`);
      else answers.push({ of: at, tool, bytes: Buffer.byteLength(text), tokens: tokens(text), ms });
    }
    await client.close();
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

const median = (/** @type {readonly number[]} */ values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const bytes = answers.map((answer) => answer.bytes);
for (const tool of new Set(answers.map((answer) => answer.tool))) {
  const own = answers.filter((answer) => answer.tool === tool);
  console.log(
    `${tool.padEnd(10)} ${own.length} answers, median ${median(own.map((answer) => answer.bytes))} bytes, ${median(own.map((answer) => answer.tokens))} tokens, ${median(own.map((answer) => answer.ms)).toFixed(0)} ms; largest ${Math.max(...own.map((answer) => answer.bytes))} bytes`,
  );
}
console.log(
  `surface: ${surface} tokens (bar ${BARS.surface}); answers: median ${median(bytes)} bytes (bar ${BARS.median}), largest ${Math.max(...bytes)}`,
);
process.exitCode = surface < BARS.surface && median(bytes) < BARS.median ? 0 : 1;

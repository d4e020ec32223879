import { Client } from '@modelcontextprotocol/client';
import { InMemoryTransport } from '@modelcontextprotocol/server';
import { afterEach } from 'vitest';
import { createServers, type McpOptions } from '../../../src/mcp/server.ts';
import type { System } from '../../../src/system.ts';

export interface Answer {
  readonly text: string;
  readonly isError: boolean;
  /** Of an error. */
  readonly code: unknown;
}

export interface Agent {
  readonly client: Client;
  /** What the server's operator gets to read, errors only. */
  readonly logged: readonly string[];
  call(tool: string, args?: unknown): Promise<Answer>;
}

const open: Client[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((client) => client.close()));
});

/** An agent at a server of its own, in this process, until the test ends. */
export async function connect(system: System, root = '.', options: Pick<McpOptions, 'takesAnswers'> = {}): Promise<Agent> {
  const logged: string[] = [];
  const log = { debug: () => {}, info: () => {}, warn: () => {}, error: (message: string) => void logged.push(message) };
  const [ours, theirs] = InMemoryTransport.createLinkedPair();
  await createServers({ system, root, log, ...options })
    .create()
    .connect(theirs);
  const client = new Client({ name: 'test', version: '1' });
  await client.connect(ours);
  open.push(client);
  return { client, logged, call: (tool, args = {}) => callTool(client, tool, args) };
}

export async function callTool(client: Client, tool: string, args: unknown): Promise<Answer> {
  const result = await client.callTool({ name: tool, arguments: args as Record<string, unknown> });
  const text = result.content.map((part) => (part.type === 'text' ? part.text : '')).join('\n');
  return { text, isError: result.isError === true, code: result._meta?.['specgraph/code'] };
}

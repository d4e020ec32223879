import { createHash } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

// Answers are JSON of whatever form a test wants to break.
// oxlint-disable-next-line typescript/no-explicit-any
export type Json = any;

export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Json;
  /** Milliseconds since the server started. */
  readonly at: number;
}

/** What the server does with one request. */
export type Behaviour =
  | { readonly does: 'answer'; readonly after?: number; readonly change?: (answer: Json, request: Json) => Json }
  | { readonly does: 'refuse'; readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: Json }
  | { readonly does: 'say'; readonly text: string }
  | { readonly does: 'hang' } // takes the request and never answers
  | { readonly does: 'stall' } // sends headers and half an answer, then nothing
  | { readonly does: 'break' }; // the connection, half way through the answer

export interface OpenAIServer extends AsyncDisposable {
  /** Base URL to configure. */
  readonly url: string;
  readonly received: readonly Received[];
  /** Connections whose client went away before it had its answer. */
  readonly abandoned: () => number;
  /** Most requests that were under way at once. */
  readonly mostAtOnce: () => number;
  /** Behaviours of the next requests, in the order of their arrival; after them all is well again. */
  script(...behaviours: readonly Behaviour[]): void;
}

export const refuse = (status: number, headers: Readonly<Record<string, string>> = {}, body?: Json): Behaviour => ({
  does: 'refuse',
  status,
  headers,
  body: body ?? { error: { message: `refused with ${status}`, type: 'test', code: null } },
});
export const change = (how: (answer: Json, request: Json) => Json): Behaviour => ({ does: 'answer', change: how });

/** The first numbers of the hash of a text: equal texts have equal vectors, others do not. Not of length 1. */
export const vectorOf = (text: string, dimensions: number): number[] => {
  const bytes = createHash('sha256').update(text).digest();
  return Array.from({ length: dimensions }, (_, at) => (bytes[at % bytes.length] ?? 0) / 16 - 8);
};

const DIMENSIONS = 8;

/** A server at a free port of this machine that speaks the part of OpenAI's protocol that specgraph uses. */
export async function startOpenAIServer(): Promise<OpenAIServer> {
  const started = performance.now();
  const received: Received[] = [];
  const script: Behaviour[] = [];
  const counts = { underWay: 0, mostAtOnce: 0, abandoned: 0 };

  const server = createServer((request, response) => {
    counts.mostAtOnce = Math.max(counts.mostAtOnce, ++counts.underWay);
    response.on('close', () => {
      counts.underWay--;
      if (!response.writableFinished) counts.abandoned++;
    });
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body: Json = JSON.parse(Buffer.concat(chunks).toString('utf8'));
      const path = request.url ?? '';
      received.push({ path, headers: request.headers, body, at: performance.now() - started });
      const answer = path === '/v1/embeddings' ? embeddings(body) : path === '/v1/chat/completions' ? completion(body) : undefined;
      if (answer === undefined) return send(response, 404, { error: { message: `no ${path}` } });
      behave(script.shift() ?? { does: 'answer' }, response, answer, body);
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    received,
    abandoned: () => counts.abandoned,
    mostAtOnce: () => counts.mostAtOnce,
    script: (...behaviours) => void script.push(...behaviours),
    [Symbol.asyncDispose]: () => {
      server.closeAllConnections();
      return new Promise((resolve) => void server.close(() => resolve()));
    },
  };
}

function behave(behaviour: Behaviour, response: ServerResponse, answer: Json, request: Json): void {
  const half = (): void => {
    const text = JSON.stringify(answer);
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
    response.write(text.slice(0, text.length / 2));
  };
  switch (behaviour.does) {
    case 'answer': {
      const changed = behaviour.change?.(answer, request) ?? answer;
      if (behaviour.after === undefined) return send(response, 200, changed);
      return void setTimeout(() => send(response, 200, changed), behaviour.after);
    }
    case 'refuse':
      return send(response, behaviour.status, behaviour.body, behaviour.headers);
    case 'say':
      return void response.writeHead(200, { 'content-type': 'application/json' }).end(behaviour.text);
    case 'hang':
      return;
    case 'stall':
      return half();
    case 'break':
      half();
      return void setTimeout(() => response.destroy(), 5);
  }
}

const send = (response: ServerResponse, status: number, body: Json, headers: Readonly<Record<string, string>> = {}): void =>
  void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));

const embeddings = ({ input, model, dimensions = DIMENSIONS }: Json): Json => ({
  object: 'list',
  model,
  data: input.map((text: string, index: number) => ({ object: 'embedding', index, embedding: vectorOf(text, dimensions) })),
  usage: { prompt_tokens: input.length, total_tokens: input.length },
});

const completion = ({ messages, model }: Json): Json => ({
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 1,
  model: `${model}-2026`,
  choices: [
    { index: 0, finish_reason: 'stop', message: { role: 'assistant', content: `You said: ${messages.at(-1).content}`, refusal: null } },
  ],
  usage: { prompt_tokens: 120, completion_tokens: 30, total_tokens: 150 },
});

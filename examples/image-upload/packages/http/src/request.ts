import type { IncomingMessage } from 'node:http';
import { HttpError } from './server.ts';

/** The whole body; refuses with 413 as soon as it is longer than `limit` bytes. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.byteLength;
    if (length > limit) throw new HttpError(413, `The body is longer than ${limit} bytes.`);
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

export async function readJson<T>(request: IncomingMessage, limit = 64 * 1024): Promise<T> {
  const body = await readBody(request, limit);
  try {
    return JSON.parse(Buffer.from(body).toString('utf8')) as T;
  } catch (cause) {
    throw new HttpError(400, 'The body is not JSON.', { cause });
  }
}

/** The token of `Authorization: Bearer ...`. */
export function bearerToken(request: IncomingMessage): string | undefined {
  return /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1];
}

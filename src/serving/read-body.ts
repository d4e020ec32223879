import type { IncomingMessage } from 'node:http';
import { PlatformError } from '../../graph/errors.ts';

/** The body of a request. Throws `LIMIT_EXCEEDED` for more bytes than are allowed. */
export async function readBody(request: IncomingMessage, allowed: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= allowed) chunks.push(chunk); // the rest is read, not kept: the client has to see the answer
  }
  if (bytes <= allowed) return Buffer.concat(chunks);
  throw new PlatformError('LIMIT_EXCEEDED', `The request has ${bytes} bytes; at most ${allowed} are allowed.`, {
    details: { limit: 'bodyBytes', allowed, found: bytes },
  });
}

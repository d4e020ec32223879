import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ImageDto } from '@acme/contracts';
import { afterEach, describe, expect, test } from 'vitest';
import { LIMITS } from '../src/config.ts';
import { createUploadServer } from '../src/http-server.ts';
import { DevelopmentSessions } from '../src/sessions.ts';
import { uploadSystem } from './fakes.ts';
import { png } from './pictures.ts';

let server: Server | undefined;
afterEach(() => server?.close());

async function post(body: Uint8Array, token: string | undefined = 'user:grace'): Promise<Response> {
  const { service, logger } = uploadSystem();
  server = createUploadServer(service, new DevelopmentSessions(), logger);
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const headers = token === '' ? {} : { authorization: `Bearer ${token}` };
  return fetch(`http://127.0.0.1:${port}/images`, { method: 'POST', headers, body: Buffer.from(body) });
}

describe('POST /images', () => {
  test('[imageUpload/AC-1] answers 201 with the image', async () => {
    const response = await post(png(10, 10));
    expect(response.status).toBe(201);
    expect(((await response.json()) as ImageDto).url).toBe('memory:images/grace/i1');
  });

  test('[imageUpload/AC-2] answers 413 to a picture that is too large', async () => {
    expect((await post(png(10, 10, LIMITS.maxBytes + 1))).status).toBe(413);
  });

  test('answers 415 to other formats and 401 without a session', async () => {
    expect((await post(Buffer.from('hello'))).status).toBe(415);
    server?.close();
    expect((await post(png(10, 10), '')).status).toBe(401);
  });
});

import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { UserRole, type UserDto } from '@acme/contracts';
import { HttpError, ServiceError, createHttpServer, createServiceClient } from '@acme/http';
import { MemoryLogger } from '@acme/logger';
import { afterEach, expect, test } from 'vitest';

const ada: UserDto = { id: 'ada/1', displayName: 'Ada', email: 'ada@example.org', role: UserRole.Member };
let server: Server | undefined;
afterEach(() => server?.close());

async function start(user: (id: string) => UserDto) {
  const logger = new MemoryLogger();
  server = createHttpServer({ 'GET /users/{id}': async (_, id = '') => ({ status: 200, body: user(id) }) }, logger);
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { client: createServiceClient(`http://127.0.0.1:${port}`), logger };
}

test('a client reaches a handler with its path parameters', async () => {
  const { client } = await start((id) => ({ ...ada, id }));
  expect(await client.call('GET /users/{id}', ['ada/1'], undefined)).toEqual(ada);
});

test('an expected failure keeps its status, an unexpected one is logged and hidden', async () => {
  const { client, logger } = await start((id) => {
    throw id === 'gone' ? new HttpError(404, 'No such user.') : new Error('database on fire');
  });
  await expect(client.call('GET /users/{id}', ['gone'], undefined)).rejects.toThrow(ServiceError);
  await expect(client.call('GET /users/{id}', ['x'], undefined)).rejects.toThrow('Something went wrong');
  expect(logger.entries).toHaveLength(1);
});

test('what no handler answers is 404', async () => {
  const { client } = await start(() => ada);
  await expect(client.call('GET /users/{id}/quota', ['u1'], undefined)).rejects.toMatchObject({ status: 404 });
});

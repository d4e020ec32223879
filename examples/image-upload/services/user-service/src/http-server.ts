import type { Server } from 'node:http';
import type { RequestOf } from '@acme/contracts';
import { HttpError, createHttpServer, readJson } from '@acme/http';
import type { Logger } from '@acme/logger';
import { QuotaExceeded, UserNotFound, type UserService } from './user-service.ts';

async function asHttp<T>(work: Promise<T>): Promise<{ status: number; body: T }> {
  try {
    return { status: 200, body: await work };
  } catch (error) {
    if (error instanceof UserNotFound) throw new HttpError(404, error.message, { cause: error });
    if (error instanceof QuotaExceeded) throw new HttpError(409, error.message, { cause: error });
    throw error;
  }
}

export function createUserServer(service: UserService, logger: Logger): Server {
  return createHttpServer(
    {
      'GET /users/{id}': (_, id = '') => asHttp(service.get(id)),
      'GET /users/{id}/quota': (_, id = '') => asHttp(service.quota(id)),
      'PUT /users/{id}/avatar': async (request, id = '') => {
        const { imageKey, bytes } = await readJson<RequestOf<'PUT /users/{id}/avatar'>>(request);
        return asHttp(service.setAvatar(id, imageKey, bytes));
      },
    },
    logger,
  );
}

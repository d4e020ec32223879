import type { IncomingMessage, Server } from 'node:http';
import { Rejection, type RejectionReason } from '@acme/contracts';
import { HttpError, bearerToken, createHttpServer, readBody } from '@acme/http';
import type { Logger } from '@acme/logger';
import { LIMITS } from './config.ts';
import type { Sessions } from './sessions.ts';
import type { UploadService } from './upload-service.ts';

const STATUS: Readonly<Record<RejectionReason, number>> = {
  'too-large': 413,
  'unsupported-format': 415,
  malware: 422,
  'quota-exceeded': 409,
  unauthenticated: 401,
};

export function createUploadServer(service: UploadService, sessions: Sessions, logger: Logger): Server {
  return createHttpServer(
    {
      'POST /images': async (request) => {
        const userId = authenticate(request, sessions);
        const body = await readBody(request, LIMITS.maxBytes);
        try {
          return { status: 201, body: await service.upload(userId, { fileName: fileNameOf(request), body }) };
        } catch (error) {
          if (error instanceof Rejection) throw new HttpError(STATUS[error.reason], error.message, { cause: error });
          throw error;
        }
      },
    },
    logger,
  );
}

function authenticate(request: IncomingMessage, sessions: Sessions): string {
  const userId = sessions.userOf(bearerToken(request) ?? '');
  if (userId === undefined) throw new HttpError(STATUS.unauthenticated, 'Sign in to upload a picture.');
  return userId;
}

function fileNameOf(request: IncomingMessage): string {
  const header = request.headers['x-file-name'];
  return typeof header === 'string' ? header : 'picture';
}

import type { Server } from 'node:http';
import type { DomainEvent } from '@acme/contracts';
import { createHttpServer, readJson } from '@acme/http';
import type { Logger } from '@acme/logger';
import type { EventConsumer } from './event-consumer.ts';

export function createNotificationServer(consumer: EventConsumer, logger: Logger): Server {
  return createHttpServer(
    {
      'POST /events': async (request) => {
        const accepted = await consumer.handle(await readJson<DomainEvent>(request));
        return { status: accepted ? 202 : 502, body: { accepted } };
      },
    },
    logger,
  );
}

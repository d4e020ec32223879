import type { DomainEvent } from '@acme/contracts';
import { ServiceError, type ServiceClient } from '@acme/http';
import { MemoryLogger } from '@acme/logger';
import { expect, test } from 'vitest';
import { HttpEventPublisher, LocalEventPublisher } from '../src/event-publisher.ts';

const event: DomainEvent = { type: 'image.rejected', userId: 'grace', at: '2026-11-20T10:00:00Z', reason: 'malware', fileName: 'x.png' };

test('a subscription ends when it is told to', async () => {
  const publisher = new LocalEventPublisher();
  const seen: DomainEvent[] = [];
  const end = publisher.subscribe((each) => void seen.push(each));
  await publisher.publish(event);
  end();
  await publisher.publish(event);
  expect(seen).toEqual([event]);
});

test('an event that cannot be delivered is logged, not thrown', async () => {
  const logger = new MemoryLogger();
  const notifications: ServiceClient = {
    call: (route) => Promise.reject(new ServiceError(route, 503, 'busy')),
  };
  await new HttpEventPublisher(notifications, logger).publish(event);
  expect(logger.entries).toMatchObject([{ message: 'event not delivered', fields: { userId: 'grace' } }]);
});

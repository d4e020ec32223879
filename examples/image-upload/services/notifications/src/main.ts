import { createServiceClient } from '@acme/http';
import { createConsoleLogger } from '@acme/logger';
import { EventConsumer } from './event-consumer.ts';
import { createNotificationServer } from './http-server.ts';
import { OutboxMailer } from './mailer.ts';

const port = Number(process.env.PORT ?? 4002);
const logger = createConsoleLogger('notifications');
const users = createServiceClient(process.env.USER_SERVICE_URL ?? 'http://localhost:4001');
const directory = { get: (id: string) => users.call('GET /users/{id}', [id], undefined) };

createNotificationServer(new EventConsumer(directory, new OutboxMailer(), logger), logger).listen(port, () =>
  logger.info('listening', { port }),
);

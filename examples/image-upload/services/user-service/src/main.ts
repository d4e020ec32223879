import { UserRole } from '@acme/contracts';
import { createConsoleLogger } from '@acme/logger';
import { createUserServer } from './http-server.ts';
import { InMemoryRepository } from './repository.ts';
import { UserService } from './user-service.ts';
import { createUser } from './user.ts';

const port = Number(process.env.PORT ?? 4001);
const logger = createConsoleLogger('user-service');
const users = new InMemoryRepository([
  createUser('ada', 'Ada', 'ada@example.org', UserRole.Admin),
  createUser('grace', 'Grace', 'grace@example.org'),
]);

createUserServer(new UserService(users, logger), logger).listen(port, () => logger.info('listening', { port }));

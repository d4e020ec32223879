import { UserRole } from '@acme/contracts';
import { createConsoleLogger } from '@acme/logger';
import { createUserServer } from './http-server.ts';
import { InMemoryRepository, type Repository } from './repository.ts';
import { SqlUserRepository, openDatabase } from './sql-user-repository.ts';
import { UserService } from './user-service.ts';
import { createUser, type User } from './user.ts';

const port = Number(process.env.PORT ?? 4001);
const databasePath = process.env.DATABASE_PATH;
const logger = createConsoleLogger('user-service');

/** Without a database there are two users to play with. */
const users: Repository<User> =
  databasePath === undefined
    ? new InMemoryRepository([
        createUser('ada', 'Ada', 'ada@example.org', UserRole.Admin),
        createUser('grace', 'Grace', 'grace@example.org'),
      ])
    : new SqlUserRepository(openDatabase(databasePath));

createUserServer(new UserService(users, logger), logger).listen(port, () => logger.info('listening', { port }));

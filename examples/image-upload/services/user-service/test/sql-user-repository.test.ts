import { UserRole } from '@acme/contracts';
import { expect, test } from 'vitest';
import { SqlUserRepository, openDatabase } from '../src/sql-user-repository.ts';
import { createUser } from '../src/user.ts';

test('gives back the user that was saved last', async () => {
  const users = new SqlUserRepository(openDatabase(':memory:'));
  expect(await users.find('grace')).toBeUndefined();
  const grace = await users.save(createUser('grace', 'Grace', 'grace@example.org', UserRole.Moderator));
  expect(await users.find('grace')).toEqual(grace);
  const saved = await users.save({ ...grace, avatarKey: 'images/grace/1', usedBytes: 7 });
  expect(await users.find('grace')).toEqual(saved);
});

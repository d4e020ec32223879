import { MEGABYTE, UserRole } from '@acme/contracts';
import { MemoryLogger } from '@acme/logger';
import { describe, expect, test } from 'vitest';
import { InMemoryRepository } from '../src/repository.ts';
import { QuotaExceeded, UserNotFound, UserService } from '../src/user-service.ts';
import { createUser } from '../src/user.ts';

function service() {
  const users = new InMemoryRepository([
    createUser('grace', 'Grace', 'grace@example.org'),
    createUser('root', 'Root', 'root@example.org', UserRole.Admin),
  ]);
  return new UserService(users, new MemoryLogger());
}

describe('UserService', () => {
  test('gives users without what is internal', async () => {
    expect(await service().get('grace')).toEqual({
      id: 'grace',
      displayName: 'Grace',
      email: 'grace@example.org',
      role: UserRole.Member,
    });
  });

  test('throws for an unknown user', async () => {
    await expect(service().get('nobody')).rejects.toThrow(UserNotFound);
  });

  test('counts the bytes of a new avatar', async () => {
    const users = service();
    const user = await users.setAvatar('grace', 'images/grace/1', 2 * MEGABYTE);
    expect(user.avatarKey).toBe('images/grace/1');
    expect(await users.quota('grace')).toEqual({ usedBytes: 2 * MEGABYTE, limitBytes: 50 * MEGABYTE });
  });

  test('refuses what does not fit, except for admins', async () => {
    await expect(service().setAvatar('grace', 'images/grace/1', 51 * MEGABYTE)).rejects.toThrow(QuotaExceeded);
    await expect(service().setAvatar('root', 'images/root/1', 51 * MEGABYTE)).resolves.toMatchObject({ id: 'root' });
  });
});

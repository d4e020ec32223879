import type { Quota, UserDto, UserId } from '@acme/contracts';
import type { Logger } from '@acme/logger';
import { fits, quotaOf } from './quotas.ts';
import type { Repository } from './repository.ts';
import { toDto, type User } from './user.ts';

export class UserNotFound extends Error {
  constructor(readonly userId: UserId) {
    super(`No user ${userId}.`);
    this.name = 'UserNotFound';
  }
}

export class QuotaExceeded extends Error {
  constructor(readonly quota: Quota) {
    super(`${quota.usedBytes} of ${quota.limitBytes} bytes are used.`);
    this.name = 'QuotaExceeded';
  }
}

/** Knows who users are, how much they may store, and which picture is theirs. */
export class UserService {
  constructor(
    private readonly users: Repository<User>,
    private readonly logger: Logger,
  ) {}

  async get(id: UserId): Promise<UserDto> {
    return toDto(await this.load(id));
  }

  async quota(id: UserId) {
    return quotaOf(await this.load(id));
  }

  /** Makes a stored image the user's profile picture and counts its bytes. Throws {@link QuotaExceeded}. */
  async setAvatar(id: UserId, avatarKey: string, bytes: number): Promise<UserDto> {
    const user = await this.load(id);
    const quota = quotaOf(user);
    if (!fits(quota, bytes)) throw new QuotaExceeded(quota);
    const saved = await this.users.save({ ...user, avatarKey, usedBytes: user.usedBytes + bytes });
    this.logger.info('avatar changed', { userId: id, avatarKey });
    return toDto(saved);
  }

  private async load(id: UserId): Promise<User> {
    const user = await this.users.find(id);
    if (user === undefined) throw new UserNotFound(id);
    return user;
  }
}

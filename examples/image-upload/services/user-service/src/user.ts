import { UserRole, type UserDto, type UserId } from '@acme/contracts';

/** A user as this service stores it; {@link toDto} is what leaves the service. */
export interface User {
  readonly id: UserId;
  readonly displayName: string;
  readonly email: string;
  readonly role: UserRole;
  readonly avatarKey?: string;
  readonly usedBytes: number;
}

export function toDto(user: User): UserDto {
  const { id, displayName, email, role, avatarKey } = user;
  return { id, displayName, email, role, ...(avatarKey === undefined ? {} : { avatarKey }) };
}

export function createUser(id: UserId, displayName: string, email: string, role = UserRole.Member): User {
  return { id, displayName, email, role, usedBytes: 0 };
}

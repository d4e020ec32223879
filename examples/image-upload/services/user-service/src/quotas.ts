import { MEGABYTE, UserRole, type Quota } from '@acme/contracts';
import type { User } from './user.ts';

const LIMITS: Readonly<Record<UserRole, number>> = {
  [UserRole.Member]: 50 * MEGABYTE,
  [UserRole.Moderator]: 200 * MEGABYTE,
  [UserRole.Admin]: Number.MAX_SAFE_INTEGER,
};

export function quotaOf(user: User): Quota {
  return { usedBytes: user.usedBytes, limitBytes: LIMITS[user.role] };
}

export const fits = ({ usedBytes, limitBytes }: Quota, bytes: number): boolean => usedBytes + bytes <= limitBytes;

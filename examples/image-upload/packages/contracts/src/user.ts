export type UserId = string;

export enum UserRole {
  Member = 'member',
  Moderator = 'moderator',
  Admin = 'admin',
}

/** A user as other services see it. */
export interface UserDto {
  readonly id: UserId;
  readonly displayName: string;
  readonly email: string;
  readonly role: UserRole;
  /** Key of the current profile picture in object storage. */
  readonly avatarKey?: string;
}

export interface Quota {
  readonly usedBytes: number;
  readonly limitBytes: number;
}

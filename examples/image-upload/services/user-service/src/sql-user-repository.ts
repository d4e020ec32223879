import { readFileSync, readdirSync } from 'node:fs';
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import type { UserRole } from '@acme/contracts';
import type { Repository } from './repository.ts';
import type { User } from './user.ts';

interface UserRow {
  readonly id: string;
  readonly display_name: string;
  readonly email: string;
  readonly role: UserRole;
  readonly avatar_key: string | null;
  readonly used_bytes: number;
}

const MIGRATIONS = new URL('../migrations/', import.meta.url);

/** A database with all migrations applied; for each of them it remembers that it was. */
export function openDatabase(path: string): DatabaseSyncInstance {
  const database = new DatabaseSync(path);
  const files = readdirSync(MIGRATIONS).sort();
  const { user_version: applied } = database.prepare('PRAGMA user_version').get() as { user_version: number };
  for (const file of files.slice(applied)) database.exec(readFileSync(new URL(file, MIGRATIONS), 'utf8'));
  database.exec(`PRAGMA user_version = ${files.length}`);
  return database;
}

/** Users in the table `users`. */
export class SqlUserRepository implements Repository<User> {
  constructor(private readonly database: DatabaseSyncInstance) {}

  async find(id: User['id']): Promise<User | undefined> {
    const row = this.database.prepare('SELECT id, display_name, email, role, avatar_key, used_bytes FROM users WHERE id = ?').get(id) as
      | UserRow
      | undefined;
    return row && toUser(row);
  }

  async save(user: User): Promise<User> {
    this.database
      .prepare('INSERT OR REPLACE INTO users (id, display_name, email, role, avatar_key, used_bytes) VALUES (?, ?, ?, ?, ?, ?)')
      .run(user.id, user.displayName, user.email, user.role, user.avatarKey ?? null, user.usedBytes);
    return user;
  }
}

function toUser({ id, display_name: displayName, email, role, avatar_key: avatarKey, used_bytes: usedBytes }: UserRow): User {
  return { id, displayName, email, role, ...(avatarKey === null ? {} : { avatarKey }), usedBytes };
}

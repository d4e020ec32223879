import { Rejection, UserRole, type DomainEvent, type Quota, type UserDto } from '@acme/contracts';
import { MemoryLogger } from '@acme/logger';
import type { PutOptions, Storage, StoredObject } from '@acme/storage';
import { LocalEventPublisher } from '../src/event-publisher.ts';
import { SignatureScanner } from '../src/malware-scanner.ts';
import { OriginalSizeResizer } from '../src/resizer.ts';
import { ThumbnailMaker } from '../src/thumbnails.ts';
import { UploadService } from '../src/upload-service.ts';
import type { Users } from '../src/user-client.ts';

export class MemoryStorage implements Storage {
  readonly objects = new Map<string, Uint8Array>();

  async put(key: string, body: Uint8Array, _options: PutOptions): Promise<StoredObject> {
    this.objects.set(key, body);
    return { key, bytes: body.byteLength, url: `memory:${key}` };
  }

  async get(key: string): Promise<Uint8Array> {
    return this.objects.get(key) ?? new Uint8Array();
  }

  async delete(key: string): Promise<void> {
    this.objects.delete(key);
  }
}

export class FakeUsers implements Users {
  readonly avatars = new Map<string, string>();
  used = 0;

  async get(id: string): Promise<UserDto> {
    if (id !== 'grace') throw new Rejection('unauthenticated', 'Sign in to upload a picture.');
    return { id, displayName: 'Grace', email: 'grace@example.org', role: UserRole.Member };
  }

  async quota(): Promise<Quota> {
    return { usedBytes: this.used, limitBytes: 1000 };
  }

  async setAvatar(id: string, imageKey: string): Promise<UserDto> {
    this.avatars.set(id, imageKey);
    return this.get(id);
  }
}

/** An upload service with everything around it in memory. */
export function uploadSystem() {
  const storage = new MemoryStorage();
  const users = new FakeUsers();
  const logger = new MemoryLogger();
  const publisher = new LocalEventPublisher();
  const events: DomainEvent[] = [];
  publisher.subscribe((event) => void events.push(event));
  const service = new UploadService({
    users,
    storage,
    thumbnails: new ThumbnailMaker(new OriginalSizeResizer(), storage),
    scanner: new SignatureScanner(),
    events: publisher,
    logger,
    newId: () => 'i1',
    now: () => new Date('2026-11-20T10:00:00Z'),
  });
  return { service, storage, users, logger, events };
}

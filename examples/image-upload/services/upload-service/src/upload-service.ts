import { Rejection, type ImageDto, type RejectionReason, type UserId } from '@acme/contracts';
import type { Logger } from '@acme/logger';
import { imageKey, type Storage } from '@acme/storage';
import type { EventPublisher } from './event-publisher.ts';
import type { MalwareScanner } from './malware-scanner.ts';
import type { ThumbnailMaker } from './thumbnails.ts';
import type { Users } from './user-client.ts';
import { validate, type Upload } from './validation.ts';

export interface UploadServiceParts {
  readonly users: Users;
  readonly storage: Storage;
  readonly thumbnails: ThumbnailMaker;
  readonly scanner: MalwareScanner;
  readonly events: EventPublisher;
  readonly logger: Logger;
  readonly newId: () => string;
  readonly now: () => Date;
}

/** Takes a picture from a signed-in user to their profile: check, scan, store, make thumbnails, tell everyone. */
export class UploadService {
  constructor(private readonly parts: UploadServiceParts) {}

  /** Throws {@link Rejection} when the picture is refused; then nothing is stored. */
  async upload(userId: UserId, upload: Upload): Promise<ImageDto> {
    const { events, logger, now } = this.parts;
    const log = logger.child({ userId });
    try {
      const image = await this.accept(userId, upload);
      log.info('upload succeeded', { imageId: image.id, bytes: image.bytes });
      await events.publish({ type: 'image.uploaded', userId, at: now().toISOString(), image });
      return image;
    } catch (error) {
      const reason = reasonOf(error);
      log.warn('upload failed', { reason: reason ?? String(error) });
      if (reason !== undefined) {
        await events.publish({ type: 'image.rejected', userId, at: now().toISOString(), reason, fileName: upload.fileName });
      }
      throw error;
    }
  }

  private async accept(userId: UserId, upload: Upload): Promise<ImageDto> {
    const { users, storage, thumbnails, newId } = this.parts;
    const checked = validate(upload);
    if (!checked.ok) throw checked.error;
    const metadata = checked.value;
    const owner = await users.get(userId);
    await this.assertClean(upload);
    await this.assertQuota(owner.id, metadata.bytes);

    const id = newId();
    const key = imageKey(owner.id, id);
    const { url } = await storage.put(key, upload.body, { contentType: metadata.format });
    const urls = await thumbnails.make({ owner: owner.id, imageId: id, body: upload.body, metadata });
    await users.setAvatar(owner.id, key, metadata.bytes);
    return { ...metadata, id, owner: owner.id, url, thumbnails: urls };
  }

  private async assertClean({ body, fileName }: Upload): Promise<void> {
    if (!(await this.parts.scanner.isClean(body))) throw new Rejection('malware', `${fileName} was refused by the malware scanner.`);
  }

  private async assertQuota(userId: UserId, bytes: number): Promise<void> {
    const { usedBytes, limitBytes } = await this.parts.users.quota(userId);
    if (usedBytes + bytes > limitBytes) throw new Rejection('quota-exceeded', 'Your storage is full.');
  }
}

const reasonOf = (error: unknown): RejectionReason | undefined => (error instanceof Rejection ? error.reason : undefined);

import { THUMBNAIL_SIZES, type ImageMetadata, type ThumbnailSize, type UserId } from '@acme/contracts';
import { thumbnailKey, type Storage } from '@acme/storage';
import type { Resizer } from './resizer.ts';

const ONE_YEAR = 31_536_000;

const sizes = Object.entries(THUMBNAIL_SIZES) as [ThumbnailSize, number][];

export interface ThumbnailRequest {
  readonly owner: UserId;
  readonly imageId: string;
  readonly body: Uint8Array;
  readonly metadata: ImageMetadata;
}

/** Makes and stores every thumbnail size; the answer has their URLs. */
export class ThumbnailMaker {
  constructor(
    private readonly resizer: Resizer,
    private readonly storage: Storage,
  ) {}

  async make(request: ThumbnailRequest): Promise<Record<ThumbnailSize, string>> {
    const stored = await Promise.all(sizes.map(([size, side]) => this.makeOne(request, size, side)));
    return Object.fromEntries(stored) as Record<ThumbnailSize, string>;
  }

  private async makeOne({ owner, imageId, body, metadata }: ThumbnailRequest, size: ThumbnailSize, side: number) {
    const fits = Math.max(metadata.width, metadata.height) <= side;
    const scaled = fits ? body : await this.resizer.resize(body, metadata.format, side);
    const { url } = await this.storage.put(thumbnailKey(owner, imageId, size), scaled, {
      contentType: metadata.format,
      maxAge: ONE_YEAR,
    });
    return [size, url] as const;
  }
}

import type { UserId } from './user.ts';

export enum ImageFormat {
  Png = 'image/png',
  Jpeg = 'image/jpeg',
}

export const THUMBNAIL_SIZES = { small: 64, medium: 256, large: 1024 } as const;
export type ThumbnailSize = keyof typeof THUMBNAIL_SIZES;

export interface ImageMetadata {
  readonly format: ImageFormat;
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
}

/** A stored image with everything a client needs to show it. */
export interface ImageDto extends ImageMetadata {
  readonly id: string;
  readonly owner: UserId;
  readonly url: string;
  readonly thumbnails: Readonly<Record<ThumbnailSize, string>>;
}

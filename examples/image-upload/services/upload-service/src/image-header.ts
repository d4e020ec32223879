import { ImageFormat, type ImageMetadata } from '@acme/contracts';

type HeaderReader = (bytes: DataView) => Pick<ImageMetadata, 'width' | 'height'> | undefined;

const PNG_SIGNATURE = 0x89504e47;
const JPEG_START = 0xffd8;

const readPng: HeaderReader = (view) => {
  if (view.byteLength < 24 || view.getUint32(0) !== PNG_SIGNATURE) return undefined;
  return { width: view.getUint32(16), height: view.getUint32(20) };
};

/** Walks the segments of a JPEG to its start-of-frame, which holds the size. */
const readJpeg: HeaderReader = (view) => {
  if (view.byteLength < 4 || view.getUint16(0) !== JPEG_START) return undefined;
  let offset = 2;
  while (offset + 9 <= view.byteLength) {
    const marker = view.getUint16(offset);
    if (isStartOfFrame(marker)) return { height: view.getUint16(offset + 5), width: view.getUint16(offset + 7) };
    offset += 2 + view.getUint16(offset + 2);
  }
  return undefined;
};

const NOT_FRAMES: readonly number[] = [0xffc4, 0xffc8, 0xffcc];
const isStartOfFrame = (marker: number) => marker >= 0xffc0 && marker <= 0xffcf && !NOT_FRAMES.includes(marker);

const READERS: Readonly<Record<ImageFormat, HeaderReader>> = {
  [ImageFormat.Png]: readPng,
  [ImageFormat.Jpeg]: readJpeg,
};

/** What the bytes say they are, whatever the file name or the client claims. */
export function readImageHeader(body: Uint8Array): ImageMetadata | undefined {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  for (const format of Object.values(ImageFormat)) {
    const size = READERS[format](view);
    if (size !== undefined) return { format, bytes: body.byteLength, ...size };
  }
  return undefined;
}

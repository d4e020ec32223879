/** A PNG of the given size in pixels, padded to `bytes`. Only its header is real. */
export function png(width: number, height: number, bytes = 64): Uint8Array {
  const body = new Uint8Array(bytes);
  const view = new DataView(body.buffer);
  view.setUint32(0, 0x89504e47);
  view.setUint32(16, width);
  view.setUint32(20, height);
  return body;
}

/** A JPEG with one application segment before its start-of-frame. */
export function jpeg(width: number, height: number): Uint8Array {
  const body = new Uint8Array(32);
  const view = new DataView(body.buffer);
  view.setUint16(0, 0xffd8);
  view.setUint16(2, 0xffe0);
  view.setUint16(4, 4);
  view.setUint16(8, 0xffc0);
  view.setUint16(13, height);
  view.setUint16(15, width);
  return body;
}

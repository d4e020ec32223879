import { ImageFormat } from '@acme/contracts';
import { describe, expect, test } from 'vitest';
import { LIMITS } from '../src/config.ts';
import { validate } from '../src/validation.ts';
import { jpeg, png } from './pictures.ts';

const reason = (body: Uint8Array) => {
  const result = validate({ fileName: 'x', body });
  return result.ok ? undefined : result.error.reason;
};

describe('validate', () => {
  test('[imageUpload/AC-1] accepts PNG and JPEG and reads their size', () => {
    expect(validate({ fileName: 'a.png', body: png(640, 480) })).toMatchObject({
      ok: true,
      value: { format: ImageFormat.Png, width: 640 },
    });
    expect(validate({ fileName: 'a.jpg', body: jpeg(300, 200) })).toMatchObject({
      ok: true,
      value: { format: ImageFormat.Jpeg, width: 300, height: 200 },
    });
  });

  test('[imageUpload/AC-1] refuses other formats, whatever they are called', () => {
    expect(reason(Buffer.from('GIF89a..........................'))).toBe('unsupported-format');
    expect(reason(new Uint8Array())).toBe('unsupported-format');
  });

  test('[imageUpload/AC-2] refuses 5 MB and more', () => {
    expect(reason(png(1, 1, LIMITS.maxBytes - 1))).toBeUndefined();
    expect(reason(png(1, 1, LIMITS.maxBytes))).toBe('too-large');
  });
});

import { ImageFormat } from '@acme/contracts';
import { expect, test } from 'vitest';
import { ThumbnailMaker } from '../src/thumbnails.ts';
import { MemoryStorage } from './fakes.ts';

test('makes every size, and scales only what is larger', async () => {
  const storage = new MemoryStorage();
  const sides: number[] = [];
  const resizer = {
    async resize(body: Uint8Array, _format: ImageFormat, side: number) {
      sides.push(side);
      return body.slice(0, 1);
    },
  };
  const body = new Uint8Array([1, 2, 3]);
  const metadata = { format: ImageFormat.Png, width: 300, height: 200, bytes: 3 };
  const urls = await new ThumbnailMaker(resizer, storage).make({ owner: 'grace', imageId: 'i1', body, metadata });
  expect(sides).toEqual([64, 256]);
  expect(urls.large).toBe('memory:images/grace/i1.large');
  expect(storage.objects.get('images/grace/i1.large')?.byteLength).toBe(3);
  expect(storage.objects.get('images/grace/i1.small')?.byteLength).toBe(1);
});

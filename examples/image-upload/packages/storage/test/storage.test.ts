import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MemoryLogger } from '@acme/logger';
import { LocalStorageService, S3StorageService, StorageError, imageKey, thumbnailKey, type Storage } from '@acme/storage';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'acme-storage-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function memoryBucket(failures = 0) {
  const objects = new Map<string, Uint8Array>();
  let left = failures;
  return async (url: string, { method, body }: { method: string; body?: Uint8Array }): Promise<Response> => {
    if (left-- > 0) return new Response(null, { status: 503 });
    if (method === 'PUT') objects.set(url, body ?? new Uint8Array());
    if (method === 'DELETE') objects.delete(url);
    const found = objects.get(url);
    if (method === 'GET' && found === undefined) return new Response(null, { status: 404 });
    return new Response(found === undefined ? null : Buffer.from(found));
  };
}

const s3 = (failures?: number) =>
  new S3StorageService({ bucket: 'pictures', region: 'eu-west-1' }, new MemoryLogger(), memoryBucket(failures));

const BACKENDS: Record<string, () => Storage> = {
  local: () => new LocalStorageService(folder),
  s3: () => s3(),
};

describe.each(Object.entries(BACKENDS))('%s storage', (_, create) => {
  test('gives back what was put', async () => {
    const storage = create();
    const stored = await storage.put(imageKey('u1', 'a'), new Uint8Array([1, 2, 3]), { contentType: 'image/png' });
    expect(stored.bytes).toBe(3);
    expect(stored.url.endsWith('images/u1/a')).toBe(true);
    expect([...(await storage.get('images/u1/a'))]).toEqual([1, 2, 3]);
  });

  test('has no object after it was deleted', async () => {
    const storage = create();
    await storage.put('images/u1/b', new Uint8Array([1]), { contentType: 'image/png' });
    await storage.delete('images/u1/b');
    await expect(storage.get('images/u1/b')).rejects.toThrow(StorageError);
  });

  test('refuses keys that leave the folder', async () => {
    await expect(create().get('images/../../etc/passwd')).rejects.toThrow('Not a storage key');
  });
});

test('S3 tries again when the bucket is busy, and gives up at last', async () => {
  await expect(s3(2).put('images/c', new Uint8Array(), { contentType: 'image/png' })).resolves.toMatchObject({ key: 'images/c' });
  await expect(s3(3).put('images/c', new Uint8Array(), { contentType: 'image/png' })).rejects.toThrow('503');
});

test('thumbnails stand beside their image', () => {
  expect(thumbnailKey('u1', 'a', 'small')).toBe('images/u1/a.small');
});

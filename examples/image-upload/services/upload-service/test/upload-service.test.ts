import { ImageFormat } from '@acme/contracts';
import { describe, expect, test } from 'vitest';
import { uploadSystem } from './fakes.ts';
import { png } from './pictures.ts';

describe('UploadService', () => {
  test('[imageUpload/AC-1] stores a valid picture and makes it the avatar', async () => {
    const { service, storage, users } = uploadSystem();
    const image = await service.upload('grace', { fileName: 'me.png', body: png(640, 480) });
    expect(image).toMatchObject({
      id: 'i1',
      owner: 'grace',
      format: ImageFormat.Png,
      width: 640,
      height: 480,
      url: 'memory:images/grace/i1',
    });
    expect([...storage.objects.keys()].sort()).toEqual([
      'images/grace/i1',
      'images/grace/i1.large',
      'images/grace/i1.medium',
      'images/grace/i1.small',
    ]);
    expect(users.avatars.get('grace')).toBe('images/grace/i1');
  });

  test('publishes what happened and logs it with the user', async () => {
    const { service, events, logger } = uploadSystem();
    await service.upload('grace', { fileName: 'me.png', body: png(1, 1) });
    expect(events).toMatchObject([{ type: 'image.uploaded', userId: 'grace', at: '2026-11-20T10:00:00.000Z' }]);
    expect(logger.entries).toMatchObject([{ message: 'upload succeeded', fields: { userId: 'grace', imageId: 'i1' } }]);
  });

  test('refuses malware and stores nothing', async () => {
    const { service, storage, events } = uploadSystem();
    const body = png(1, 1, 128);
    body.set(Buffer.from('EICAR-STANDARD-ANTIVIRUS-TEST-FILE'), 40);
    await expect(service.upload('grace', { fileName: 'x.png', body })).rejects.toMatchObject({ reason: 'malware' });
    expect(storage.objects.size).toBe(0);
    expect(events).toMatchObject([{ type: 'image.rejected', reason: 'malware', fileName: 'x.png' }]);
  });

  test('refuses what does not fit into the quota', async () => {
    const { service, users } = uploadSystem();
    users.used = 990;
    await expect(service.upload('grace', { fileName: 'me.png', body: png(1, 1) })).rejects.toMatchObject({ reason: 'quota-exceeded' });
  });

  test('refuses users that do not exist', async () => {
    const { service } = uploadSystem();
    await expect(service.upload('nobody', { fileName: 'me.png', body: png(1, 1) })).rejects.toMatchObject({ reason: 'unauthenticated' });
  });
});

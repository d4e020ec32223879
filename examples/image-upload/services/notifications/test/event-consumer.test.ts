import { ImageFormat, UserRole, type ImageUploaded, type UserDto } from '@acme/contracts';
import { MemoryLogger } from '@acme/logger';
import { describe, expect, test } from 'vitest';
import { EventConsumer } from '../src/event-consumer.ts';
import { OutboxMailer } from '../src/mailer.ts';

const grace: UserDto = { id: 'grace', displayName: 'Grace', email: 'grace@example.org', role: UserRole.Member };

const uploaded: ImageUploaded = {
  type: 'image.uploaded',
  userId: 'grace',
  at: '2026-11-20T10:00:00Z',
  image: {
    id: 'i1',
    owner: 'grace',
    format: ImageFormat.Png,
    width: 640,
    height: 480,
    bytes: 2048,
    url: 'https://cdn.example.org/i1',
    thumbnails: { small: 's', medium: 'm', large: 'l' },
  },
};

function consumer(users = new Map([[grace.id, grace]])) {
  const mailer = new OutboxMailer();
  const logger = new MemoryLogger();
  const directory = {
    async get(id: string) {
      const user = users.get(id);
      if (user === undefined) throw new Error(`No user ${id}.`);
      return user;
    },
  };
  return { consumer: new EventConsumer(directory, mailer, logger), mailer, logger };
}

describe('EventConsumer', () => {
  test('tells the user about a new picture', async () => {
    const { consumer: subject, mailer } = consumer();
    expect(await subject.handle(uploaded)).toBe(true);
    expect(mailer.sent).toEqual([
      {
        to: 'grace@example.org',
        subject: 'Your new profile picture',
        text: 'Hello Grace, your picture (640 x 480, 2 kB) is at https://cdn.example.org/i1.',
      },
    ]);
  });

  test('says why a picture was refused', async () => {
    const { consumer: subject, mailer } = consumer();
    await subject.handle({ type: 'image.rejected', userId: 'grace', at: uploaded.at, reason: 'too-large', fileName: 'cat.png' });
    expect(mailer.sent[0]?.text).toContain('cat.png was not accepted: it is larger than allowed');
  });

  test('goes on when a user is unknown', async () => {
    const { consumer: subject, mailer, logger } = consumer(new Map());
    expect(await subject.handle(uploaded)).toBe(false);
    expect(mailer.sent).toEqual([]);
    expect(logger.entries[0]?.fields).toMatchObject({ userId: 'grace', event: 'image.uploaded' });
  });
});

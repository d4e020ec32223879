import request from 'supertest';
import { describe, expect, it } from 'vitest';

const api = request(process.env.COMMENTS_URL ?? 'https://comments.acme.test');

describe('comments', () => {
  it('adds one', async () => {
    const res = await api.post('/comments').send({ text: 'first' }).expect(200);
    expect(res.body.id).toBeTruthy();
  });
});

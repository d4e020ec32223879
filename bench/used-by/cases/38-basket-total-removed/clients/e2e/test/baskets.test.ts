import request from 'supertest';
import { describe, expect, it } from 'vitest';

const BASKETS = process.env.BASKETS_URL ?? 'https://baskets.acme.test';

describe('GET /baskets/:id', () => {
  it('adds up', async () => {
    const response = await request(BASKETS).get('/baskets/42').expect(200);
    expect(response.body.items).toHaveLength(2);
    expect(response.body.total).toBe(19.9);
  });
});

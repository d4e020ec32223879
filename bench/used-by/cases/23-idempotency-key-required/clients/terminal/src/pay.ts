import { randomUUID } from 'node:crypto';
import got from 'got';

export async function pay(amount: number): Promise<void> {
  await got.post('https://pay.acme.test/payments', {
    headers: { 'Idempotency-Key': randomUUID() },
    json: { amount },
  });
}

import axios from 'axios';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildApp } from '../src/app';
import { QuoteService } from '../src/quotes/quote-service';

const invoice = { id: 'i-1', parcelId: 'p-1', senderEmail: 'shop@example.com', amountCents: 1170, currency: 'EUR', status: 'open', issuedAt: '2026-01-07T00:00:00Z', dueAt: null };
const quotes = new QuoteService({ forLevel: async () => ({ service_level: 'express', base_cents: 990, per_kg_cents: 120, currency: 'EUR' }) });
const app = buildApp({ invoices: { open: async () => [invoice] } as never, quotes });
let baseURL = '';

beforeAll(async () => {
  baseURL = await app.listen({ port: 0 });
});
afterAll(() => app.close());

it('POST /quotes answers the total', async () => {
  const { data } = await axios.post(`${baseURL}/quotes`, { serviceLevel: 'express', weightGrams: 1500 });
  expect(data.totalCents).toBe(1170);
});

it('GET /invoices lists open invoices', async () => {
  const { data } = await axios.get(`${baseURL}/invoices`);
  expect(data.items[0].status).toBe('open');
});

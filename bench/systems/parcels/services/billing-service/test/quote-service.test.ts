import { expect, it } from 'vitest';
import { QuoteService } from '../src/quotes/quote-service';

const tariff = { service_level: 'express', base_cents: 990, per_kg_cents: 120, currency: 'EUR' };

it('[billDelivery/AC-1] a price is base plus weight', async () => {
  const quotes = new QuoteService({ forLevel: async () => tariff });
  expect(await quotes.price('express', 1500)).toEqual({ baseCents: 990, weightCents: 180, totalCents: 1170, currency: 'EUR' });
});

it('knows no price for an unknown level', async () => {
  const quotes = new QuoteService({ forLevel: async () => undefined });
  await expect(quotes.price('rocket', 1)).rejects.toThrow('rocket');
});

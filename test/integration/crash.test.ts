import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createShop, killIngests, type Shop } from './crash.ts';

const ROUNDS = 20;

let shop: Shop;
beforeAll(() => {
  shop = createShop(100);
});
afterAll(() => shop.remove());

describe('an ingest that is killed', () => {
  it(`holds the last complete state ${ROUNDS} times, and the next run completes it`, async () => {
    expect.hasAssertions();
    let stores = 0;
    await killIngests(shop, { rounds: ROUNDS, emptyStore: async () => path.join(shop.folder, `graph-${stores++}.db`) });
  });
});

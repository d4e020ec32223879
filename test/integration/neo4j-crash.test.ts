import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { storeFixtures } from '../contract/stores.ts';
import { createShop, killIngests, type Shop } from './crash.ts';

const ROUNDS = 20;
const uri = inject('neo4jUri');
const neo4j = storeFixtures.find(({ name }) => name === 'neo4j')!;

let shop: Shop;
beforeAll(() => {
  // Enough for several transactions, so that a kill may come between two of them.
  shop = createShop(250);
});
afterAll(() => shop.remove());

describe.skipIf(uri === null)('an ingest into Neo4j that is killed', () => {
  it(`holds the last complete state ${ROUNDS} times, and the next run completes it`, { timeout: 300_000 }, async () => {
    const emptyStore = async () => (await neo4j.emptyPlace()).location;
    await expect(killIngests(shop, { rounds: ROUNDS, emptyStore })).resolves.toBeUndefined();
  });
});

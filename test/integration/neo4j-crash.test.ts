import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { connectNeo4j, storeFixtures } from '../contract/stores.ts';
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

/** States of units that were committed but never published. */
async function countLeftovers(): Promise<number> {
  const driver = connectNeo4j(uri!);
  try {
    const query = `MATCH (m:Specgraph {key: 'meta'}) MATCH (s:UnitState) WHERE s.since > m.generation RETURN count(s) AS leftovers`;
    const { records } = await driver.executeQuery(query);
    return Number(records[0]!.get('leftovers'));
  } finally {
    await driver.close();
  }
}

describe.skipIf(uri === null)('an ingest into Neo4j that is killed', () => {
  it(`holds the last complete state ${ROUNDS} times, and the next run completes it`, { timeout: 300_000 }, async () => {
    let withLeftovers = 0;
    await killIngests(shop, {
      rounds: ROUNDS,
      emptyStore: async () => (await neo4j.emptyPlace()).location,
      killed: async () => {
        if ((await countLeftovers()) > 0) withLeftovers++;
      },
    });
    // Else nothing was tested of what makes this store different.
    expect(withLeftovers).toBeGreaterThan(0);
  });
});

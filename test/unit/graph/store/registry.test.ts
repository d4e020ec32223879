import { expect, it } from 'vitest';
import { openStore, stores } from '../../../../graph/store/registry.ts';

const claimedBy = (location: string): string | undefined => stores.find((adapter) => adapter.claims(location))?.name;

it.each(['bolt://localhost', 'bolt+s://h:7687', 'bolt+ssc://h', 'neo4j://h', 'neo4j+s://id.databases.neo4j.io', 'neo4j+ssc://u:p@h'])(
  'takes %s for Neo4j',
  (location) => {
    expect(claimedBy(location)).toBe('neo4j');
  },
);

it.each(['graph.db', '/var/lib/graph.db', './bolt/x', 'C:\\graphs\\shop.db', 'bolt:x', 'with space ü'])(
  'takes %s for a file',
  (location) => {
    expect(claimedBy(location)).toBe('embedded');
  },
);

it.each(['postgres://localhost/graph', 'https://example.org', 'bolt+x://h'])('knows no store for %s', async (location) => {
  expect(claimedBy(location)).toBeUndefined();
  await expect(openStore(location, { create: true })).rejects.toMatchObject({ code: 'BAD_INPUT' });
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import neo4j, { type Driver } from 'neo4j-driver';
import { inject } from 'vitest';
import { openStore } from '../../graph/store/registry.ts';
import type { GraphStore } from '../../graph/store/store.ts';

/** A location that holds nothing yet and that nobody else uses until it is removed. */
export interface Place {
  readonly location: string;
  open(create?: boolean): Promise<GraphStore>;
  remove(): Promise<void>;
}

/** How the contract suites get at one kind of store. */
export interface StoreFixture {
  /** Name of the adapter in the registry. */
  readonly name: string;
  /** Why it cannot be tested here. */
  readonly skipReason?: string;
  emptyPlace(): Promise<Place>;
}

const place = (location: string, remove: () => Promise<void>): Place => ({
  location,
  open: (create = true) => openStore(location, { create }),
  remove,
});

const neo4jUri = inject('neo4jUri');

/** One fixture for each entry of the registry. */
export const storeFixtures: readonly StoreFixture[] = [
  {
    name: 'embedded',
    async emptyPlace() {
      const folder = await mkdtemp(join(tmpdir(), 'specgraph store ü '));
      return place(join(folder, 'new', "it's #1%.db"), () => rm(folder, { recursive: true, force: true }));
    },
  },
  {
    name: 'neo4j',
    ...(neo4jUri === null && { skipReason: 'no Neo4j on this machine' }),
    async emptyPlace() {
      await wipeNeo4j(neo4jUri!);
      return place(neo4jUri!, () => wipeNeo4j(neo4jUri!));
    },
  },
];

async function wipeNeo4j(uri: string): Promise<void> {
  const driver = connectNeo4j(uri);
  try {
    await driver.executeQuery('MATCH (n) DETACH DELETE n');
  } finally {
    await driver.close();
  }
}

/** A driver of its own, for what the product's adapter does not do. */
export function connectNeo4j(uri: string): Driver {
  const { protocol, username, password, host } = new URL(uri);
  const token = username === '' ? undefined : neo4j.auth.basic(decodeURIComponent(username), decodeURIComponent(password));
  return neo4j.driver(`${protocol}//${host}`, token);
}

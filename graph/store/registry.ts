import { PlatformError } from '../errors.ts';
import type { GraphStore, StoreAdapter, StoreOptions } from './store.ts';

const BOLT_URL = /^(?:bolt|neo4j)(?:\+s|\+ssc)?:\/\//;
const ANY_URL = /^[a-z][a-z0-9+.-]+:\/\//i;

/** Every kind of store there is. The only place that names adapters; each is loaded when first opened. */
export const stores: readonly StoreAdapter[] = [
  {
    name: 'neo4j',
    claims: (location) => BOLT_URL.test(location),
    open: async (location, options) => (await import('./neo4j/neo4j.ts')).createNeo4jStore(location, options),
  },
  {
    name: 'embedded',
    claims: (location) => !ANY_URL.test(location),
    open: async (location, options) => (await import('./embedded/embedded.ts')).createEmbeddedStore(location, options),
  },
];

/**
 * Opens the graph at a location: a Bolt URL, or the path of a file.
 * Throws `BAD_INPUT` for other URLs, `STORE_NOT_FOUND` when there is none and `create` is false.
 */
export async function openStore(location: string, options: StoreOptions): Promise<GraphStore> {
  const adapter = stores.find((candidate) => candidate.claims(location));
  if (!adapter) {
    throw new PlatformError('BAD_INPUT', `No store speaks ${location}. Give the path of a file, or a bolt:// or neo4j:// URL.`, {
      details: { location },
    });
  }
  return adapter.open(location, options);
}

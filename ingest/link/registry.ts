import type { Linker } from './linker.ts';

/** Every linker there is. The only place that names them; loaded when an ingest starts. */
const LINKERS: readonly (() => Promise<Linker>)[] = [
  async () => (await import('./services.ts')).servicesLinker,
  async () => (await import('./config.ts')).configLinker,
  async () => (await import('./owners.ts')).ownersLinker,
  async () => (await import('./tables.ts')).tablesLinker,
  async () => (await import('./graphql.ts')).graphqlLinker,
  async () => (await import('./graphql-resolvers.ts')).graphqlResolversLinker,
  async () => (await import('./endpoints.ts')).endpointsLinker,
  async () => (await import('./calls.ts')).callsLinker,
  async () => (await import('./fields.ts')).fieldsLinker,
  async () => (await import('./events.ts')).eventLinker,
  async () => (await import('./channel-names.ts')).channelNamesLinker,
  async () => (await import('./mentions.ts')).mentionsLinker,
  async () => (await import('./demands.ts')).demandsLinker,
  async () => (await import('./governs.ts')).governsLinker,
  async () => (await import('./entities.ts')).entitiesLinker,
  async () => (await import('./queries.ts')).queriesLinker,
  async () => (await import('./imports.ts')).importsLinker,
  async () => (await import('./coverage.ts')).coverageLinker,
  async () => (await import('./history.ts')).historyLinker,
];

export const loadLinkers = (): Promise<readonly Linker[]> => Promise.all(LINKERS.map((load) => load()));

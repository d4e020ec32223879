import type { Linker } from './linker.ts';

/** Every linker there is. The only place that names them; loaded when an ingest starts. */
const LINKERS: readonly (() => Promise<Linker>)[] = [async () => (await import('./events.ts')).eventLinker];

export const loadLinkers = (): Promise<readonly Linker[]> => Promise.all(LINKERS.map((load) => load()));

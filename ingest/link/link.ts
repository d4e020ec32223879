import { hash } from 'node:crypto';
import { LINKING, unitId, type UnitDelta, type UnitRecord } from '../../graph/model/delta.ts';
import { compareEdges, type Edge } from '../../graph/model/edge.ts';
import { readKeys, type LinkKeys } from '../keys.ts';
import type { Linker } from './linker.ts';

/** Raise when the same keys give other links: what did not change is linked again. */
export const LINKS_VERSION = 2;

export const linkUnitId = (repo: string, linker: string): string => unitId(repo, `${LINKING}${linker}`, '');

/** What all units but those of linkers publish. */
export const keysOfUnits = (units: readonly UnitRecord[]): LinkKeys => readKeys(sourcesAmong(units));

const sourcesAmong = (units: readonly UnitRecord[]): readonly UnitRecord[] => units.filter(({ worker }) => !worker.startsWith(LINKING));

/** The link units that say something else than what the given units, which are all there are, hold of them. */
export function* linkUnits(
  linkers: readonly Linker[],
  units: readonly UnitRecord[],
  onProgress: (done: number, total: number) => void,
): Iterable<UnitDelta> {
  const sources = sourcesAmong(units);
  const known = new Map(units.map((unit) => [unit.id, unit]));
  const keys = readKeys(sources);
  const repos = [...new Set(sources.map(({ repo }) => repo))].sort();
  for (const [done, { name, link }] of linkers.entries()) {
    onProgress(done, linkers.length);
    for (const repo of repos) {
      const { nodes, edges, diagnostics = [] } = link(repo, keys);
      const facts = { nodes: [...nodes], edges: edges.map(normalised).sort(compareEdges), diagnostics: [...diagnostics] };
      const content = hash('sha256', JSON.stringify(facts));
      const id = linkUnitId(repo, name);
      if (known.get(id)?.hash === content) continue;
      yield { unit: { id, repo, worker: `${LINKING}${name}`, path: '', hash: content, state: '', keys: '' }, ...facts };
    }
  }
}

const normalised = (edge: Edge): Edge => ({ ...edge, sites: edge.sites.toSorted((a, b) => a.line - b.line || a.col - b.col) });

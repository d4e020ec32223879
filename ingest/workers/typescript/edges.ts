import { compareEdges, factMask, type Edge, type EdgeType, type Site, type SiteFact } from '../../../graph/model/edge.ts';
import type { NodeId } from '../../../graph/model/id.ts';
import type { Tier } from '../../../graph/model/provenance.ts';
import type { ts } from 'ts-morph';

export interface EdgeStatement {
  readonly from: NodeId;
  readonly type: EdgeType;
  readonly to: NodeId;
  readonly via?: NodeId;
  /** Where it is seen. */
  readonly at: ts.Node;
  readonly facts?: number;
  readonly args?: number;
  readonly tier?: Tier;
  readonly confidence?: number;
}

/** Gathers the edges of one file: the same statement at several places becomes one edge with several sites. */
export interface EdgeCollector {
  add(statement: EdgeStatement): void;
  edges(): readonly Edge[];
}

export function createEdgeCollector(file: ts.SourceFile): EdgeCollector {
  const found = new Map<string, { edge: Omit<Edge, 'sites'>; sites: Map<number, Site> }>();
  return {
    add({ from, type, to, via, at, facts = 0, args, tier = 'compiler', confidence = 1 }) {
      const key = `${from}\n${type}\n${to}\n${via ?? ''}`;
      let entry = found.get(key);
      if (!entry)
        found.set(key, (entry = { edge: { from, type, to, ...(via === undefined ? {} : { via }), tier, confidence }, sites: new Map() }));
      const position = at.getStart(file);
      if (entry.sites.has(position)) return;
      const { line, character } = file.getLineAndCharacterOfPosition(position);
      entry.sites.set(position, {
        line: line + 1,
        col: character + 1,
        ...(facts ? { facts } : {}),
        ...(args === undefined ? {} : { args }),
      });
    },
    edges: () =>
      [...found.values()]
        .map(({ edge, sites }) => ({ ...edge, sites: [...sites].sort(([a], [b]) => a - b).map(([, site]) => site) }))
        .sort(compareEdges),
  };
}

const MASKS = new Map<string, number>();
/** {@link factMask} of one fact, remembered. */
export const fact = (name: SiteFact): number => {
  let mask = MASKS.get(name);
  if (mask === undefined) MASKS.set(name, (mask = factMask(name)));
  return mask;
};

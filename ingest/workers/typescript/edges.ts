import { compareEdges, factMask, type Edge, type EdgeType, type Site, type SiteFact } from '../../../graph/model/edge.ts';
import type { NodeId } from '../../../graph/model/id.ts';
import type { Tier } from '../../../graph/model/provenance.ts';
import type { ts } from 'ts-morph';

export interface EdgeStatement {
  readonly from: NodeId;
  readonly type: EdgeType;
  readonly to: NodeId;
  readonly via?: NodeId | undefined;
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

interface Collected {
  readonly edge: Omit<Edge, 'sites'>;
  /** Where each site starts in the text, beside the site. */
  readonly positions: number[];
  readonly sites: Site[];
}

export function createEdgeCollector(file: ts.SourceFile): EdgeCollector {
  // Statements of one declaration come together, and few edges join the same two: no key has to be made.
  const byOwner = new Map<NodeId, Map<NodeId, Collected[]>>();
  const collected = (from: NodeId, to: NodeId): Collected[] => {
    let targets = byOwner.get(from);
    if (!targets) byOwner.set(from, (targets = new Map()));
    let edges = targets.get(to);
    if (!edges) targets.set(to, (edges = []));
    return edges;
  };
  return {
    add({ from, type, to, via, at, facts = 0, args, tier = 'compiler', confidence = 1 }) {
      const between = collected(from, to);
      let entry = between.find(({ edge }) => edge.type === type && edge.via === via);
      if (!entry) {
        entry = { edge: { from, type, to, ...(via === undefined ? {} : { via }), tier, confidence }, positions: [], sites: [] };
        between.push(entry);
      }
      const position = at.getStart(file);
      if (entry.positions.includes(position)) return;
      const { line, character } = file.getLineAndCharacterOfPosition(position);
      entry.positions.push(position);
      entry.sites.push({ line: line + 1, col: character + 1, ...(facts ? { facts } : {}), ...(args === undefined ? {} : { args }) });
    },
    edges: () =>
      [...byOwner.values()]
        .flatMap((targets) => [...targets.values()].flat())
        .map(({ edge, sites }): Edge => ({ ...edge, sites: sites.sort(byPlace) }))
        .sort(compareEdges),
  };
}

const byPlace = (a: Site, b: Site): number => a.line - b.line || a.col - b.col;

const MASKS = new Map<string, number>();
/** {@link factMask} of one fact, remembered. */
export const fact = (name: SiteFact): number => {
  let mask = MASKS.get(name);
  if (mask === undefined) MASKS.set(name, (mask = factMask(name)));
  return mask;
};

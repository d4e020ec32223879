import { compare, type Edge, type Site } from '../../graph/model/edge.ts';
import type { Node } from '../../graph/model/node.ts';
import type { Diagnostic } from '../../graph/model/provenance.ts';
import type { Links } from './linker.ts';

/** Gathers what a linker states: each node once, each edge once with all its sites and the surest rule that made it. */
export interface LinkCollector {
  node(node: Node): void;
  edge(edge: Edge): void;
  diagnostic(diagnostic: Diagnostic): void;
  done(): Links;
}

export function createLinks(): LinkCollector {
  const nodes = new Map<string, Node>();
  const edges = new Map<string, Edge>();
  const diagnostics: Diagnostic[] = [];
  return {
    node(node) {
      if (!nodes.has(node.id)) nodes.set(node.id, node);
    },
    edge(edge) {
      const key = JSON.stringify([edge.from, edge.type, edge.to, edge.via ?? null]);
      const known = edges.get(key);
      edges.set(key, known ? mergeEdges(known, edge) : edge);
    },
    diagnostic(diagnostic) {
      diagnostics.push(diagnostic);
    },
    done: () => ({ nodes: [...nodes.values()].sort((a, b) => compare(a.id, b.id)), edges: [...edges.values()], diagnostics }),
  };
}

function mergeEdges(a: Edge, b: Edge): Edge {
  const surer = b.confidence > a.confidence ? b : a;
  const sites = new Map<string, Site>();
  for (const site of [...a.sites, ...b.sites]) {
    const place = `${site.file ?? ''}:${site.line}:${site.col}`;
    const known = sites.get(place);
    sites.set(place, known ? { ...known, ...site, ...joinedFacts(known, site) } : site);
  }
  const merged = [...sites.values()].sort((x, y) => compare(x.file ?? '', y.file ?? '') || x.line - y.line || x.col - y.col);
  return { ...surer, sites: merged };
}

function joinedFacts(a: Site, b: Site): { readonly facts?: number } {
  const facts = (a.facts ?? 0) | (b.facts ?? 0);
  return facts ? { facts } : {};
}

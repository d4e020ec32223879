import type { Edge, EdgeType } from '../graph/model/edge.ts';
import type { NodeId } from '../graph/model/id.ts';
import { standingOf, type Node } from '../graph/model/node.ts';
import type { Diagnostic } from '../graph/model/provenance.ts';
import type { SourceFacts } from './file-worker.ts';
import type { At, LinkKey } from './keys.ts';

/** Facts of one file as they are found. */
export interface Facts {
  /**
   * Claims a node; returns the id. Of several claims of one id the first leads, a definition before a mention; what the others add to
   * its properties is kept.
   */
  node(node: Node): NodeId;
  /** States an edge at a place; several places of one statement are one edge. `how` is what is not said twice. */
  edge(
    from: NodeId,
    type: EdgeType,
    to: NodeId,
    at: At & { readonly file?: string },
    rule: string,
    how?: Partial<Pick<Edge, 'tier' | 'confidence'>>,
  ): void;
  key(key: LinkKey): void;
  diagnose(...diagnostics: readonly Diagnostic[]): void;
  done(): SourceFacts;
}

/** Collects facts so that ids are unique, and edges and their sites are in order. Sites are in `file` unless they say otherwise. */
export function collectFacts(file: string): Facts {
  const nodes = new Map<NodeId, Node>();
  const edges = new Map<string, Edge>();
  const stated = new Set<string>();
  const keys: LinkKey[] = [];
  const diagnostics: Diagnostic[] = [];
  return {
    node(node) {
      const known = nodes.get(node.id);
      const [lead, other] = known && standingOf(known) <= standingOf(node) ? [known, node] : [node, known];
      nodes.set(node.id, other ? ({ ...lead, props: { ...other.props, ...lead.props } } as Node) : lead);
      return node.id;
    },
    edge(from, type, to, { line, col, file: at = file }, rule, { tier = 'declared', confidence = 1 } = {}) {
      const identity = `${from}\n${type}\n${to}`;
      const place = `${identity}\n${at}\n${line}:${col}`;
      if (stated.has(place)) return;
      stated.add(place);
      const site = { line, col, file: at };
      const known = edges.get(identity);
      if (known) known.sites.push(site);
      else edges.set(identity, { from, type, to, tier, confidence, rule, sites: [site] });
    },
    key: (key) => void keys.push(key),
    diagnose: (...found) => void diagnostics.push(...found),
    done() {
      for (const { sites } of edges.values()) sites.sort((a, b) => a.line - b.line || a.col - b.col);
      return { nodes: [...nodes.values()], edges: [...edges.values()], diagnostics, keys };
    },
  };
}

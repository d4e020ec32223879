import type { Edge, EdgeType } from '../graph/model/edge.ts';
import type { NodeId } from '../graph/model/id.ts';
import type { Node } from '../graph/model/node.ts';
import type { Diagnostic } from '../graph/model/provenance.ts';
import type { SourceFacts } from './file-worker.ts';
import type { At, LinkKey } from './keys.ts';

/** Facts of one file as they are found. */
export interface Facts {
  /** Claims a node. What a later claim of the same id adds to its properties is kept; returns the id. */
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
  const keys: LinkKey[] = [];
  const diagnostics: Diagnostic[] = [];
  return {
    node(node) {
      const known = nodes.get(node.id);
      nodes.set(node.id, known ? ({ ...known, props: { ...node.props, ...known.props } } as Node) : node);
      return node.id;
    },
    edge(from, type, to, { line, col, file: at = file }, rule, { tier = 'declared', confidence = 1 } = {}) {
      const identity = `${from}\n${type}\n${to}`;
      const sites = edges.get(identity)?.sites ?? [];
      if (sites.some((site) => site.line === line && site.col === col && site.file === at)) return;
      const site = { line, col, file: at };
      edges.set(identity, {
        ...(edges.get(identity) ?? { from, type, to, tier, confidence, rule }),
        sites: [...sites, site].sort((a, b) => a.line - b.line || a.col - b.col),
      });
    },
    key: (key) => void keys.push(key),
    diagnose: (...found) => void diagnostics.push(...found),
    done: () => ({ nodes: [...nodes.values()], edges: [...edges.values()], diagnostics, keys }),
  };
}

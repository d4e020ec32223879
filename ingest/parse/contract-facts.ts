import { compare, type Edge, type EdgeType, type Site } from '../../graph/model/edge.ts';
import type { NodeId } from '../../graph/model/id.ts';
import type { Node } from '../../graph/model/node.ts';
import type { Span } from '../../graph/model/provenance.ts';

/** Sites that one edge keeps: the first ones. */
const MOST_SITES = 20;

/** Gathers what a document states: each node once, each edge once with all its sites. */
export class ContractFacts {
  readonly #nodes = new Map<NodeId, Node>();
  readonly #edges = new Map<string, Edge>();

  has(id: NodeId): boolean {
    return this.#nodes.has(id);
  }

  /** False where the id is stated already: the first statement counts. */
  add(node: Node): boolean {
    if (this.#nodes.has(node.id)) return false;
    this.#nodes.set(node.id, node);
    return true;
  }

  /** A fact that a person wrote down at `span` of `file`. */
  link(from: NodeId, type: EdgeType, to: NodeId, rule: string, file: string, { line, col }: Span): void {
    const key = `${from}\n${type}\n${to}`;
    const site: Site = { line, col, ...(this.#nodes.get(from)?.file === file ? {} : { file }) };
    const known = this.#edges.get(key);
    if (!known) this.#edges.set(key, { from, type, to, tier: 'declared', confidence: 1, rule, sites: [site] });
    else if (known.sites.length < MOST_SITES && !known.sites.some((at) => at.line === line && at.col === col && at.file === site.file))
      known.sites.push(site);
  }

  get nodes(): readonly Node[] {
    return [...this.#nodes.values()];
  }

  get edges(): readonly Edge[] {
    for (const { sites } of this.#edges.values())
      if (sites.length > 1) sites.sort((a, b) => compare(a.file ?? '', b.file ?? '') || a.line - b.line || a.col - b.col);
    return [...this.#edges.values()];
  }
}

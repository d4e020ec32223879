import { compareEdges, type Edge } from '../../../../../graph/model/edge.ts';
import type { Node, NodeKind } from '../../../../../graph/model/node.ts';
import type { Snapshot } from '../../../../../graph/snapshot/csr.ts';
import type { LikelyFile } from '../../../../../src/agent/decompose/likely-files.ts';
import { repoFiles, type RepoFiles } from '../../../../../src/agent/decompose/repo-files.ts';
import { snapshotOf } from '../../../graph/snapshot/snapshots.ts';

/** A file: what else is in it besides its module, what it imports, how long it is, how often it changed. */
export interface Leaf {
  readonly path: string;
  readonly holds?: readonly NodeKind[];
  readonly imports?: readonly string[];
  readonly lines?: number;
  readonly changes?: number;
}

const CODE = /\.[cm]?[jt]sx?$/;
const at = (line: number) => ({ span: { line: 1, col: 1, endLine: line, endCol: 1 } });

/** Nodes and edges of a repository `shop` of some files. */
export function treeOf(leaves: readonly (Leaf | string)[]): { readonly nodes: readonly Node[]; readonly edges: readonly Edge[] } {
  const nodes: Node[] = [];
  const edges: Edge[] = [];
  const edge = (from: string, type: Edge['type'], to: string): number =>
    edges.push({ from, type, to, tier: 'compiler', confidence: 1, sites: [] });
  for (const leaf of leaves.map((each): Leaf => (typeof each === 'string' ? { path: each } : each))) {
    const { path, holds = [], imports = [], lines = 10, changes } = leaf;
    const module = `shop//code:${path}`;
    const common = { repo: 'shop', file: path, ...at(lines) };
    if (CODE.test(path))
      nodes.push({ ...common, id: module, kind: 'Module', name: path, props: { language: 'typescript', ...(changes ? { changes } : {}) } });
    else if (holds.length === 0) nodes.push({ ...common, id: `shop//doc:${path}`, kind: 'Document', name: path, props: {} });
    for (const kind of holds)
      nodes.push({ ...common, id: `${module}#${kind}`, kind, name: `${kind} of ${path}`, props: {} } as unknown as Node);
    if (path.endsWith('package.json')) nodes.push({ ...common, id: `shop//pkg:${path}`, kind: 'Package', name: path, props: {} });
    for (const target of imports) edge(module, 'IMPORTS', `shop//code:${target}`);
  }
  return { nodes, edges: edges.sort(compareEdges) };
}

export async function repoOf(leaves: readonly (Leaf | string)[]): Promise<{ readonly files: RepoFiles; readonly graph: Snapshot }> {
  const { nodes, edges } = treeOf(leaves);
  const graph = await snapshotOf(
    [...nodes].sort((a, b) => (a.id < b.id ? -1 : 1)),
    edges,
  );
  return { files: repoFiles(graph, 'shop'), graph };
}

export const likely = (path: string, more: Partial<LikelyFile> = {}): LikelyFile => ({
  ...{ path, isNew: false, kind: 'code', score: 1, reason: 'its text is near', parts: new Map([['AC-1', 1]]) },
  ...more,
});

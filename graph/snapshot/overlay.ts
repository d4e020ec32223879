import type { Edge } from '../model/edge.ts';
import { parseId } from '../model/id.ts';
import type { Node } from '../model/node.ts';
import { createSnapshotBuilder, edgeRow, nodeRow, type EdgeRow, type NodeRow } from './build.ts';
import type { Snapshot } from './csr.ts';

/** Uncommitted facts that take the place of what a generation says about some files. */
export interface OverlayChanges {
  /** Files whose facts are replaced: the nodes in them, and the edges that start at those. A deleted file adds nothing. */
  readonly files: readonly { readonly repo: string; readonly path: string }[];
  readonly nodes: readonly Node[];
  readonly edges: readonly Edge[];
}

/**
 * A new snapshot of the same generation with the changes laid over it; the given one is not touched. Where a node or an
 * edge is both kept and added, the added one holds. Edges to nodes that are gone are gone.
 */
export function withOverlay(snapshot: Snapshot, changes: OverlayChanges): Snapshot {
  const replacedFiles = new Set(changes.files.map(({ repo, path }) => fileKey(repo, path)));
  const isReplaced = Uint8Array.from({ length: snapshot.nodeCount }, (_, node) => {
    const file = snapshot.fileText(node);
    return file !== undefined && replacedFiles.has(fileKey(parseId(snapshot.id(node))?.repo, file)) ? 1 : 0;
  });

  const nodes = new Map<string, NodeRow>();
  for (let node = 0; node < snapshot.nodeCount; node++) {
    if (!isReplaced[node]) nodes.set(snapshot.id(node), nodeRowOf(snapshot, node));
  }
  for (const node of changes.nodes) nodes.set(node.id, nodeRow(node));

  const builder = createSnapshotBuilder([...nodes.values()]);
  for (const edge of changes.edges) builder.addEdge(edgeRow(edge));
  for (let edge = 0; edge < snapshot.edgeCount; edge++) {
    if (!isReplaced[snapshot.edgeFrom[edge]!]) builder.addEdge(edgeRowOf(snapshot, edge));
  }
  return builder.finish(snapshot.generation);
}

const fileKey = (repo: string | undefined, path: string): string => `${repo ?? ''}//${path}`;

function nodeRowOf(snapshot: Snapshot, node: number): NodeRow {
  return {
    id: snapshot.id(node),
    kind: snapshot.kind[node]!,
    name: snapshot.nameText(node),
    file: snapshot.fileText(node),
    line: snapshot.line[node]!,
    endLine: snapshot.endLine[node]!,
    flags: snapshot.flags[node]!,
  };
}

function edgeRowOf(snapshot: Snapshot, edge: number): EdgeRow {
  const via = snapshot.edgeVia[edge]!;
  return {
    from: snapshot.id(snapshot.edgeFrom[edge]!),
    to: snapshot.id(snapshot.edgeTo[edge]!),
    via: via < 0 ? undefined : snapshot.id(via),
    type: snapshot.edgeType[edge]!,
    tier: snapshot.edgeTier[edge]!,
    confidence: snapshot.edgeConfidence[edge]!,
    factsAny: snapshot.edgeFactsAny[edge]!,
    factsAll: snapshot.edgeFactsAll[edge]!,
    minArgs: snapshot.edgeMinArgs[edge]!,
    maxArgs: snapshot.edgeMaxArgs[edge]!,
    file: snapshot.edgeFile[edge]! < 0 ? undefined : snapshot.edgeFileText(edge),
    line: snapshot.edgeLine[edge]!,
    col: snapshot.edgeCol[edge]!,
    lastLine: snapshot.edgeLastLine[edge]!,
  };
}

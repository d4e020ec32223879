import type { Span } from '../../model/provenance.ts';
import type { NodeKind, NodeOf } from '../../model/node.ts';
import type { Snapshot } from '../../snapshot/csr.ts';
import type { StoredDiagnostic } from '../../store/store.ts';

export const FINDING_SEVERITIES = ['error', 'warning', 'info'] as const;
export type FindingSeverity = (typeof FINDING_SEVERITIES)[number];

/** Two parts of the system that do not fit each other. */
export interface Finding {
  readonly code: string;
  readonly severity: FindingSeverity;
  /** Names the thing, what is wrong with it and what to do. */
  readonly message: string;
  /** The node that it is about. */
  readonly id: string;
  readonly file: string | undefined;
  readonly span: Span | undefined;
  /** Other nodes that show it. */
  readonly related: readonly string[];
  /** Stays the same while the finding does, whatever lines move: for baselines. */
  readonly fingerprint: string;
}

/** What a check looks at: one published generation. */
export interface FindingContext {
  readonly graph: Snapshot;
  /** All nodes of a kind, by id. */
  nodes<K extends NodeKind>(kind: K): Promise<readonly NodeOf<K>[]>;
  readonly diagnostics: readonly StoredDiagnostic[];
}

export type Found = Pick<Finding, 'message' | 'id' | 'file' | 'span'> & {
  readonly related?: readonly string[];
  readonly severity?: FindingSeverity;
};

/** One kind of finding. A check is quiet where the graph does not know enough to say that something is wrong. */
export interface Check {
  readonly code: string;
  readonly severity: FindingSeverity;
  /** What it looks for, in one sentence for the documentation. */
  readonly title: string;
  find(context: FindingContext): Promise<readonly Found[]>;
}

/** Where an edge is stated, as a span of one place. */
export function siteOf(graph: Snapshot, edge: number): { readonly file: string | undefined; readonly span: Span | undefined } {
  const [line, col] = [graph.edgeLine[edge]!, graph.edgeCol[edge]!];
  return {
    file: graph.edgeFileText(edge),
    span: line > 0 ? { line, col: Math.max(1, col), endLine: line, endCol: Math.max(1, col) + 1 } : undefined,
  };
}

import type { Span } from '../../../../../graph/model/provenance.ts';
import type { Tree, TreePath } from '../../../../../ingest/parse/tree.ts';
import type { Claim } from '../../claim.ts';
import type { Saying } from '../../saying.ts';
import { evidenceAt, type Quotable } from '../place-in-file.ts';

/** A contract while it is read. */
export interface Reader {
  readonly file: Quotable;
  readonly tree: Tree;
  readonly id: string;
  readonly title: string;
  readonly sayings: Saying[];
}

/** What a field or a schema stands in. */
export interface Within {
  readonly name: string;
  readonly words: readonly string[];
  readonly isAsked: boolean;
  readonly node: string;
}

export type Add = (where: TreePath, claims: readonly Claim[]) => void;
export type Make = (own: Pick<Claim, 'attribute' | 'holds' | 'states'> & Partial<Claim>) => Claim;

export const atMost = (high: number) => ({ kind: 'range', force: 'all', low: -Infinity, high }) as const;

/** Lines of an entry; of a response only those of its description, which says what it means. */
export function span(tree: Tree, at: TreePath, inner: TreePath = []): Span {
  const outer = tree.spanOf(at);
  const within = inner.length === 0 ? outer : tree.spanOf([...at, ...inner]);
  const endLine = within.endCol === 1 && within.endLine > outer.line ? within.endLine - 1 : within.endLine;
  return { ...outer, endLine: Math.max(outer.line, endLine) };
}

export function addSaying(
  { file, tree, sayings, id }: Reader,
  node: string,
  at: TreePath,
  claims: readonly Claim[],
  context: string,
  text: string,
  where: Span = span(tree, at),
): void {
  if (claims.length === 0 && text === '') return;
  sayings.push({ layer: 'contract', evidence: evidenceAt(file, node, where.line, where.endLine), text, context, document: id, claims });
}

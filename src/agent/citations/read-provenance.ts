import type { LineRange } from '../../../graph/model/provenance.ts';
import { itemsOf, memberOf, scalarAt, type Tree, type TreePath } from '../../../ingest/parse/tree.ts';

/** Where something said is supposed to come from, as the file of a spec has it. Each member may be missing. */
export interface Citation {
  readonly at: TreePath;
  readonly node?: string;
  readonly file?: string;
  /** `L12`, `L12-L14` */
  readonly span?: string;
  readonly sha?: string;
  readonly quote?: string;
}

export interface Claim {
  readonly at: TreePath;
  /** Pointer to what is claimed: `/acceptance/AC-1`. */
  readonly claim: string;
  readonly basis: string;
  readonly rule?: string;
  readonly sources: readonly Citation[];
}

/** The `provenance` of a spec, in order. */
export const claimsOf = (tree: Tree): readonly Claim[] =>
  itemsOf(memberOf(tree.value, 'provenance')).flatMap((item, index): readonly Claim[] => {
    const at: TreePath = ['provenance', index];
    const claim = scalarAt(tree, [...at, 'claim']);
    if (claim === undefined) return [];
    const rule = scalarAt(tree, [...at, 'rule']);
    return [
      {
        at,
        claim,
        basis: scalarAt(tree, [...at, 'basis']) ?? '',
        ...(rule === undefined ? {} : { rule }),
        sources: itemsOf(memberOf(item, 'sources')).map((_, position) => citationAt(tree, [...at, 'sources', position])),
      },
    ];
  });

const citationAt = (tree: Tree, at: TreePath): Citation => ({
  at,
  ...Object.fromEntries(
    (['node', 'file', 'span', 'sha', 'quote'] as const).flatMap((key) => {
      const text = scalarAt(tree, [...at, key]);
      return text === undefined ? [] : [[key, text]];
    }),
  ),
});

/** The lines of `L12` and `L12-L14`, from 1, both included. */
export function linesIn(span: string): LineRange | undefined {
  const [, from, to = from] = /^L?([1-9]\d{0,7})(?:-L?([1-9]\d{0,7}))?$/.exec(span.trim()) ?? [];
  if (from === undefined) return undefined;
  const [line, endLine] = [Number(from), Number(to)];
  return line <= endLine ? { line, endLine } : undefined;
}

import type { Edge } from '../../graph/model/edge.ts';
import { sectionId, type NodeId } from '../../graph/model/id.ts';
import type { Node } from '../../graph/model/node.ts';
import type { Markdown } from './markdown.ts';
import type { excerptsOf } from './mentions.ts';

/** The sections of a document as nodes, each contained in the one around it, the outermost in `document`. */
export function sectionFacts(
  repo: string,
  path: string,
  document: NodeId,
  sections: Markdown['sections'],
  excerpts: ReturnType<typeof excerptsOf>,
): { readonly nodes: readonly Node[]; readonly edges: readonly Edge[] } {
  const ids = sections.map(({ slug }) => sectionId(repo, path, slug));
  const nodes = sections.map(({ heading, headings, span }, index): Node => {
    const doc = excerpts.get(index);
    return {
      id: ids[index]!,
      kind: 'Section',
      name: heading,
      repo,
      file: path,
      span,
      props: { headings: [...headings], ...(doc ? { doc } : {}) },
    };
  });
  const edges = sections.map(({ parent, span }, index): Edge => {
    const from = parent === undefined ? document : ids[parent]!;
    return { from, type: 'CONTAINS', to: ids[index]!, tier: 'declared', confidence: 1, sites: [{ line: span.line, col: span.col }] };
  });
  return { nodes, edges };
}

import { groupOf, type Chunk } from '../graph/model/chunk.ts';
import { compare } from '../graph/model/edge.ts';
import { parseId } from '../graph/model/id.ts';
import type { Node, NodeKind } from '../graph/model/node.ts';
import type { Span } from '../graph/model/provenance.ts';
import { wholeSpan } from './parse/lines.ts';

/** Characters of a file or part that are searched; what comes after is data more often than text. */
const LONGEST_FILE = 400_000;
const LONGEST_PART = 20_000;

/** Things whose text is looked for by itself. Smaller ones are found in the text of what holds them. */
const PARTS: ReadonlySet<NodeKind> = new Set([
  ...(['Function', 'Method', 'Constructor', 'Class', 'Interface', 'TypeAlias', 'Enum', 'Variable', 'Namespace', 'TestCase'] as const),
  ...(['Operation', 'Schema', 'Channel', 'Message', 'SecurityScheme', 'Service', 'Resource', 'Table', 'Migration'] as const),
  ...(['Section', 'PolicyRule', 'AcceptanceCriterion', 'Nfr', 'Question', 'Ticket'] as const),
]);

/** A node with a place in the file at hand. */
type Placed = Node & { readonly span: Span };

/**
 * The text to search of one file: the whole, and each part by itself without the parts within it. `nodes` are what one
 * worker states of the file; the node that reaches over most of it stands for the whole.
 */
export function chunksOf(path: string, text: string, nodes: readonly Node[]): Chunk[] {
  const placed = nodes
    .filter((node): node is Placed => node.file === path && node.span !== undefined && node.kind !== 'Gap')
    .sort((a, b) => a.span.line - b.span.line || b.span.endLine - a.span.endLine || compare(a.id, b.id));
  const [whole] = placed;
  if (!whole) return [];
  const group = groupOf(path);
  const lines = text.split('\n');
  const parts = placed.filter((node) => PARTS.has(node.kind));
  return [
    {
      set: `${group}-file`,
      node: whole.id,
      files: [path],
      span: wholeSpan(text),
      text: `${path}\n${text.slice(0, LONGEST_FILE)}`,
    },
    ...parts.map((part, index): Chunk => {
      const { span } = part;
      const within = ownLines(span.line, span.endLine, parts, index);
      const own = within.map((line) => lines[line - 1] ?? '').join('\n');
      return {
        set: `${group}-part`,
        node: part.id,
        files: [path],
        span,
        text: `${path} ${parseId(part.id)?.descriptor ?? part.name}\n${own}`.slice(0, LONGEST_PART),
      };
    }),
  ];
}

/** The lines of a part that are no other part's; `parts` are in the order of their places, outer ones first. */
function ownLines(from: number, to: number, parts: readonly Placed[], index: number): number[] {
  const own: number[] = [];
  let line = from;
  for (let next = index + 1; next < parts.length && parts[next]!.span.line <= to; next++) {
    const { span } = parts[next]!;
    if (span.line < line || span.endLine > to) continue;
    for (; line < span.line; line++) own.push(line);
    line = Math.max(line, span.endLine + 1);
  }
  for (; line <= to; line++) own.push(line);
  return own;
}

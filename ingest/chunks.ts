import { groupOf, PART_KINDS, type Chunk } from '../graph/model/chunk.ts';
import { isMeant, meaningKey, meaningOf } from '../graph/model/meaning.ts';
import { compare } from '../graph/model/edge.ts';
import { parseId } from '../graph/model/id.ts';
import type { Node } from '../graph/model/node.ts';
import { lastLineOf, type LineRange, type Span } from '../graph/model/provenance.ts';
import { wholeSpan } from './parse/lines.ts';
import { piecesOf } from './pieces.ts';

/** Characters of a file or part that are searched; what comes after is data more often than text. */
const LONGEST_FILE = 400_000;
const LONGEST_PART = 20_000;
/** Letters and digits of a piece: with fewer it says nothing by itself. */
const LEAST_PIECE = 40;

/** What they stand in is no text: what could not be read, and records for programs. */
const UNSEARCHED: ReadonlySet<Node['kind']> = new Set<Node['kind']>(['Gap', 'Approval']);

/** A node with a place in the file at hand. */
type Placed = Node & { readonly span: Span };

/**
 * The text to search of one file: the whole, and each part by itself without the parts within it. `nodes` are what one
 * worker states of the file; the node that reaches over most of it stands for the whole. `commit` is one that holds this text.
 */
export function chunksOf(path: string, text: string, nodes: readonly Node[], commit?: string): Chunk[] {
  const placed = nodes
    .filter((node): node is Placed => node.file === path && node.span !== undefined && !UNSEARCHED.has(node.kind))
    .sort((a, b) => a.span.line - b.span.line || b.span.endLine - a.span.endLine || compare(a.id, b.id));
  const [whole] = placed;
  if (!whole) return [];
  const group = groupOf(path);
  // What is kept of the file, so that meanings can be derived from it again.
  const kept = wholeLines(text, LONGEST_FILE);
  const lines = kept.split('\n');
  const parts = placed.filter((node) => PART_KINDS.has(node.kind));
  const file: Chunk = {
    set: `${group}-file`,
    node: whole.id,
    files: [path],
    span: wholeSpan(text),
    ...(commit === undefined ? {} : { commit }),
    heading: path,
    text: kept,
  };
  return [
    file,
    ...parts.flatMap((part, index): Chunk[] => {
      const { span } = part;
      const own = ownLines(span.line, lastLineOf(span), parts, index);
      const chunkOf = (level: 'part' | 'piece', place: Span, rest: Pick<Chunk, 'heading' | 'text'>): Chunk => {
        const chunk: Omit<Chunk, 'text'> = { set: `${group}-${level}`, node: part.id, files: [path], span: place };
        return { ...chunk, ...(isMeant(chunk.set) ? { meaning: meaningKey(meaningOf(chunk, lines)) } : {}), ...rest };
      };
      const written = own.map((line) => lines[line - 1] ?? '').join('\n');
      const heading = `${path} ${parseId(part.id)?.descriptor ?? part.name}`;
      return [
        chunkOf('part', span, { heading, text: written.slice(0, LONGEST_PART) }),
        ...(isMeant(`${group}-piece`) ? laterPieces(own, lines) : []).map(({ line, endLine }) =>
          chunkOf('piece', { line, col: 1, endLine, endCol: lines[endLine - 1]!.length + 1 }, { text: '' }),
        ),
      ];
    }),
  ];
}

/** What of a part is too far from its beginning to be in the meaning of the whole. */
function laterPieces(own: readonly number[], lines: readonly string[]): readonly LineRange[] {
  const runs: { line: number; endLine: number }[] = [];
  let left = LONGEST_PART;
  for (const line of own) {
    left -= (lines[line - 1]?.length ?? 0) + 1;
    if (left < 0 || line > lines.length) break;
    const run = runs.at(-1);
    if (run?.endLine === line - 1) run.endLine = line;
    else runs.push({ line, endLine: line });
  }
  const pieces = runs.flatMap(({ line, endLine }) => piecesOf(lines, line, endLine));
  return pieces.slice(1).filter(({ line, endLine }) => saysMuch(lines.slice(line - 1, endLine).join('\n')));
}

const saysMuch = (text: string): boolean => (text.match(/[\p{L}\p{N}]/gu)?.length ?? 0) >= LEAST_PIECE;

/** The first characters of a text, to the end of a line where there is one: what is quoted is whole lines. */
function wholeLines(text: string, most: number): string {
  if (text.length <= most) return text;
  const end = text.lastIndexOf('\n', most);
  return text.slice(0, end < 0 ? most : end);
}

/** The lines of a part that are no other part's; `parts` are in the order of their places, outer ones first. */
function ownLines(from: number, to: number, parts: readonly Placed[], index: number): number[] {
  const own: number[] = [];
  let line = from;
  for (let next = index + 1; next < parts.length && parts[next]!.span.line <= to; next++) {
    const { span } = parts[next]!;
    const end = lastLineOf(span);
    if (span.line < line || end > to) continue;
    for (; line < span.line; line++) own.push(line);
    line = Math.max(line, end + 1);
  }
  for (; line <= to; line++) own.push(line);
  return own;
}

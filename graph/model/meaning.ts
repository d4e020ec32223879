import { hash } from 'node:crypto';
import type { Chunk, ChunkSet } from './chunk.ts';
import { parseId } from './id.ts';

/** What is compared by what it means: parts, and pieces of those that are long. */
export const MEANT_PARTS = ['code-part', 'text-part'] as const satisfies readonly ChunkSet[];
export const MEANT_PIECES = ['code-piece', 'text-piece'] as const satisfies readonly ChunkSet[];
/**
 * Sets whose meaning is compared. Tests are left out: they are many, say what code does and are rarely what one looks for; whole
 * files, because one vector of much text is near to nothing in particular.
 */
export const MEANT_SETS = [...MEANT_PARTS, 'code-commit', ...MEANT_PIECES] as const satisfies readonly ChunkSet[];
export const isMeant = (set: ChunkSet): boolean => (MEANT_SETS as readonly ChunkSet[]).includes(set);

/** Characters of the comment above a declaration, and of the declaration itself: what small models read of a text. */
const LONGEST_COMMENT = 300;
const LONGEST_BODY = 600;
/** Lines that belong to what stands below them: comments, annotations. */
const ABOVE = /^\s*(?:\/\/|\/?\*|#|@|--)/;
export const isAbove = (line: string): boolean => ABOVE.test(line);
const MARKS = /^\s*(?:\/\/+|\/?\*+\/?|#+|--+)|\*\/\s*$/gm;
/** `fix(router):` before and `(#12)` after what a commit says that it does. */
const CONVENTION = /^\w+(?:\([^)]*\))?!?:\s*|\s*\(#\d+\)\s*$/g;

/** The words of identifiers and paths apart, as people would write them. */
const spaced = (text: string): string =>
  text
    .replace(/(?<=[\p{Ll}\p{N}])(?=\p{Lu})/gu, ' ')
    .replace(/[_/.#-]+/g, ' ')
    .trim();
const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** What of a chunk is given to a model that turns it into a vector; `lines` are those of its file. */
export function meaningOf(
  { node, files, span, title }: Pick<Chunk, 'node' | 'files' | 'span' | 'title'>,
  lines: readonly string[],
): string {
  if (title !== undefined) return oneLine(title.replace(/^\S+ /, '')).replace(CONVENTION, '').trim();
  const [path = ''] = files;
  const from = (span?.line ?? 1) - 1;
  const comment = oneLine(
    lines
      .slice(firstLineOf(from + 1, lines) - 1, from)
      .join('\n')
      .replace(MARKS, ' '),
  ).slice(0, LONGEST_COMMENT);
  const body = oneLine(
    lines
      .slice(from, span?.endLine)
      .join('\n')
      .slice(0, 2 * LONGEST_BODY),
  ).slice(0, LONGEST_BODY);
  return oneLine(
    `${spaced(path.replace(/^src\//, '').replace(/\.\w+$/, ''))} ${spaced(parseId(node)?.descriptor ?? '')}: ${comment} ${body}`,
  );
}

/** The line, from 1, where the comments and annotations above a declaration at this line begin. */
export function firstLineOf(line: number, lines: readonly string[]): number {
  let first = line;
  while (first > 1 && isAbove(lines[first - 2] ?? '')) first--;
  return first;
}

/** Under what the vector of a text is kept: equal texts have equal vectors. */
export const meaningKey = (meaning: string): string => hash('sha256', meaning, 'base64url').slice(0, 22);

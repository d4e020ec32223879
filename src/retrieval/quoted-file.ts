import { PART_KINDS } from '../../graph/model/chunk.ts';
import { compare } from '../../graph/model/edge.ts';
import { parseId } from '../../graph/model/id.ts';
import { firstLineOf } from '../../graph/model/meaning.ts';
import type { Node } from '../../graph/model/node.ts';
import { lastLineOf, type LineRange, type Span } from '../../graph/model/provenance.ts';
import { sha256 } from '../../ingest/parse/canonical-json.ts';
import { fileKey } from '../../graph/query/related-files.ts';
import type { GraphReader, StoredText } from '../../graph/store/store.ts';

/** Something with a place. */
export type Placed = Node & { readonly span: Span };

/** A file as it was ingested, and what in it is quoted by itself. */
export interface QuotedFile extends StoredText {
  readonly key: string;
  readonly repo: string;
  readonly path: string;
  readonly lines: readonly string[];
  /** Outer ones first. */
  readonly parts: readonly Placed[];
}

/** What a quote of a file names it by: the commit that holds it so, else the hash of its text. */
export const versionOf = ({ text, commit }: StoredText): string => commit ?? sha256(text);

/** Files of one answer, each read once. */
export interface QuotedFiles {
  /** The file that a thing stands in; undefined where it has none, or its text was not kept. */
  of(node: Node): Promise<QuotedFile | undefined>;
}

export function createQuotedFiles(reader: GraphReader): QuotedFiles {
  const known = new Map<string, Promise<QuotedFile | undefined>>();
  const read = async (repo: string, path: string): Promise<QuotedFile | undefined> => {
    const stored = await reader.text(repo, path);
    if (!stored) return undefined;
    const nodes = await reader.find({ repo, file: path }, { limit: 10_000 });
    const parts = nodes
      .filter((node): node is Placed => node.span !== undefined && PART_KINDS.has(node.kind))
      .sort((a, b) => a.span.line - b.span.line || b.span.endLine - a.span.endLine || compare(a.id, b.id));
    return { ...stored, key: fileKey(repo, path), repo, path, lines: stored.text.split('\n'), parts };
  };
  return {
    of({ id, file, repo = parseId(id)?.repo }) {
      if (file === undefined || repo === undefined) return Promise.resolve(undefined);
      const key = fileKey(repo, file);
      let found = known.get(key);
      if (!found) known.set(key, (found = read(repo, file)));
      return found;
    },
  };
}

/** Lines of which a thing is small enough to be quoted as it is. */
const SMALL = 15;
const DECISION = /\bdecision|outcome|rule|statement/i;

/** What stands for a thing: itself, or the part of its file that it is within. Whole files are stood for by their parts alone. */
export function partFor(node: Placed, { parts }: QuotedFile): Placed | undefined {
  if (PART_KINDS.has(node.kind)) return node;
  const { line, endLine } = node.span;
  const around = parts.findLast(({ span }) => span.line <= line && span.endLine >= endLine);
  if (around) return around;
  if (endLine - line < SMALL || parts.length === 0) return node;
  // A document, by what it decides.
  if (node.kind === 'Adr' || node.kind === 'Policy') return parts.find(({ name }) => DECISION.test(name)) ?? parts[0];
  return undefined;
}

/** From the comments above a thing to its end, or to the first part within it. */
export function linesOf({ span }: Placed, { lines, parts }: QuotedFile): LineRange {
  const { line } = span;
  const endLine = lastLineOf(span);
  const inner = parts.find((part) => part.span.line > line && lastLineOf(part.span) <= endLine);
  return {
    line: firstLineOf(line, lines),
    endLine: inner ? Math.max(line, firstLineOf(inner.span.line, lines) - 1) : Math.min(endLine, lines.length),
  };
}

/** The first lines that are not quoted yet. */
export function firstFree({ line, endLine }: LineRange, quoted: readonly LineRange[]): LineRange | undefined {
  let start = line;
  for (let moved = true; moved;) {
    moved = false;
    for (const other of quoted)
      if (other.line <= start && other.endLine >= start) {
        start = other.endLine + 1;
        moved = true;
      }
  }
  if (start > endLine) return undefined;
  const next = Math.min(...quoted.map((other) => other.line).filter((other) => other > start));
  return { line: start, endLine: Math.min(endLine, next - 1) };
}

import { z } from 'zod';
import { CHANGE_KINDS, type ChangeKind } from '../../graph/query/change.ts';
import { DIAGRAM_KINDS, type DiagramKind } from '../../graph/query/diagram/kinds.ts';

/** A diagram that a document shows: its order in a comment, then the picture in a fence. */
export interface EmbeddedDiagram {
  readonly kind: DiagramKind;
  readonly target?: string;
  readonly change?: ChangeKind;
  /** Line of the order, from 1. */
  readonly line: number;
  /** The picture as it stands, without the fence; undefined when the fence is missing. */
  readonly text: string | undefined;
  /** Where the picture, fence included, stands in the document; empty behind the order when it is missing. */
  readonly start: number;
  readonly end: number;
}

const ORDER = /^<!-- specgraph diagram (?<kind>[a-z]+)(?: (?<target>[^\n]*?))?(?: --change (?<change>[a-z-]+))? -->[ \t]*\r?$/gm;
const FENCE = /^\s*```mermaid[^\n]*\n(?<text>[\s\S]*?)\n?```[ \t]*(?=\r?\n|$)/;

/** The diagrams that a Markdown document orders: `<!-- specgraph diagram sequence api:user#GET /users/{id} -->`. */
export function embeddedDiagrams(document: string): readonly EmbeddedDiagram[] {
  return Array.from(document.matchAll(ORDER), (match): EmbeddedDiagram | undefined => {
    const { kind, target, change } = match.groups!;
    const known = z.enum(DIAGRAM_KINDS).safeParse(kind);
    const changed = z.enum(CHANGE_KINDS).safeParse(change);
    if (!known.success) return undefined;
    const behind = match.index + match[0].length;
    const fence = FENCE.exec(document.slice(behind));
    return {
      kind: known.data,
      ...(target ? { target } : {}),
      ...(changed.success ? { change: changed.data } : {}),
      line: document.slice(0, match.index).split('\n').length,
      text: fence?.groups!['text'],
      start: behind,
      end: fence ? behind + fence[0].length : behind,
    };
  }).filter((found) => found !== undefined);
}

/** The document with its pictures replaced, in the order of {@link embeddedDiagrams}. */
export function withDiagrams(document: string, diagrams: readonly EmbeddedDiagram[], texts: readonly string[]): string {
  let result = '';
  let at = 0;
  for (const [index, { start, end }] of diagrams.entries()) {
    result += `${document.slice(at, start)}\n\n\`\`\`mermaid\n${texts[index]!}\n\`\`\``;
    at = end;
  }
  return result + document.slice(at);
}

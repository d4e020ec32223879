import { gapId } from '../graph/model/id.ts';
import type { GapReason, NodeOf } from '../graph/model/node.ts';
import type { Diagnostic, Span } from '../graph/model/provenance.ts';

/** Codes of diagnostics that say that a file, or a part of it, was not read. */
const UNREAD: ReadonlySet<string> = new Set<GapReason>(['parse-failure', 'too-large', 'unreadable']);

/** Characters: parsers quote what they do not understand. */
const LONGEST_MESSAGE = 1000;

export interface GapPlace {
  readonly repo: string;
  readonly file: string;
  readonly span: Span;
}

/** What could not be analysed, and why: where it may hide a dependent, impact answers *unknown* rather than a false *safe*. */
export const gapNode = (
  { repo, file, span }: GapPlace,
  reason: GapReason,
  detail: string,
  message: string,
  name = file,
): NodeOf<'Gap'> => ({
  id: gapId(repo, file, reason, detail),
  kind: 'Gap',
  name,
  repo,
  file,
  span,
  props: { reason, message: message.slice(0, LONGEST_MESSAGE) },
});

/** A gap for each way in which a file of a format was not read as a whole, where the first diagnostic says so. */
export function gapsOf(repo: string, file: string, format: string, diagnostics: readonly Diagnostic[]): readonly NodeOf<'Gap'>[] {
  const gaps = new Map<string, NodeOf<'Gap'>>();
  for (const { code, severity, message, file: at, span } of diagnostics) {
    if (!UNREAD.has(code) || severity === 'info' || at !== file || gaps.has(code)) continue;
    const place = { repo, file, span: span ?? { line: 1, col: 1, endLine: 1, endCol: 1 } };
    gaps.set(code, gapNode(place, code as GapReason, format, message));
  }
  return [...gaps.values()];
}

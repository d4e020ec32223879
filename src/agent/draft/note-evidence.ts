import { sha256 } from '../../../ingest/parse/canonical-json.ts';
import type { AgentRequest, Evidence } from '../model.ts';

interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** A stretch of a request, without the blanks around it, as a place that can be looked up. Undefined where nothing is in it. */
export function noteEvidence({ thread, text, file }: AgentRequest, { start, end }: Stretch): Evidence | undefined {
  const said = text.slice(start, end);
  const quote = said.trim();
  if (quote === '') return undefined;
  const from = start + said.indexOf(quote);
  const line = lineAt(text, from);
  return { node: `note:${thread}`, file, line, endLine: lineAt(text, from + quote.length), sha: sha256(text), quote };
}

const lineAt = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;

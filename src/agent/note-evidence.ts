import { sha256 } from '../../ingest/parse/canonical-json.ts';
import type { AgentRequest, Evidence } from './model.ts';

interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** A stretch of a request, without the blanks around it, as a place that can be looked up. Undefined where nothing is in it. */
export function noteEvidence(request: AgentRequest, { start, end }: Stretch): Evidence | undefined {
  const said = request.text.slice(start, end);
  const quote = said.trim();
  return quote === '' ? undefined : requestEvidence(request, { start: start + said.indexOf(quote), quote });
}

/** What stands in a request from `start` on, as evidence: verbatim, in the lines of the file that keeps it. */
export function requestEvidence(
  { thread, text, file }: AgentRequest,
  { start, quote }: { readonly start: number; readonly quote: string },
): Evidence {
  const line = text.slice(0, start).split('\n').length;
  return { node: `note:${thread}`, file, line, endLine: line + quote.split('\n').length - 1, sha: sha256(text), quote };
}

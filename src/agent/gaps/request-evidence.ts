import type { AgentRequest, Evidence } from '../model.ts';
import type { Quote } from '../steps/parse.ts';
import { shaOf } from '../retrieve/evidence.ts';

/** A stretch of the request as evidence: verbatim, in the lines of the file that keeps it. */
export function requestEvidence({ thread, text, file }: AgentRequest, { start, quote }: Pick<Quote, 'start' | 'quote'>): Evidence {
  const line = text.slice(0, start).split('\n').length;
  return { node: `note:${thread}`, file, line, endLine: line + quote.split('\n').length - 1, sha: shaOf(text), quote };
}

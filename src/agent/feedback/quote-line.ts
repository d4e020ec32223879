import { sha256 } from '../../../ingest/parse/canonical-json.ts';
import type { Evidence } from '../model.ts';

/** One line of a text as evidence; `line` from 1. */
export function quoteLine(node: string, file: string, text: string, line: number, commit?: string): Evidence {
  const quote = (text.split('\n')[line - 1] ?? '').replace(/\r$/, '').trim();
  return { node, file, line, endLine: line, sha: commit ?? sha256(text), quote };
}

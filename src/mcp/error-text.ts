import { z } from 'zod';
import type { PublicError } from '../serving/public-error.ts';
import { fenced, oneLine, placeOf } from './text.ts';

/** Names listed to choose from. */
const LISTED = 8;

const Names = z.array(z.object({ id: z.string(), kind: z.string(), file: z.string().optional(), line: z.number().optional() }));
/** What the errors of target resolution carry. This is the last place before the client: what does not fit is left out. */
const Details = z
  .object({ target: z.unknown(), candidates: Names.optional(), suggestions: Names.optional(), total: z.number().optional() })
  .catch({ target: undefined });

/** An error for models: its code, what happened, and where there are any, the names to choose from. */
export function errorText({ code, message, details }: PublicError): string {
  const { target, candidates, suggestions, total } = Details.parse(details);
  const name = oneLine(typeof target === 'string' ? target : JSON.stringify(target ?? ''));
  if (code === 'TARGET_AMBIGUOUS' && candidates)
    return `${code}: ${JSON.stringify(name)} names ${total ?? candidates.length} things. Give one of these ids:\n${listed(candidates, total ?? candidates.length)}`;
  if (code === 'TARGET_NOT_FOUND' && suggestions) {
    const next = suggestions.length === 0 ? 'Find its name with `search`.' : `Did you mean one of these?\n${listed(suggestions, 0)}`;
    return `${code}: Nothing is called ${JSON.stringify(name)}. ${next}`;
  }
  return `${code}: ${oneLine(message, 600)}`;
}

function listed(nodes: z.output<typeof Names>, total: number): string {
  const lines = nodes.slice(0, LISTED).map(({ id, kind, file, line }) => `${oneLine(id)} (${kind}) ${placeOf(file, line)}`.trim());
  return fenced([...lines, ...(total > LISTED ? [`… and ${total - LISTED} more`] : [])]);
}

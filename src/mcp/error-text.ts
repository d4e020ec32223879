import type { NamedNode } from '../../graph/query/target.ts';
import type { PublicError } from '../serving/public-error.ts';
import { fenced, oneLine, placeOf } from './text.ts';

/** Names listed to choose from. */
const LISTED = 8;

/** What the errors of target resolution carry. */
interface Details {
  readonly target?: unknown;
  readonly candidates?: readonly NamedNode[];
  readonly suggestions?: readonly NamedNode[];
  readonly total?: number;
}

/** An error for models: its code, what happened, and where there are any, the names to choose from. */
export function errorText({ code, message, details }: PublicError): string {
  const { target, candidates, suggestions, total } = details as Details;
  const name = oneLine(typeof target === 'string' ? target : JSON.stringify(target ?? ''));
  if (code === 'TARGET_AMBIGUOUS' && candidates)
    return `${code}: ${JSON.stringify(name)} names ${total ?? candidates.length} things. Give one of these ids:\n${listed(candidates, total ?? candidates.length)}`;
  if (code === 'TARGET_NOT_FOUND' && suggestions) {
    const next = suggestions.length === 0 ? 'Find its name with `search`.' : `Did you mean one of these?\n${listed(suggestions, 0)}`;
    return `${code}: Nothing is called ${JSON.stringify(name)}. ${next}`;
  }
  return `${code}: ${oneLine(message, 600)}`;
}

function listed(nodes: readonly NamedNode[], total: number): string {
  const lines = nodes.slice(0, LISTED).map(({ id, kind, file, line }) => `${oneLine(id)} (${kind}) ${placeOf(file, line)}`.trim());
  return fenced([...lines, ...(total > LISTED ? [`… and ${total - LISTED} more`] : [])]);
}

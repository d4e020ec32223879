import type { PlatformError } from '../../graph/errors.ts';
import type { NamedNode } from '../../graph/query/target.ts';
import { visible } from '../visible.ts';
import { columns } from './style.ts';

const SHOWN = 10;

/** What the errors of target resolution carry. */
interface ErrorDetails {
  readonly target?: unknown;
  readonly candidates?: readonly NamedNode[];
  readonly suggestions?: readonly NamedNode[];
  readonly total?: number;
}

/** A known error for people: what happened, and where there are any, the names to choose from. */
export function describeError({ code, message, details }: PlatformError): string {
  const { target, candidates, suggestions, total } = details as ErrorDetails;
  if (code === 'TARGET_AMBIGUOUS' && candidates) {
    const name = typeof target === 'string' ? target : JSON.stringify(target);
    return `${visible(name)} names ${total} things. Give one of these ids:\n${list(candidates, total ?? candidates.length)}`;
  }
  if (!suggestions || suggestions.length === 0) return `${visible(message)} [${code}]\n`;
  // The list below says what the message ends with.
  const asked = message.replace(/(Did you mean) .*\?$/s, suggestions.length === 1 ? '$1 this?' : '$1 one of these?');
  return `${visible(asked)} [${code}]\n${list(suggestions, suggestions.length)}`;
}

function list(nodes: readonly NamedNode[], total: number): string {
  const shown = nodes.slice(0, SHOWN);
  const rows = shown.map(({ id, kind, file, line }) => [kind, visible(id), visible(file === undefined ? '' : `${file}:${line ?? 1}`)]);
  return `${columns(rows)}${total > shown.length ? `  … and ${total - shown.length} more\n` : ''}`;
}

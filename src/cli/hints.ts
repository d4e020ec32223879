import type { PlatformError } from '../../graph/errors.ts';
import type { NamedNode } from '../../graph/query/target.ts';
import { columns, visible } from './style.ts';

const SHOWN = 10;

/** What an error's details offer as a next step, a line each; empty when its message says everything. */
export function hintFor({ code, details }: PlatformError): string {
  if (code === 'TARGET_AMBIGUOUS') return list('Give one of these:', details['candidates'] as readonly NamedNode[], Number(details['total']));
  const suggestions = details['suggestions'] as readonly NamedNode[] | undefined;
  return suggestions && suggestions.length > 0 ? list('Similar names:', suggestions, suggestions.length) : '';
}

function list(title: string, nodes: readonly NamedNode[], total: number): string {
  const shown = nodes.slice(0, SHOWN);
  const rows = shown.map(({ id, kind, file, line }) => [kind, visible(id), visible(file === undefined ? '' : `${file}:${line ?? 1}`)]);
  return `${title}\n${columns(rows)}${total > shown.length ? `  … and ${total - shown.length} more\n` : ''}`;
}

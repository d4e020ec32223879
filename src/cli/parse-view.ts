import type { ParsedRequest, Statement } from '../agent/steps/parse.ts';
import { visible } from '../visible.ts';
import { bold, dim } from './style.ts';

/** What is in a request, for people. */
export function renderParsed(parsed: ParsedRequest): string {
  const lists: readonly (readonly [string, readonly Statement[]])[] = [
    ['Requirements', parsed.requirements],
    ['Decisions', parsed.decisions],
    ['Open points', parsed.openPoints],
    ['Not wanted, or not now', parsed.exclusions],
    ['Tasks of people', parsed.tasks],
  ];
  const parts = lists.flatMap(([name, statements]) =>
    statements.length === 0 ? [] : [`${bold(`${name} (${statements.length})`)}\n${statements.map(renderStatement).join('')}`],
  );
  return parts.length === 0 ? 'Nothing in this text asks for something.\n' : parts.join('\n');
}

function renderStatement({ said, quote, speaker, start, end, also }: Statement): string {
  const who = speaker === undefined ? '' : `${visible(speaker)}, `;
  const again = also.length === 0 ? '' : `, said ${also.length + 1} times`;
  return `  ${visible(said ?? quote).replaceAll(/\s+/g, ' ')} ${dim(`(${who}${start}-${end}${again})`)}\n`;
}

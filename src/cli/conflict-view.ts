import type { Conflict } from '../agent/model.ts';
import { visible } from '../visible.ts';
import { bold, dim } from './style.ts';

/** Conflicts for people: what cannot all hold, why, whom to ask and what each way out costs. */
export function renderConflicts(conflicts: readonly Conflict[]): string {
  if (conflicts.length === 0) return 'No contradiction found.\n';
  return `${conflicts.map(renderConflict).join('\n')}\n`;
}

function renderConflict({ id, members, why, owners, options, settledBy }: Conflict): string {
  const asked = [owners.why === undefined ? [] : [`why: ${owners.why}`], owners.how === undefined ? [] : [`how: ${owners.how}`]].flat();
  return [
    `${bold(id)}${settledBy === undefined ? '' : ` (settled by ${visible(settledBy)})`}  ${visible(why)}`,
    ...members.map(
      ({ layer, evidence: { file, line, quote } }) =>
        `  ${layer.padEnd(8)} ${visible(file)}:${line}  ${visible(quote).replace(/\s+/g, ' ')}`,
    ),
    ...(asked.length === 0 ? [] : [`  ask      ${visible(asked.join(', '))}`]),
    ...options.flatMap(({ id: letter, text, costs }) => [`  ${letter}        ${visible(text)}`, dim(`           ${visible(costs)}`)]),
    '',
  ].join('\n');
}

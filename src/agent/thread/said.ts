import { compare } from '../../../graph/model/edge.ts';
import { sha256 } from '../../../ingest/parse/canonical-json.ts';
import type { Answer, Conflict, Evidence, Resolution } from '../model.ts';
import type { PersonInput } from './thread.ts';

/** The line of what somebody said that is about one thing, as evidence. */
export function evidenceOf({ file, text, said }: PersonInput, thread: string, about: string): Evidence {
  const quote = said.get(about) ?? '';
  const line = text.split(/\r?\n/).findIndex((row) => row.startsWith(`- ${about}: `)) + 1;
  return { node: `note:${thread}#${about}`, file, line, endLine: line, sha: sha256(text), quote };
}

export const answersOf = (input: PersonInput, thread: string): readonly Answer[] =>
  Array.from(input.said, ([question, value]) => ({ question, value, by: nameOf(input), evidence: evidenceOf(input, thread, question) }));

/** `A`, or `A because …`: an option, and why it was chosen. */
const CHOICE = /^(?<option>[A-Z])(?:[\s,:]+(?:because\s+)?(?<reason>\S.*))?$/;

export const resolutionsOf = (input: PersonInput, thread: string, conflicts: readonly Conflict[]): readonly Resolution[] =>
  [...input.said].flatMap(([conflict, value]) => {
    const { option, reason } = CHOICE.exec(value)?.groups ?? {};
    const isOne = conflicts.some(({ id, options }) => id === conflict && options.some((one) => one.id === option));
    if (!isOne || option === undefined) return [];
    return [
      { conflict, option, by: nameOf(input), ...(reason === undefined ? {} : { reason }), evidence: evidenceOf(input, thread, conflict) },
    ];
  });

const nameOf = ({ by: { name, email } }: PersonInput): string => `${name} <${email}>`;

/** Conflicts that no decision has settled. */
export const unsettled = (conflicts: readonly Conflict[], resolutions: readonly Resolution[] = []): readonly Conflict[] =>
  conflicts
    .filter(({ id, settledBy }) => settledBy === undefined && resolutions.every(({ conflict }) => conflict !== id))
    .toSorted((a, b) => compare(a.id, b.id));

export const isSettled = (conflicts: readonly Conflict[], resolutions: readonly Resolution[]): boolean =>
  unsettled(conflicts, resolutions).length === 0;

import { oneLine } from '../../visible.ts';
import type { Spec } from '../../specs/spec.ts';

/** What a spec demands: a criterion or an NFR. */
export interface SpecPart {
  readonly id: string;
  readonly text: string;
}

/** All that has to be done; what is put off is not. In the order of the file. */
export const partsOf = ({ criteria, nfrs }: Pick<Spec, 'criteria' | 'nfrs'>): readonly SpecPart[] =>
  [...criteria.filter(({ priority }) => priority !== 'wont'), ...nfrs].map(({ id, text }) => ({ id, text: oneLine(text) }));

const SUBJECT = /\bthe\s+[\w.-]+(?:\s+[\w.-]+){0,2}?\s+shall\s+(?:(?:ensure|make sure)\s+that\s+)?/i;

/** A demand without who has to meet it: `the web shop shall ensure that` stands in all of them, and tells none from another. */
export const askedOf = (text: string): string => text.replace(SUBJECT, '').trim() || text;

const ROLE = /^\s*as an? [^,\n]{1,80}?,?\s+i\s+(?:want|need|would like|wish|can)\s*(?:to\b)?/i;
const BENEFIT = /,?\s*\bso (?:that\b|(?:i|we|they)\b)[^.\n]*/gi;

/** What a user story asks for, without who does and what for: words that most files of a system have. */
export const wishOf = (story: string): string => story.replace(ROLE, '').replace(BENEFIT, '').trim();

/** A text of people in one line of at most so many characters. */
export function clipped(text: string, most: number): string {
  const line = oneLine(text).replace(/[.;,]$/, '');
  if (line.length <= most) return line;
  const cut = line.slice(0, most - 1);
  const blank = cut.lastIndexOf(' ');
  return `${(blank > most / 2 ? cut.slice(0, blank) : cut).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

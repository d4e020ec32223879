import { constraintsOf } from '../parse/constraints.ts';
import { rolesOf } from '../parse/roles.ts';
import { sentencesOf } from '../parse/sentences.ts';
import { greets } from '../parse/statements.ts';
import type { Span } from '../parse/story-spans.ts';
import { isFix } from '../gaps/feature-kinds.ts';
import { conceptsOf } from './concepts.ts';
import type { ParsedRequest, Quote, Requirement } from '../steps/parse.ts';

/** Longest line that stands for a request, in UTF-16 units. */
const LONGEST = 300;

/**
 * What is asked for. Of a few words in which the parser saw no demand ("Delete articles", "Users can log in with Google") the
 * first sentence: nobody hands in what they do not want. Nothing of a repair.
 */
export function askedOf(text: string, parsed: ParsedRequest): readonly Requirement[] {
  if (parsed.requirements.length > 0 || parsed.kind !== 'sentence' || isFix(text, parsed)) return parsed.requirements;
  const [said] = sentencesOf(text, { start: 0, end: text.length });
  if (!said || said.end - said.start > LONGEST || text.slice(said.start, said.end).endsWith('?')) return [];
  const sentence = text.slice(said.start, said.end);
  if (greets(sentence) || conceptsOf(sentence).length === 0) return [];
  const roles = rolesOf(text, said);
  const quotes = (label: Span['label']): readonly Quote[] =>
    roles.filter((role) => role.label === label).map(({ start, end }) => ({ start, end, quote: text.slice(start, end) }));
  return [
    {
      ...{ start: said.start, end: said.end, quote: text.slice(said.start, said.end), also: [], modality: 'should', decided: false },
      ...{ actors: quotes('Persona'), actions: quotes('Action'), objects: quotes('Entity'), benefits: quotes('Benefit') },
      constraints: constraintsOf(text, said.start, said.end),
    },
  ];
}

import { unnamed } from '../../../ingest/workers/spec/statement.ts';
import type { Answer, Conflict, DraftCriterion, DraftSpec, GapQuestion, Resolution } from '../model.ts';
import type { ParsedRequest } from '../steps/parse.ts';
import { storiesOf } from '../parse/story.ts';
import { asSentence } from './parts.ts';

export type Question = DraftSpec['questions'][number];

interface Open {
  readonly parsed: ParsedRequest;
  readonly gaps: readonly GapQuestion[];
  readonly answers: readonly Answer[];
  readonly conflicts: readonly Conflict[];
  readonly resolutions: readonly Resolution[];
}

/** Open questions at most: of a ticket with one story, and of anything larger. */
const MOST = { story: 3, more: 7 } as const;
const LEAST_WORDS = 3;

export const isOneStory = ({ requirements, kind }: ParsedRequest): boolean =>
  (kind === 'sentence' || kind === 'ticket') && requirements.filter(({ quote, said = quote }) => storiesOf(said).length > 0).length <= 1;

/** What nobody answered, the weightiest first: what cannot hold together, what who asks wonders about, what is missing. */
export function questionsOf(
  { parsed, gaps, answers, conflicts, resolutions }: Open,
  criteria: readonly DraftCriterion[],
): readonly Question[] {
  const aboutOf = (said: string): { readonly about?: string } => {
    const part = said === '' ? undefined : criteria.find(({ evidence }) => evidence.some(({ quote }) => quote.includes(said)));
    return part ? { about: `/acceptance/${part.id}` } : {};
  };
  const unresolved = conflicts.flatMap((conflict): readonly Question[] => {
    const { id, why, options, members, settledBy } = conflict;
    if (settledBy !== undefined || resolutions.some((one) => one.conflict === id)) return [];
    const request = members.find(({ layer }) => layer === 'request')?.evidence.quote ?? '';
    const stated = members.map(({ states }) => states).join(' | ');
    return [
      {
        id: `Q-${id.replace(/[^A-Za-z0-9]/g, '').slice(0, 12)}`,
        text: asSentence(`${why.replace(/[.]$/, '')} (${stated}): which one holds?`),
        ...aboutOf(request),
        options: options.map(({ text }) => text),
      },
    ];
  });
  const wondered = parsed.openPoints.flatMap(({ quote, said = quote }): readonly Question[] => {
    const text = said.replace(/\s+/g, ' ').trim();
    // The gaps ask it as well, with what it could be answered.
    if (gaps.some((gap) => gap.text === text || (gap.about !== '' && (gap.about === quote || gap.about.includes(quote))))) return [];
    return text.split(' ').length < LEAST_WORDS || !/\?|\b(?:whether|how|what|which|who|when|tbd|clarify|decide)\b/i.test(text)
      ? []
      : [{ id: unnamed('Q', text), text, options: [] }];
  });
  const asked = gaps.map((gap): Question => {
    const answer = answers.find(({ question }) => question === gap.id);
    const told = answer ? { answer: answer.value, answeredBy: answer.by } : {};
    return { id: gap.id, text: gap.text, ...aboutOf(gap.about), options: gap.options.map(({ value }) => value), ...told };
  });
  const [answered, open] = [asked.filter(({ answer }) => answer !== undefined), asked.filter(({ answer }) => answer === undefined)];
  const most = Math.max(unresolved.length, isOneStory(parsed) ? MOST.story : MOST.more);
  return distinct([...answered, ...[...unresolved, ...wondered, ...open].slice(0, most)]);
}

function distinct(questions: readonly Question[]): readonly Question[] {
  const known = new Set<string>();
  return questions.filter(({ id }) => !known.has(id) && known.add(id));
}

import { unnamed } from '../../../ingest/workers/spec/statement.ts';
import type { DraftCriterion, DraftNfr, Grounded, ReviewComment } from '../model.ts';
import type { NamedSystem } from './name-system.ts';
import { asSentence, criterion, earsOf, nfr } from './parts.ts';
import { measureOf, qualityOf } from './quality.ts';
import type { Question } from './questions.ts';
import { responsesOf, sentenceOf } from './response.ts';

interface Parts {
  readonly criteria: readonly DraftCriterion[];
  readonly nfrs: readonly DraftNfr[];
}

interface Heeded extends Parts {
  readonly outOfScope: readonly Grounded[];
  readonly questions: readonly Question[];
}

const REMOVES =
  /^(?:please\s+)?(?:remove|drop|delete|cut|leave (?:this|that|it) out|not needed|out of scope|we do(?:n['’]t| not) (?:need|want) (?:this|that|it))\b[^,;]{0,40}$/i;

/**
 * The parts with what reviewers want of them: another text under the same id, one part less, a demand more. A comment that says none
 * of that is a question about its part, so that it is not lost.
 */
export function heeding(parts: Parts, comments: readonly ReviewComment[], system: NamedSystem): Heeded {
  let { criteria, nfrs } = parts;
  const outOfScope: Grounded[] = [];
  const questions: Question[] = [];
  for (const { part, text, parsed, evidence } of comments) {
    const said = { basis: 'human', rule: 'review', evidence: [evidence] } as const;
    const about = [
      ...criteria.map(({ id }) => ({ id, pointer: `/acceptance/${id}` })),
      ...nfrs.map(({ id, category }) => ({ id, pointer: `/nfrs/${category}/${id}` })),
    ].find(({ id }) => id === part);
    if (about && REMOVES.test(text.trim()) && criteria.length + nfrs.length > 1) {
      criteria = criteria.filter(({ id }) => id !== part);
      nfrs = nfrs.filter(({ id }) => id !== part);
      continue;
    }
    for (const { quote, said: exclusion = quote } of parsed.exclusions) outOfScope.push({ text: asSentence(exclusion), ...said });
    const [first, ...more] = parsed.requirements;
    const other = about && first ? (first.said ?? first.quote) : undefined;
    if (other !== undefined) {
      const [response] = responsesOf(other, {}, first?.constraints[0]?.dimension);
      const sentence = response ? sentenceOf(response, system.name) : asSentence(other);
      criteria = criteria.map((one) => (one.id === part ? reworded(one, sentence, said, system) : one));
      nfrs = nfrs.map((one) => (one.id === part ? { ...one, text: asSentence(other), ...said } : one));
    }
    for (const requirement of about ? more : parsed.requirements) {
      const { quote, said: demand = quote, section, constraints } = requirement;
      const category = qualityOf(demand, section, constraints);
      const measure = measureOf(demand, constraints);
      if (category !== undefined) nfrs = [...nfrs, nfr({ category, text: asSentence(demand), ...said, ...(measure ? { measure } : {}) })];
      else
        criteria = [
          ...criteria,
          ...responsesOf(demand, {}, constraints[0]?.dimension).map((response) => ({
            ...criterion({ text: sentenceOf(response, system.name), evidence: [evidence], rule: 'review' }, system),
            ...said,
          })),
        ];
    }
    if (parsed.requirements.length > 0 || parsed.exclusions.length > 0 || text.trim() === '') continue;
    // A reviewer who commands wants it; what is neither a demand nor a question to a program is one to people.
    const commands = responsesOf(text).filter(({ rule }) => rule === 'command');
    if (commands.length > 0 && !about)
      criteria = [
        ...criteria,
        ...commands.map((response) => ({
          ...criterion({ text: sentenceOf(response, system.name), evidence: [evidence], rule: 'review' }, system),
          ...said,
        })),
      ];
    else
      questions.push({
        id: unnamed('Q', text),
        text: text.replace(/\s+/g, ' ').trim(),
        options: [],
        ...(about ? { about: about.pointer } : {}),
      });
  }
  return { criteria: distinct(criteria), nfrs: distinct(nfrs), outOfScope, questions: distinct(questions) };
}

function reworded(
  part: DraftCriterion,
  text: string,
  said: Pick<DraftCriterion, 'basis' | 'rule' | 'evidence'>,
  system: NamedSystem,
): DraftCriterion {
  const { ears: _, ...rest } = part;
  const ears = earsOf(text, system);
  return { ...rest, text, ...said, ...(ears ? { ears } : {}) };
}

const distinct = <P extends { readonly id: string }>(parts: readonly P[]): readonly P[] => [
  ...new Map(parts.map((part) => [part.id, part])).values(),
];

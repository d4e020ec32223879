import { contentOf } from '../citations/content-words.ts';
import { demandsOf } from '../draft/from-request.ts';
import type { NamedSystem } from '../draft/name-system.ts';
import type { DraftSpec } from '../model.ts';
import { parseSentence } from '../../specs/meaning/sentence.ts';
import { constraintsOf } from '../parse/constraints.ts';
import type { DraftInput } from '../steps/draft.ts';
import type { Requirement, Statement } from '../steps/parse.ts';
import type { Stretch } from '../../verbatim.ts';
import { givesOrders } from './addressed.ts';
import { freshOf } from './batches.ts';
import type { Outcome } from './outcome.ts';
import { sentenceWith } from './request-sentences.ts';

/** Words and figures of a sentence that can be a demand. */
const LEAST = 2;

/**
 * A draft with what a sentence of the request demands that the rules took for none. The model points at it; the rules write it, from
 * the whole sentence.
 */
export function added(draft: DraftSpec, quote: string, input: DraftInput): Outcome {
  const { request, parsed } = input;
  const sentence = sentenceWith(request.text, quote);
  if (!sentence) return { rejected: 'no sentence of the request says so' };
  const { start, end, said, paragraph, section } = sentence;
  const reason = refused(sentence, input) ?? coveredBy(draft, said);
  if (reason !== undefined) return { rejected: reason };
  if (givesOrders(paragraph)) return { rejected: 'it speaks to whoever drafts, not of the product' };
  const system = systemIn(draft);
  if (!system) return { rejected: 'no statement says what has to do it' };
  const text = request.text;
  const requirement: Requirement = {
    ...{ start, end, quote: text.slice(start, end), also: [], modality: 'must', decided: false },
    ...{ actors: [], actions: [], objects: [], benefits: [] },
    ...(said === text.slice(start, end) ? { constraints: constraintsOf(text, start, end) } : { said, constraints: constraintsOf(said) }),
    ...(section === undefined ? {} : { section }),
  };
  const { criteria, nfrs } = demandsOf({ ...input, system, parsed: { ...parsed, requirements: [requirement] } });
  const isNew = ({ id }: { readonly id: string }): boolean => ![...draft.criteria, ...draft.nfrs].some((part) => part.id === id);
  return { draft: { ...draft, criteria: [...draft.criteria, ...criteria.filter(isNew)], nfrs: [...draft.nfrs, ...nfrs.filter(isNew)] } };
}

/** What the statements that the draft adds are said of. */
function systemIn(draft: DraftSpec): NamedSystem | undefined {
  const fresh = new Set(freshOf(draft).map(({ id }) => id));
  for (const { id, text, ears } of draft.criteria) {
    const name = fresh.has(id) ? parseSentence(text).system : undefined;
    if (name !== undefined) return { name, ...(ears?.system === undefined ? {} : { id: ears.system }) };
  }
  return undefined;
}

function refused({ start, end, said }: Stretch & { readonly said: string }, { parsed }: DraftInput): string | undefined {
  const isAmong = (statements: readonly Statement[]): boolean =>
    statements.some((one) => [one, ...one.also].some((place) => place.start < end && start < place.end));
  if (isAmong(parsed.exclusions)) return 'the request does not want it';
  if (isAmong(parsed.openPoints) || said.includes('?')) return 'it is a question';
  if (isAmong(parsed.tasks)) return 'it is about the work, not the product';
  if (isAmong([...parsed.requirements, ...parsed.decisions])) return 'the rules have read it';
  const { words, figures } = contentOf(said);
  return words.size + figures.size < LEAST ? 'it says too little' : undefined;
}

function coveredBy({ criteria, nfrs }: DraftSpec, said: string): string | undefined {
  const { words, figures } = contentOf(said);
  const covering = [...criteria, ...nfrs].find(({ text, evidence }) =>
    [text, ...evidence.map(({ quote }) => quote)]
      .map(contentOf)
      .some((one) => [...words].every((word) => one.words.has(word)) && [...figures].every((figure) => one.figures.has(figure))),
  );
  return covering && `${covering.id} says it`;
}

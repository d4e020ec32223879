import { contentOf } from '../citations/content-words.ts';
import type { DraftSpec, GapQuestion } from '../model.ts';
import { measure } from '../../specs/meaning/quantities.ts';
import { PROPOSED_BY } from '../../specs/spec.ts';
import { verbatimIn } from '../../verbatim.ts';
import type { DraftInput } from '../steps/draft.ts';
import { givesOrders, paragraphAround } from './addressed.ts';
import type { Batch } from './batches.ts';
import type { Refinement } from './form.ts';
import type { Outcome } from './outcome.ts';

/** Characters of an answer. */
const LONGEST = 120;

/** A draft in which an open question has the answer that a source gives: a proposal, until somebody puts their name to it. */
export function proposed(
  draft: DraftSpec,
  { question: id, value, quote, source: number }: Refinement['answers'][number],
  { sources, questions }: Batch,
  { gaps, parsed, request }: DraftInput,
  model: string,
): Outcome {
  const question = draft.questions.find((one) => one.id === id);
  const gap = gaps.find((one) => one.id === id);
  if (!question || !gap || !questions.has(id) || question.answer !== undefined) return { rejected: 'nothing like that is asked' };
  const source = sources[number - 1];
  const place = source && verbatimIn(source.text, quote);
  const evidence = place && source.evidenceOf(place);
  if (!evidence) return { rejected: `source ${number} does not say so` };
  const said = value.trim();
  if (said === '' || said.length > LONGEST || !hasWhole(evidence.quote, said)) return { rejected: 'the value is not in the quote' };
  const around = paragraphAround(source.text, place);
  if (givesOrders(around)) return { rejected: 'it speaks to whoever drafts, not of the product' };
  if (contentOf(evidence.quote).negates && !contentOf(said).negates) return { rejected: 'the quote denies something, the value does not' };
  const isQuestion =
    evidence.quote.includes('?') ||
    [gap.about, ...parsed.openPoints.map((one) => one.quote)].some((asked) => gap.slot === 'open-point' && asked.includes(evidence.quote));
  if (isQuestion) return { rejected: 'a question is no answer' };
  if (
    evidence.node === `note:${request.thread}` &&
    parsed.exclusions.some((one) => one.quote.includes(evidence.quote) || evidence.quote.includes(one.quote))
  )
    return { rejected: 'the request does not want it' };
  if (!isOfQuestion(said, evidence.quote, question, gap)) return { rejected: 'it is about something else' };
  const answered = { ...question, answer: said, answeredBy: `${PROPOSED_BY}${model}`, proposal: [evidence] as const };
  return { draft: { ...draft, questions: draft.questions.map((one) => (one === question ? answered : one)) } };
}

/** Not a part of a word or a number. */
function hasWhole(text: string, value: string): boolean {
  const at = text.indexOf(value);
  const [before = '', after = ''] = [text[at - 1], text[at + value.length]];
  const isJoined = (outside: string, inside: string): boolean => /[\p{L}\p{N}]/u.test(outside) && /[\p{L}\p{N}]/u.test(inside);
  return (
    at >= 0 &&
    !isJoined(before, value[0] ?? '') &&
    !isJoined(after, value.at(-1) ?? '') &&
    !(/\d$/.test(value) && /^[.,]\d/.test(text.slice(at + value.length)))
  );
}

/** Words that join others: a value that ends on one is half of something. */
const JOINT =
  /^(?:and|or|but|of|to|in|as|that|so|for|by|with|which|is|are|be)\b|\b(?:and|or|but|of|to|in|as|the|an?|for|at|most|least|than|that|by|with|is|are|be|only|my|i)$/i;

/** A figure of the kind that is asked for, words of an option, or words of its own in a sentence that has words of the question. */
function isOfQuestion(
  value: string,
  quote: string,
  { text, options }: DraftSpec['questions'][number],
  { about, slot }: GapQuestion,
): boolean {
  if (JOINT.test(value) || !/^[\p{L}\p{N}]/u.test(value)) return false;
  const measured = (said: string): readonly string[] =>
    measure(said).quantities.flatMap(({ dimension }) => (dimension === 'number' ? [] : [dimension]));
  const wanted = new Set(options.flatMap(measured));
  if (measured(value).some((dimension) => wanted.has(dimension))) return true;
  const said = [...contentOf(value).words];
  const isOption = options.some((option) => {
    const words = [...contentOf(option).words];
    return words.length > 0 && words.every((word) => said.includes(word));
  });
  if (isOption) return true;
  // Of the words in brackets and of what it is about, any sentence of the request has some.
  const asked = contentOf(`${text.replace(/\([^()]*\)/g, ' ')} ${slot}`).words;
  const known = contentOf(`${text} ${about}`).words;
  return said.some((word) => !known.has(word)) && !about.includes(quote) && [...contentOf(quote).words].some((word) => asked.has(word));
}

import { contentOf } from '../citations/content-words.ts';
import type { DraftSpec } from '../model.ts';
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
  { sources }: Batch,
  { gaps, parsed, request }: DraftInput,
  model: string,
): Outcome {
  const question = draft.questions.find((one) => one.id === id);
  const gap = gaps.find((one) => one.id === id);
  if (!question || !gap || question.answer !== undefined) return { rejected: 'nothing like that is asked' };
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
  if (!isOfQuestion(said, evidence.quote, question, gap.about)) return { rejected: 'it is about something else' };
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

/** A figure of the kind that is asked for; else words in common. */
function isOfQuestion(value: string, quote: string, { text, options }: DraftSpec['questions'][number], about: string): boolean {
  const wanted = new Set(options.flatMap((option) => measure(option).quantities.map(({ dimension }) => dimension)));
  if (measure(value).quantities.some(({ dimension }) => dimension !== 'number' && wanted.has(dimension))) return true;
  const [said, asked] = [contentOf(quote).words, contentOf(`${text} ${about} ${options.join(' ')}`).words];
  return [...said].some((word) => asked.has(word));
}

import type { AgentRequest, Answer, ReviewComment } from '../../model.ts';
import { sentencesOf } from '../../parse/sentences.ts';
import { parseRequest, type ParsedRequest } from '../../steps/parse.ts';
import type { Saying } from '../saying.ts';
import { evidenceFrom } from './place-in-file.ts';

/** What a request wants, as things that would hold were it done. */
export function sayingsOfRequest({ thread, text, file }: AgentRequest, parsed: ParsedRequest): readonly Saying[] {
  const source = { path: file, text, lines: [] };
  const node = `note:${thread}`;
  const wanted = [...parsed.requirements, ...parsed.decisions].map(({ start, end }) => ({ start, end }));
  const passed = parsed.openPoints;
  const isCovered = (range: { start: number; end: number }, by: readonly { start: number; end: number }[]): boolean =>
    by.some(({ start, end }) => start < range.end && end > range.start);
  for (const block of linesOf(text))
    for (const range of sentencesOf(text, block))
      if (
        !isCovered(range, wanted) &&
        !isCovered(range, passed) &&
        !/\?[\s"”)]*$/.test(text.slice(range.start, range.end)) &&
        !/^\s*>/.test(text.slice(block.start, block.end))
      )
        wanted.push(range);
  return [...new Map(wanted.map((range) => [`${range.start}-${range.end}`, range])).values()]
    .toSorted((a, b) => a.start - b.start)
    .map(({ start, end }) => ({
      layer: 'request',
      evidence: evidenceFrom(source, node, start, end),
      text: text
        .slice(start, end)
        .replace(/^\s*(?:\[[^\]]{1,20}\]\s*)?[\p{L}. #]{2,25}:\s+/u, '')
        .replace(/^\s*[-*]\s+/, '')
        .replace(/\s+/g, ' '),
      context: '',
      document: node,
    }));
}

/** What people said later: answers to questions, and comments at a review. */
export function sayingsOfPeople(
  answers: readonly Answer[],
  comments: readonly ReviewComment[],
  questions: ReadonlyMap<string, string>,
): readonly Saying[] {
  return [
    ...answers.map(({ question, value, evidence }) => ({
      layer: 'request' as const,
      evidence,
      text: value,
      context: questions.get(question) ?? '',
      document: evidence.node,
    })),
    ...comments.flatMap(({ text, evidence }) => {
      const { requirements, decisions } = parseRequest(text);
      return [...requirements, ...decisions].map(({ quote }) => ({
        layer: 'request' as const,
        evidence,
        text: quote,
        context: '',
        document: evidence.node,
      }));
    }),
  ];
}

function linesOf(text: string): readonly { readonly start: number; readonly end: number }[] {
  const ranges: { start: number; end: number }[] = [];
  let at = 0;
  for (const row of text.split('\n')) {
    if (row.trim() !== '') ranges.push({ start: at, end: at + row.length });
    at += row.length + 1;
  }
  return ranges;
}

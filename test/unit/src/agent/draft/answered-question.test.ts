import { describe, expect, it } from 'vitest';
import { statementOf } from '../../../../../src/agent/draft/answered-question.ts';

describe('a question and its answer in one statement', () => {
  it.each([
    ['How long does such a session last?', '30 minutes tops', 'such a session should last 30 minutes tops'],
    ['ok, and how large may a photo be?', 'Yes, 10 MB.', 'a photo may be 10 MB'],
    ['How many seats can a guest book?', '4', 'a guest can book 4 seats'],
    ['Who can restore it?', 'only the owner', 'only the owner can restore it'],
    ['Should the mail show the picture?', 'yes', 'the mail should show the picture'],
    ['Do we tell the reader?', 'Yes!', 'we should tell the reader'],
    ['Nice. Can we keep the old one?', 'yes, 30 days', 'we can keep the old one, 30 days'],
  ])('%s %s', (question, answer, statement) => {
    expect(statementOf(question, answer)).toBe(statement);
  });

  it.each([
    ['for how long?', '15 minutes'],
    ['Can we keep the old one?', 'no'],
    ['Who can restore it?', 'I think we should ask legal first, they know what happened with the last one'],
    ['', 'yes'],
    ['?', '?'],
  ])('none of %s %s', (question, answer) => {
    expect(statementOf(question, answer)).toBeUndefined();
  });

  it('takes bounded time on what has no end', () => {
    const started = performance.now();
    statementOf(`how many ${'a '.repeat(50_000)}?`, 'yes '.repeat(50_000));
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { parseRequest } from '../../../../src/agent/steps/parse.ts';
import { answerParseBatch } from '../../../../src/cli/batch.ts';

test('texts in, what is in each out, in order; a line that is none is answered with an error', async () => {
  const printed: string[] = [];
  const context = { print: (text: string) => void printed.push(text), note: () => undefined, fail: () => undefined };
  const lines = ['{"id":"a","text":"As a tenant, I want to report a leak."}', '{"id":2,"text":""}', 'no JSON', '{"id":"c"}'];
  await answerParseBatch(Readable.from([`${lines.join('\r\n')}\n`]), context, parseRequest);
  const answers = printed.map(
    (line) => JSON.parse(line) as { id: unknown; spans?: unknown[]; requirements?: unknown[]; error?: { code: string } },
  );
  expect(answers.map(({ id, requirements, error }) => [id, requirements?.length ?? error?.code])).toEqual([
    ['a', 1],
    [2, 0],
    [null, 'BAD_INPUT'],
    ['c', 'BAD_INPUT'],
  ]);
  expect(answers[0]!.spans).toEqual([
    { label: 'Persona', start: 5, end: 11 },
    { label: 'Action', start: 23, end: 29, primary: true },
    { label: 'Entity', start: 32, end: 36 },
  ]);
});

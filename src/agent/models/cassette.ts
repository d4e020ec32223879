import { createHash } from 'node:crypto';
import { appendFile, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { PlatformError, messageOf, throwIfAborted } from '../../../graph/errors.ts';
import type { ChatAnswer, ChatModel, ChatQuestion } from '../chat-model.ts';

/** A line of a cassette. The question is there for people to read; it is found by its key. */
const Recorded = z.object({
  key: z.string(),
  question: z.unknown(),
  answer: z.object({
    text: z.string(),
    model: z.string(),
    usage: z.object({ inputTokens: z.int().min(0), outputTokens: z.int().min(0) }),
  }),
});
type Recorded = z.infer<typeof Recorded>;

/**
 * Answers from a file of recorded answers (one JSON object a line). A question that is not in it goes to `model`, whose answer
 * is recorded; without a model it is `CHAT_FAILED`. Recorded answers cost nothing.
 */
export async function openCassette(file: string, model?: ChatModel): Promise<ChatModel> {
  const answers = await readAnswers(file);
  return {
    name: model?.name ?? `recorded answers in ${file}`,
    async answer(question, { signal } = {}) {
      throwIfAborted(signal);
      const key = keyOf(question);
      const known = answers.get(key);
      if (known !== undefined) return known;
      if (model === undefined) throw unrecorded(file, key, question);
      const { cost, ...answer } = await model.answer(question, signal ? { signal } : {});
      answers.set(key, answer);
      await mkdir(path.dirname(file), { recursive: true });
      await appendFile(file, `${JSON.stringify({ key, question, answer } satisfies Recorded)}\n`);
      return { ...answer, ...(cost === undefined ? {} : { cost }) };
    },
  };
}

async function readAnswers(file: string): Promise<Map<string, ChatAnswer>> {
  const answers = new Map<string, ChatAnswer>();
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return answers; // nothing is recorded yet
    throw new PlatformError('BAD_INPUT', `Cannot read the cassette ${file}: ${messageOf(error)}`, { cause: error });
  }
  for (const [at, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const recorded = readLine(line);
    if (recorded === undefined)
      throw new PlatformError('BAD_INPUT', `${file}:${at + 1} is no recorded answer. Delete the line to have it recorded again.`);
    answers.set(recorded.key, recorded.answer);
  }
  return answers;
}

function readLine(line: string): Recorded | undefined {
  try {
    return Recorded.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
}

/** Hash of all that decides the answer, whatever the order of its fields. */
const keyOf = ({ system, messages, schema, maxTokens }: ChatQuestion): string =>
  createHash('sha256')
    .update(JSON.stringify(sorted([system, messages.map(({ role, content }) => [role, content]), schema, maxTokens])))
    .digest('hex');

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
};

const EXCERPT = 120;

function unrecorded(file: string, key: string, { messages }: ChatQuestion): PlatformError {
  const asked = messages.at(-1)?.content.slice(0, EXCERPT) ?? '';
  return new PlatformError(
    'CHAT_FAILED',
    `${file} holds no answer to "${asked}". Set chat.model (SPECGRAPH_CHAT_MODEL) to have one recorded.`,
    { details: { reason: 'unrecorded', key } },
  );
}

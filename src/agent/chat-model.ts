import { z } from 'zod';
import { PlatformError } from '../../graph/errors.ts';

export interface ChatMessage {
  readonly role: 'user' | 'assistant';
  readonly content: string;
}

/** Plain data, so that what was asked can be recorded and recognised. */
export interface ChatQuestion {
  /** Who the model is and what rules it follows. */
  readonly system?: string;
  readonly messages: readonly ChatMessage[];
  /** Form of the answer; absent, it is free text. */
  readonly schema?: { readonly name: string; readonly json: Readonly<Record<string, unknown>> };
  /** Most tokens of the answer. A longer one is an error, never half an answer. */
  readonly maxTokens?: number;
}

export interface ChatAnswer {
  /** Free text, or JSON where the question has a schema. Never empty. */
  readonly text: string;
  /** What answered, as it calls itself. */
  readonly model: string;
  /** Zero where the endpoint does not say. */
  readonly usage: { readonly inputTokens: number; readonly outputTokens: number };
  /** In the currency of the prices in the settings; absent without prices, and when nothing was asked. */
  readonly cost?: number;
}

/** A language model that is asked one thing at a time and remembers nothing. */
export interface ChatModel {
  /** For people: the model, or where its recorded answers are. */
  readonly name: string;
  /**
   * Throws `ABORTED` when the signal fires; `CHAT_FAILED` when there is no whole answer, with why in `details.reason`:
   * a failure of the endpoint (src/model-failure.ts), `refused` (it does not want to), `truncated` (it ran out of tokens),
   * `empty`, or `unrecorded` (of a cassette).
   */
  answer(question: ChatQuestion, options?: { readonly signal?: AbortSignal }): Promise<ChatAnswer>;
}

/** How to ask for an answer of a certain form: the name that the model sees, and what the answer is read with. */
export interface AnswerForm<S extends z.ZodType> {
  readonly name: string;
  /** Objects of required fields; what may be missing is nullable, for strict endpoints know no optional fields. */
  readonly schema: S;
}

/** Asks for an answer that a schema reads. Throws `CHAT_FAILED` also when it does not fit (`details.reason` = `schema`). */
export async function answerAs<S extends z.ZodType>(
  model: ChatModel,
  { name, schema }: AnswerForm<S>,
  question: Omit<ChatQuestion, 'schema'>,
  options: { readonly signal?: AbortSignal } = {},
): Promise<ChatAnswer & { readonly value: z.output<S> }> {
  const answer = await model.answer({ ...question, schema: { name, json: z.toJSONSchema(schema) } }, options);
  const parsed = schema.safeParse(jsonOf(answer.text));
  if (parsed.success) return { ...answer, value: parsed.data };
  const problems = parsed.error.issues.map(({ path: at, message }) => (at.length === 0 ? message : `${at.join('.')}: ${message}`));
  throw new PlatformError('CHAT_FAILED', `${model.name} did not answer in the form of ${name}. ${problems.join('; ')}.`, {
    details: { reason: 'schema', problems, usage: answer.usage },
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

import { z } from 'zod';
import { messageOf, PlatformError, throwIfAborted } from '../../../graph/errors.ts';
import { canonicalJson, sha256 } from '../../../ingest/parse/canonical-json.ts';
import { visible } from '../../visible.ts';
import { answerAs, type ChatAnswer, type ChatModel, type ChatQuestion } from '../chat-model.ts';
import type { Doer } from '../thread/record.ts';
import type { Batch } from './batches.ts';
import { AGAIN, FORM, RULES, type Refinement } from './form.ts';

const MOST_ANSWER_TOKENS = 3000;
const LONGEST_NAME = 100;

/** What a model said of one batch. */
export interface Suggestion {
  readonly batch: Batch;
  readonly said: Refinement;
}

export interface Asked {
  readonly suggestions: readonly Suggestion[];
  /** What was not answered, and why. */
  readonly notes: readonly string[];
  /** What was asked; undefined where nothing was. */
  readonly by?: Extract<Doer, { readonly kind: 'model' }>;
  /** Some of it was not answered, though it may be another time: a refusal is an answer, a broken connection is none. */
  readonly isOpen: boolean;
}

/** What goes wrong with one answer; with everything else the next question would have none, either. */
const PASSING: ReadonlySet<string> = new Set(['schema', 'refused', 'truncated', 'empty']);
/** What the model said, though it is of no use. */
const ANSWERED: ReadonlySet<string> = new Set(['schema', 'refused', 'truncated']);
const Usage = z.object({ inputTokens: z.number(), outputTokens: z.number() });

/**
 * Asks a model about each batch, one after the other; once again where the answer had another form. A batch without an answer is a
 * note, never an error. Throws `ABORTED`.
 */
export async function askAll(model: ChatModel, batches: readonly Batch[], signal?: AbortSignal): Promise<Asked> {
  const suggestions: Suggestion[] = [];
  const notes: string[] = [];
  const prompts: string[] = [];
  const used: Used[] = [];
  let isOpen = false;
  const ask = async (messages: ChatQuestion['messages']): Promise<Refinement | Failure> => {
    prompts.push(canonicalJson([RULES, messages, z.toJSONSchema(FORM.schema)]));
    try {
      const question = { system: RULES, messages, maxTokens: MOST_ANSWER_TOKENS };
      const { value, ...answer } = await answerAs(model, FORM, question, signal ? { signal } : {});
      used.push(answer);
      return value;
    } catch (error) {
      throwIfAborted(signal);
      if (error instanceof PlatformError && error.code === 'ABORTED') throw error;
      const details = error instanceof PlatformError ? error.details : {};
      const usage = Usage.safeParse(details['usage']);
      if (usage.success) used.push({ usage: usage.data });
      return { reason: typeof details['reason'] === 'string' ? details['reason'] : 'failed', message: messageOf(error) };
    }
  };
  for (const batch of batches) {
    const question = { role: 'user', content: batch.content } as const;
    const first = await ask([question]);
    const said = 'reason' in first && first.reason === 'schema' ? await ask([question, { role: 'user', content: AGAIN }]) : first;
    if (!('reason' in said)) {
      suggestions.push({ batch, said });
      continue;
    }
    notes.push(`no answer (${said.reason}): ${said.message}`);
    if (!ANSWERED.has(said.reason)) isOpen = true;
    if (!PASSING.has(said.reason)) break;
  }
  const by = doerOf(model, prompts, used);
  return { suggestions, notes, isOpen, ...(by ? { by } : {}) };
}

type ModelDoer = NonNullable<Asked['by']>;
type Used = Pick<ChatAnswer, 'usage' | 'cost'> & { readonly model?: string };

interface Failure {
  readonly reason: string;
  readonly message: string;
}

function doerOf({ name }: ChatModel, prompts: readonly string[], used: readonly Used[]): ModelDoer | undefined {
  if (prompts.length === 0) return undefined;
  const sum = (of: (one: Used) => number): number => used.reduce((total, one) => total + of(one), 0);
  const answering = used.find(({ model }) => model !== undefined)?.model ?? name;
  return {
    kind: 'model',
    model: visible(answering.trim()).slice(0, LONGEST_NAME),
    prompt: sha256(prompts.join('\n')),
    inputTokens: sum(({ usage }) => usage.inputTokens),
    outputTokens: sum(({ usage }) => usage.outputTokens),
    ...(used.some(({ cost }) => cost !== undefined) ? { cost: sum(({ cost = 0 }) => cost) } : {}),
  };
}

import { AIMessage, HumanMessage, SystemMessage } from '@langchain/core/messages';
import { ChatOpenAICompletions } from '@langchain/openai';
import { z } from 'zod';
import { PlatformError, throwIfAborted } from '../../../graph/errors.ts';
import type { ChatConfig } from '../../config.ts';
import { modelError } from '../../model-failure.ts';
import { createModelFetch, NO_KEY, NO_TIMEOUT, PATIENCE } from '../../model-fetch.ts';
import type { ChatAnswer, ChatModel, ChatQuestion } from '../chat-model.ts';

const Tokens = z.int().min(0).catch(0);
/** What is relied on in a completion. */
const Completion = z.object({
  model: z.string().optional(),
  choices: z.tuple(
    [
      z.object({
        finish_reason: z.string().nullish(),
        message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }),
      }),
    ],
    z.unknown(),
  ),
  usage: z.object({ prompt_tokens: Tokens, completion_tokens: Tokens }).nullish(),
});

/** A model behind an OpenAI-compatible endpoint. No request is made before the first question. */
export function createOpenAIChatModel({ model, ...config }: ChatConfig & { readonly model: string }, patience = PATIENCE): ChatModel {
  const who = `The chat model ${model} at ${config.url}`;
  const modelFetch = createModelFetch(config, patience);
  const failed = (reason: string, what: string, next: string, usage: ChatAnswer['usage']): PlatformError =>
    new PlatformError('CHAT_FAILED', `${who} ${what}. ${next}`, { details: { reason, usage } });

  return {
    name: model,
    async answer(question, { signal } = {}) {
      throwIfAborted(signal);
      let raw: unknown; // LangChain drops refusals, and throws whole answers away where the end is missing
      const client = new ChatOpenAICompletions({
        model,
        apiKey: NO_KEY,
        streaming: false,
        maxRetries: 0,
        timeout: NO_TIMEOUT,
        ...(question.maxTokens === undefined ? {} : { maxTokens: question.maxTokens }),
        ...(config.temperature === undefined ? {} : { temperature: config.temperature }),
        configuration: {
          baseURL: config.url,
          adminAPIKey: null,
          organization: null,
          project: null,
          webhookSecret: null,
          logLevel: 'off',
          async fetch(url, init) {
            const response = await modelFetch(url, init);
            raw = await response.clone().json();
            return response;
          },
        },
      });
      try {
        // Not invoke(): that hands questions and answers to LangSmith, or prints them, when the environment says so.
        await client._generate(messagesOf(question), optionsOf(question, signal));
      } catch (error) {
        if (raw === undefined || signal?.aborted) throw modelError('CHAT_FAILED', who, error, signal);
      }
      const completion = Completion.safeParse(raw);
      const none = { inputTokens: 0, outputTokens: 0 };
      if (!completion.success)
        throw failed('malformed', 'answers without a message', 'Check that the url is that of an OpenAI-compatible API.', none);
      const { usage: used, choices, model: answering = model } = completion.data;
      const [{ finish_reason: end, message }] = choices;
      const usage = { inputTokens: used?.prompt_tokens ?? 0, outputTokens: used?.completion_tokens ?? 0 };
      if (message.refusal || end === 'content_filter') {
        throw failed('refused', `refuses to answer: ${message.refusal || 'its content filter stopped it'}`, 'Ask differently.', usage);
      }
      if (end === 'length')
        throw failed('truncated', 'ran out of tokens before the end of its answer', 'Allow more, or ask for less.', usage);
      const text = message.content?.trim() ?? '';
      if (text === '') throw failed('empty', 'answers nothing', 'Ask again, or configure another model.', usage);
      return { text, model: answering, usage, ...costOf(usage, config.price) };
    },
  };
}

const messagesOf = ({ system, messages }: ChatQuestion) => [
  ...(system === undefined ? [] : [new SystemMessage(system)]),
  ...messages.map(({ role, content }) => (role === 'user' ? new HumanMessage(content) : new AIMessage(content))),
];

function optionsOf({ schema }: ChatQuestion, signal: AbortSignal | undefined) {
  const form = schema && { type: 'json_schema' as const, json_schema: { name: schema.name, schema: { ...schema.json }, strict: true } };
  return { ...(signal === undefined ? {} : { signal }), ...(form === undefined ? {} : { response_format: form }) };
}

const MILLION = 1e6;

const costOf = ({ inputTokens, outputTokens }: ChatAnswer['usage'], price: ChatConfig['price']): { readonly cost?: number } =>
  price === undefined ? {} : { cost: (inputTokens * price.input + outputTokens * price.output) / MILLION };

import type { ChatConfig } from '../../config.ts';
import type { ChatModel } from '../chat-model.ts';

/**
 * Opens the chat model that is configured; undefined = there is none, and nothing is ever asked. The only place that names
 * adapters; each is loaded when opened. Throws `BAD_INPUT` for a cassette that cannot be read.
 */
export async function openChatModel({ model, cassette, ...config }: ChatConfig): Promise<ChatModel | undefined> {
  const live = model === undefined ? undefined : (await import('./openai.ts')).createOpenAIChatModel({ ...config, model });
  return cassette === undefined ? live : (await import('./cassette.ts')).openCassette(cassette, live);
}

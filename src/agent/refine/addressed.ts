import type { Stretch } from '../../verbatim.ts';

/**
 * Ways in which a text speaks to whoever drafts instead of saying what the product shall do. No list of these is complete: it keeps
 * orders from becoming demands, and what slips through is still a quote that people review.
 */
const ORDERS: readonly RegExp[] = [
  /\b(?:ignore|disregard|forget|override|bypass)\b[^.!?]{0,40}\b(?:instructions?|rules?|prompts?|above|previous|prior|guidelines|everything)\b/i,
  /\b(?:system|developer|hidden) (?:prompt|message|instructions?)\b/i,
  /\byou are (?:now |no longer )?(?:an? |the )?(?:\w+ )?(?:ai|assistant|language model|llm|agent|chatbot|gpt[\w-]*|claude)\b/i,
  /\b(?:approve|accept|merge|sign off(?: on)?|publish)\s+(?:this|the) (?:spec|specification|draft|pr|pull request)\b/i,
  /\b(?:add|insert|write|invent|create)\s+(?:an? |another |the |this |these |some )?(?:acs?\b|nfrs?\b|acceptance criteri\w+|criteri(?:on|a))/i,
  /\b(?:cite|quote)\s+(?:adr|policy|spec|code|api|table|doc|note)\s*:/i,
  /\b(?:as an ai|jailbreak|prompt injection)\b/i,
  /<\/?(?:system|assistant|user|instructions?)>|\[\/?(?:INST|SYSTEM)\]|<\|[a-z_]+\|>/i,
];

export const givesOrders = (text: string): boolean => ORDERS.some((order) => order.test(text));

const BREAK = /\n[ \t]*\r?\n|\\n\\n/g;

/** The paragraph around a stretch of a text, also where that is a line of JSON. */
export function paragraphAround(text: string, { start, end }: Stretch): string {
  let from = 0;
  for (const { index, 0: mark } of text.matchAll(BREAK)) {
    if (index >= end) return text.slice(from, index);
    if (index + mark.length <= start) from = index + mark.length;
  }
  return text.slice(from);
}

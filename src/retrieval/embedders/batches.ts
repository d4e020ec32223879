/** Characters in one request: some 50,000 tokens of code, a sixth of what OpenAI takes. */
const MOST_CHARACTERS = 200_000;

/** Cuts texts into batches for one request each, in order. No text is empty, for endpoints refuse that, or longer than `longest`. */
export function batchesOf(
  texts: readonly string[],
  most: { readonly texts: number; readonly longest: number },
): readonly (readonly string[])[] {
  const batches: string[][] = [];
  let characters = 0;
  for (const whole of texts) {
    const text = sendable(whole, most.longest);
    const batch = batches.at(-1);
    if (batch !== undefined && batch.length < most.texts && characters + text.length <= MOST_CHARACTERS) {
      batch.push(text);
      characters += text.length;
    } else {
      batches.push([text]);
      characters = text.length;
    }
  }
  return batches;
}

/** Lone halves of surrogate pairs, from the cut or from before it, are no UTF-8. */
const sendable = (text: string, longest: number): string =>
  text.trim() === '' ? ' ' : text.slice(0, longest).replaceAll(/[\uD800-\uDFFF]/gu, '\uFFFD');

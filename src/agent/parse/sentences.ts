import type { Range } from './story.ts';

/** After these a point ends nothing. */
const NEVER = /(?:^|[\s(])(?:e\.g|i\.e|vs|dr|mr|mrs|ms|st|cf|a\.k\.a)\.$/iu;
/** After these it does when a capital follows. */
const ABBREVIATED = /(?:^|[\s(])(?:etc|approx|max|min|incl|excl|resp|fig|sec|dept|ca|no|nr|hrs?|mins?|secs?)\.$/iu;
const MARK = /[.!?…]+["'”’)\]*_`]*(?=\s|$)|;(?=\s+(?:and|but|then|also|the|we|it|users?)\b)/gu;

/**
 * Sentences of a stretch of a text, without the blanks around them. A sentence ends with its mark, or where the stretch ends;
 * a point inside of a number, a name ("cloud.gov") or an abbreviation ends none.
 */
export function sentencesOf(text: string, { start, end }: Range): readonly Range[] {
  const sentences: Range[] = [];
  let from = start;
  const add = (to: number): void => {
    const said = text.slice(from, to);
    const trimmed = said.trim();
    if (trimmed !== '') {
      const at = from + said.indexOf(trimmed);
      sentences.push({ start: at, end: at + trimmed.length });
    }
    from = to;
  };
  for (const { 0: mark, index } of text.slice(start, end).matchAll(MARK)) {
    const at = start + index + mark.length;
    if (mark === '.' && isAbbreviation(text.slice(Math.max(from, at - 12), at), text.slice(at, Math.min(end, at + 4)))) continue;
    add(at);
  }
  add(end);
  return sentences;
}

function isAbbreviation(before: string, after: string): boolean {
  return (
    NEVER.test(before) ||
    (ABBREVIATED.test(before) && !/^\s+\p{Lu}|^\s*$/u.test(after) && !(/no\.$/iu.test(before) && /^\s*\p{L}/u.test(after)))
  );
}

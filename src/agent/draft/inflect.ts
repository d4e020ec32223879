/** English as far as sentences are turned: `upload` to `uploads`, `must be` to `is`, `my` to `their`. */

const IRREGULAR: Readonly<Record<string, string>> = { be: 'is', have: 'has', do: 'does', go: 'goes' };

/** The form of a verb behind `a user`. */
export function thirdPerson(verb: string): string {
  const lower = verb.toLowerCase();
  const known = IRREGULAR[lower];
  if (known !== undefined) return known;
  if (/(?:s|x|z|ch|sh)$/.test(lower)) return `${verb}es`;
  return /[^aeiou]y$/.test(lower) ? `${verb.slice(0, -1)}ies` : `${verb}s`;
}

/** `export` becomes `exporting`, `delete` `deleting`, `log` `logging`. */
export function gerund(verb: string): string {
  if (/(?:[^aeioy]|[^aeo]i)e$/i.test(verb)) return `${verb.slice(0, -1)}ing`;
  return /^[^aeiou]*[aeiou][bdglmnprt]$/i.test(verb) ? `${verb}${verb.at(-1)}ing` : `${verb}ing`;
}

/** Whether a subject is more than one: `users`, `all files`, `a and b`. */
export const isPlural = (subject: string): boolean => {
  const head = subject.replace(
    /\s+(?:of|in|on|at|for|from|with|by|to|that|which|who|after|before|between|per|under|over|without|within)\b.*$/i,
    '',
  );
  if (/^(?:a|an|each|every|one|this|that|no single)\b/i.test(head)) return false;
  return (
    /^(?:they|we|these|those|both|all|many|several|people)\b|\band\b/i.test(head) ||
    /(?:[^siu']s|ies|people|children|data|media)$/i.test(head)
  );
};

/** What stands behind a modal, as a statement about `subject`: `be resized` becomes `are resized`, `not expire` `do not expire`. */
export function stated(subject: string, predicate: string): string {
  const plural = isPlural(subject);
  const [, not, verb = '', after = ''] = /^(not\s+|never\s+|only\s+|also\s+|always\s+)?(\S+)(.*)$/is.exec(predicate) ?? [];
  const adverb = not?.trim().toLowerCase();
  const rest = after.replace(
    /\b(and|or|but)\s+(not\s+)?be\b/gi,
    (_, joint: string, no: string = '') => `${joint} ${plural ? 'are' : 'is'}${no === '' ? '' : ' not'}`,
  );
  if (/^be$/i.test(verb)) return `${plural ? 'are' : 'is'}${adverb === undefined ? '' : ` ${adverb}`}${rest}`;
  if (adverb === 'not') return `${plural ? 'do' : 'does'} not ${verb}${rest}`;
  return `${adverb === undefined ? '' : `${adverb} `}${plural ? verb : thirdPerson(verb)}${rest}`;
}

const ABOUT_THEM: readonly (readonly [RegExp, string])[] = [
  [/\bI(?:['’]m| am|['’]re)\b|\bwe(?:['’]re| are)\b/gi, 'they are'],
  [/\bI(?:['’]ve| have)\b|\bwe(?:['’]ve| have)\b/gi, 'they have'],
  [/\bI was\b/g, 'they were'],
  [/\bmy\b|\bour\b/gi, 'their'],
  [/\bmine\b|\bours\b/gi, 'theirs'],
  [/\bme\b/g, 'them'],
  [/\bmyself\b|\bourselves\b/gi, 'themselves'],
  [/\bI\b/g, 'they'],
  [/\bwe\b/gi, 'they'],
];

/** What somebody says of themselves, said of them. */
export const aboutThem = (text: string): string => ABOUT_THEM.reduce((said, [pattern, word]) => said.replace(pattern, word), text);

/** `A user` within a sentence; names and abbreviations keep their capitals. */
export const lowered = (text: string): string =>
  /^(?:I\b|\p{Lu}{2,}|\p{Lu}\p{Ll}*\p{Lu}|\p{Lu}\w*\d)/u.test(text) ? text : text.replace(/^\p{Lu}/u, (letter) => letter.toLowerCase());

export const raised = (text: string): string => text.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());

/** `user` becomes `a user`; what has an article, or is more than one, stays. */
export const withArticle = (name: string): string =>
  /^(?:an?|the|any|each|every|all|only|no|some|our|their|its|my|your)\b/i.test(name) || isPlural(name) || /^\p{Lu}/u.test(name)
    ? name
    : `${/^(?:[aeio]|u(?!s|ni|ti))/i.test(name) ? 'an' : 'a'} ${name}`;

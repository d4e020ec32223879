const IRREGULAR: Readonly<Record<string, string>> = {
  ...{
    person: 'people',
    child: 'children',
    man: 'men',
    woman: 'women',
    datum: 'data',
    medium: 'media',
    index: 'indexes',
    analysis: 'analyses',
  },
};
const SAME = /^(?:data|media|people|children|men|women|news|series|species|information|feedback|content|metadata|software|equipment)$/;
/** End in s and are one. */
const ONE = /(?:ss|us|is)$/;

/** An English noun as several of it; what is several already stays. */
export function plural(noun: string): string {
  if (SAME.test(noun) || isPlural(noun)) return noun;
  if (Object.hasOwn(IRREGULAR, noun)) return IRREGULAR[noun]!;
  if (/[^aeiou]y$/.test(noun)) return `${noun.slice(0, -1)}ies`;
  return /(?:s|x|z|ch|sh)$/.test(noun) ? `${noun}es` : `${noun}s`;
}

/** The same as one of it. */
export function singular(noun: string): string {
  const irregular = Object.entries(IRREGULAR).find(([, many]) => many === noun)?.[0];
  if (irregular !== undefined) return irregular;
  if (SAME.test(noun) || !isPlural(noun)) return noun;
  if (noun.endsWith('ies')) return `${noun.slice(0, -3)}y`;
  return /(?:ss|x|z|ch|sh|us)es$/.test(noun) ? noun.slice(0, -2) : noun.slice(0, -1);
}

export const isPlural = (noun: string): boolean =>
  SAME.test(noun) || Object.values(IRREGULAR).includes(noun) || (/[a-z]{2}s$/.test(noun) && !ONE.test(noun));

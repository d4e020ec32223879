import { wordsOf } from '../parse/words.ts';

const TO_YOU: Readonly<Record<string, string>> = {
  i: 'you',
  me: 'you',
  my: 'your',
  mine: 'yours',
  myself: 'yourself',
  we: 'you',
  our: 'your',
  us: 'you',
};

/** A text about the user, said to them: `a user uploads my picture` -> `you upload your picture`. */
export function asToldToUser(text: string): string {
  const about =
    /^(?:an?|the|any|each|every)\s+(?:signed[- ]in\s+|authenticated\s+|registered\s+)?(?:user|member|customer|visitor|person|caller)\s+(?=[a-z])/i.exec(
      text,
    );
  const rest = about === null ? text : text.slice(about[0].length);
  const said = rest.replace(/\b(I am|I'm|I|me|my|mine|myself|we|our|us)\b/gi, (word) =>
    /^(?:i am|i'm)$/i.test(word) ? 'you are' : (TO_YOU[word.toLowerCase()] ?? word),
  );
  if (about === null) return said;
  const [verb = ''] = said.split(/\s/, 1);
  return `you ${/^(?:is|was)$/i.test(verb) ? (verb.toLowerCase() === 'is' ? 'are' : 'were') : /^has$/i.test(verb) ? 'have' : /^does$/i.test(verb) ? 'do' : plain(verb)}${said.slice(verb.length)}`;
}

function plain(verb: string): string {
  if (!/[a-z]s$/i.test(verb) || /ss$/i.test(verb)) return verb;
  if (/ies$/i.test(verb)) return `${verb.slice(0, -3)}y`;
  return /(?:ss|x|z|ch|sh)es$/i.test(verb) ? verb.slice(0, -2) : verb.slice(0, -1);
}

/** What follows `shall`, as what is the case: `store the picture` -> `stores the picture`. */
export function thirdPerson(response: string, subject: string, isNegated: boolean): string {
  const isMany = /(?:[a-z]{2}s|people)$/i.test(subject) && !/(?:ss|us|is)$/i.test(subject);
  const [first = '', ...rest] = response.split(' ');
  const is = isMany ? 'are' : 'is';
  if (/^be$/i.test(first)) return [is, ...(isNegated ? ['not'] : []), ...rest].join(' ');
  if (isNegated) return `${isMany ? 'do' : 'does'} not ${response}`;
  const [word] = wordsOf(response);
  // `automatically store`: the verb is not the first word.
  if (/ly$/i.test(first) && rest.length > 0) return `${first} ${thirdPerson(rest.join(' '), subject, false)}`;
  if (isMany || word === undefined || (/[a-z]s$/i.test(first) && !/ss$/i.test(first))) return response;
  const joined = rest
    .join(' ')
    .replace(
      /\b(and|or) (?=[a-z]+ (?:the|an?|its?|his|her|their)\b)([a-z]+)/g,
      (_, joint: string, verb: string) => `${joint} ${ending(verb)}`,
    );
  return `${ending(first)} ${joined}`.trim();
}

function ending(verb: string): string {
  if (/^have$/i.test(verb)) return 'has';
  if (/s$/i.test(verb) && !/ss$/i.test(verb)) return verb;
  if (/[^aeiou]y$/i.test(verb)) return `${verb.slice(0, -1)}ies`;
  return /(?:ss|x|z|ch|sh|o)$/i.test(verb) ? `${verb}es` : `${verb}s`;
}

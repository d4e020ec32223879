import { contentOf } from '../../specs/meaning/words.ts';

/** Longest text that is read for what it is about, in UTF-16 units. */
const LONGEST = 2000;
const SEAMS = /(?<=[\p{Ll}\p{N}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/gu;
/** Of paths: names of parameters say how a thing is found, not what it is. */
const PARAMETERS = /\{[^}]*\}|:[A-Za-z_]\w*/g;

/**
 * What a text is about: stems of its telling words, one for all that say the same ("photo", "picture" and "image"). Identifiers are
 * taken apart. In order, each once; numbers are none.
 */
export function conceptsOf(text: string): readonly string[] {
  const plain = text
    .slice(0, LONGEST)
    .replace(PARAMETERS, ' ')
    .replace(SEAMS, ' ')
    .replace(/[_./:#>-]+/g, ' ')
    .replace(/['’](?:s|re|d|ll|ve)\b/g, ' ')
    .toLowerCase()
    .replace(/\bin order to\b/g, ' ');
  return [...new Set([...contentOf(plain), ...kept(plain)])].filter((concept) => /^\p{L}{2,}/u.test(concept) && !IDLE.has(concept));
}

/** Words that say little in the sentences of a spec, and are what a shop is about. */
const kept = (plain: string): readonly string[] => ['order', 'product'].filter((word) => new RegExp(`\\b${word}s?\\b`).test(plain));

const concepts = (words: string): ReadonlySet<string> => new Set(contentOf(words));

/** What sentences of requests are made of, whatever they ask for. */
const IDLE = concepts(
  'my me mine want wish like would able ability possible support let accept have need please option functionality capability implement introduce offer provide story ticket issue feature lets don doesn just now some also other',
);
/** What things of most systems have in common: sharing it with a request makes nothing related by itself. */
const COMMON = concepts(
  'create update delete show list find get set read open close send choose click start finish use return check data information detail value item thing entry record user name id new own page screen view button form field link site website web app api v1 server client service controller handler module component type text time date day number first last old main current way kind part result response request error message success state status index test base common default simple system process run work code',
);

const DONE = concepts('create update delete show list find get set read open close send choose click start finish use return check');
/** Whether a word says what is done, with anything. */
export const isCommonVerb = (concept: string): boolean => DONE.has(concept);

/** Whether many things of any system are about it. */
export const isCommon = (concept: string): boolean => COMMON.has(concept);

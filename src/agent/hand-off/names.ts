import { hash } from 'node:crypto';
import { camelCase, capital, plainLetters } from '../word-case.ts';
import { plural as pluralOf, singular } from './plural.ts';

/** Words that a name does without. */
const FILLER = new Set(
  (
    'a an the this that these those it its their his her my our your of to for by with as is are be been being from in on at and or ' +
    'then so any all each every such only must shall will should may can'
  ).split(' '),
);
/** What names no function or member in TypeScript, or means something else there. */
const RESERVED = new Set(
  (
    'abstract any arguments as async await boolean break case catch class const constructor continue debugger declare default delete do else enum ' +
    'eval export extends false finally for from function get if implements import in instanceof interface let new null number object of package ' +
    'private protected prototype public return set static string super switch symbol then this throw true try type typeof undefined unknown ' +
    'valueof tostring var void while with yield'
  ).split(' '),
);
/** Words of a name that are kept; longer ones nobody reads. */
const MOST_WORDS = 6;
const LONGEST_WORD = 24;

/** The words of a text that names are made of: letters without accents and digits, in lower case. `imageUpload` is two. */
export const nameWords = (text: string): readonly string[] =>
  plainLetters(text.slice(0, 2000))
    .replace(/(?<=[a-z0-9])(?=[A-Z])/g, ' ')
    .replace(/(\d)[\s.](?=\d)/g, '$1_')
    .split(/[^A-Za-z0-9_]+/)
    .flatMap((word) => word.split('_'))
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase().slice(0, LONGEST_WORD));

/** The same in the singular, without those that are common where they are looked for. */
export const namedIn = (text: string, common: RegExp): ReadonlySet<string> =>
  new Set(
    nameWords(text)
      .map(singular)
      .filter((word) => !common.test(word)),
  );

/** Those that say something, the first six; all of them where none does. */
export function tellingWords(text: string): readonly string[] {
  const words = nameWords(text);
  const telling = words.filter(
    (word, at) => !FILLER.has(word) || (/^(?:in|out)$/.test(word) && /^(?:signed|logged|checked)$/.test(words[at - 1] ?? '')),
  );
  return (telling.length > 0 ? telling : words).slice(0, MOST_WORDS);
}

const startsWithLetter = (name: string, prefix: string): string => (/^[a-z]/i.test(name) ? name : `${prefix}${name}`);

export const kebab = (words: readonly string[]): string => words.join('-');
export const pascal = (words: readonly string[]): string => startsWithLetter(words.map(capital).join(''), 'N');
export function camel(words: readonly string[]): string {
  const name = startsWithLetter(camelCase(words), 'n');
  return RESERVED.has(name.toLowerCase()) ? `${name}It` : name;
}

/** Words that stand for a feature in names of files and code: never empty, whatever it is called. */
export function featureWords(feature: string): readonly string[] {
  const words = nameWords(feature.replace(/^SPEC-/, '')).slice(0, 8);
  return words.length > 0 && /[a-z]/.test(words.join('')) ? words : ['feature', hash('sha256', feature).slice(0, 8)];
}

/** Hands out each name once: what is taken gets the words of its criterion, then a number. */
export function createNames(): (name: string, id: string) => string {
  const taken = new Set<string>();
  return (name, id) => {
    const candidates = [name, `${name}${pascal(nameWords(id))}`];
    for (let number = 2; ; number++) {
      const free = candidates.find((candidate) => !taken.has(candidate.toLowerCase()));
      if (free !== undefined) {
        taken.add(free.toLowerCase());
        return free;
      }
      candidates.push(`${name}${pascal(nameWords(id))}${number}`);
    }
  };
}

/** The last word in the plural: `order`, `exports` -> `orderExports` by whoever joins them. */
export function pluralWords(words: readonly string[]): readonly string[] {
  return [...words.slice(0, -1), ...words.slice(-1).map(pluralOf)];
}

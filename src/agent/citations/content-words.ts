import { stemmer } from 'stemmer';

/**
 * Words that say nothing by themselves, and those that the patterns of EARS put around what is said: `the X shall let … do …`,
 * `ensure that …`. Negations and `only` are not among them: with one of those a sentence says something else.
 */
const FRAME = new Set(
  (
    'a an the this that these those it its they them their theirs there here i me my we us our ours you your he she his her one oneself themselves ourselves myself yourself ' +
    'is are be been being am was were do does did done has have had having of to in on at by for from with as into onto upon and or but so then ' +
    'which who whom whose when whenever if while where once unless will shall must should may can could might would also please just ' +
    'let lets allow allows ensure ensures provide provides make makes possible require requires accept accepts satisfy keep keeps able need needs needed what ' +
    'want wants like such each every any all both either about than'
  ).split(' '),
);
const NEGATION = /^(?:not|never|no|nobody|nothing|none|neither|nor|cannot|without|unless)$|n['’]t$/i;
const TOKEN = /\d+(?:[.,]\d+)*|[\p{L}][\p{L}\p{M}]*(?:['’][\p{L}]+)*|[%€$£]/gu;

/** What a text says, as far as a program can compare it: words as stems, figures with what is counted, and whether it denies. */
export interface Content {
  readonly words: ReadonlySet<string>;
  /** `5 mb`, `413`: each number with the word behind it. */
  readonly figures: ReadonlySet<string>;
  readonly negates: boolean;
}

/** The words of names are words: `UploadService` is `upload` and `service`. */
const apart = (text: string): string => text.replace(/(?<=[\p{Ll}\d])(?=\p{Lu})/gu, ' ').replace(/(?<=\p{Lu})(?=\p{Lu}\p{Ll})/gu, ' ');

export function contentOf(text: string): Content {
  const words = new Set<string>();
  const figures = new Set<string>();
  let negates = false;
  let number: string | undefined;
  for (const [token] of apart(unescaped(text)).matchAll(TOKEN)) {
    if (/^\d/.test(token)) {
      if (number !== undefined) figures.add(number);
      number = token.replace(/,(?=\d{3})/g, '');
      continue;
    }
    const lower = token.toLowerCase().replaceAll('’', "'");
    const stem = stemOf(lower);
    if (number !== undefined) {
      figures.add(FRAME.has(lower) || NEGATION.test(lower) ? number : `${number} ${stem}`);
      number = undefined;
    }
    if (NEGATION.test(lower)) negates = true;
    else if (!FRAME.has(lower.replace(/'(?:s|d|m|re|ll|ve)$/, ''))) words.add(stem);
  }
  if (number !== undefined) figures.add(number);
  return { words, figures, negates };
}

/** The words of a text as stems, one after the other, each as often as it is there. */
export const stemsIn = (text: string): readonly string[] => text.split(/\s+/).flatMap((word) => [...contentOf(word).words]);

const stemOf = (word: string): string => stemmer(word.replace(/'s$/, '').replace(/^goes$/, 'go'));

/** What an export as JSON writes as `\n` and `\"` is a line break and a quotation mark to people. */
const unescaped = (text: string): string =>
  text.includes('\\')
    ? text
        .replace(/\\[nrt]/g, ' ')
        .replace(/\\(["\\/])/g, '$1')
        .replace(/\\u([\da-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : text;

/** Equal but for white space, marks of a list or emphasis, quotation marks and the point at the end. */
export const plain = (text: string): string =>
  unescaped(text)
    .normalize('NFC')
    .replace(/\*\*|__|[`"“”]/g, '')
    .replace(/[‘’]/g, "'")
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[.!;,]+$/, '')
    .toLowerCase();

/** What of a sentence is in none of the texts it rests on, in words for people; empty where all of it is. */
export function unfounded(sentence: string, texts: readonly string[], besides: readonly string[] = []): readonly string[] {
  const said = contentOf(sentence);
  const known = [...texts, ...besides].map(contentOf);
  const missing = [
    ...[...said.words].filter((word) => !known.some(({ words }) => words.has(word))),
    ...[...said.figures].filter((figure) => !known.some(({ figures }) => figures.has(figure) || figures.has(withoutUnit(figure, said)))),
  ];
  const denied = texts.some((text) => contentOf(text).negates);
  if (said.negates !== denied) missing.push(denied ? 'a negation that the quote has' : 'a negation');
  return missing;
}

/** A number at the end of a clause has the next word behind it by chance: `at most 5, then …`. Only what is a word of the sentence is dropped. */
function withoutUnit(figure: string, { words }: Content): string {
  const [number = '', unit] = figure.split(' ');
  return unit !== undefined && words.has(unit) && !UNITS.test(unit) ? number : figure;
}
const UNITS =
  /^(?:ns|µs|us|ms|s|sec|second|min|minut|h|hour|d|dai|day|week|month|year|b|byte|kb|mb|gb|tb|kib|mib|gib|tib|px|pixel|%|percent|charact|dpi)$/;

import { hash } from 'node:crypto';
import type { ParsedRequest, Requirement } from '../steps/parse.ts';
import { storiesOf } from '../parse/story.ts';

/** Words that every feature has, and those that only point. */
const FILLER = new Set(
  'a an the this that these those my our your their its his her some any all each every new feature features functionality support option options ability possibility way system app application product please able allow allows let lets want wants need needs would like of for to in on at by with from and or as so be is are it we i user users customer customers people'.split(
    ' ',
  ),
);
const MOST_WORDS = 4;
const MOST_LETTERS = 40;

/** What a request is about: the requirement with a story, else the first with something to do, else the first. */
export const mainOf = ({ requirements }: ParsedRequest): Requirement | undefined =>
  requirements.find(({ quote, said = quote }) => storiesOf(said).length > 0) ??
  requirements.find(({ actions, objects, constraints }) => actions.length > 0 && objects.length > 0 && constraints.length === 0) ??
  requirements[0];

/** `imageUpload` for "an image upload feature": what is done and with what, in the order in which it is said. */
export function nameFeature(parsed: ParsedRequest, text: string): string {
  const main = mainOf(parsed);
  const action = main?.actions[0];
  const objects = main?.objects.filter(({ quote }) => wordsIn(quote).length > 0) ?? [];
  const object = objects.find(({ start }) => action === undefined || start > action.start) ?? objects[0];
  const said = [action, objects.length > 1 && action && objects[0] && objects[0].start < action.start ? objects[0] : object]
    .flatMap((one) => (one === undefined ? [] : [one]))
    .sort((a, b) => a.start - b.start)
    .flatMap(({ quote }) => wordsIn(quote));
  const found = [said, wordsIn(main?.quote ?? ''), wordsIn(text.slice(0, 200))].find((words) => words.length > 0) ?? [];
  const name = camel(found.slice(0, MOST_WORDS));
  return /^[A-Za-z][A-Za-z0-9]{1,}/.test(name) ? name : `feature${hash('sha256', text).slice(0, 8)}`;
}

const wordsIn = (text: string): readonly string[] =>
  (text.normalize('NFKD').replace(/\p{M}/gu, '').match(/[A-Za-z][A-Za-z0-9]*|\d+/g) ?? []).filter((word) => !FILLER.has(word.toLowerCase()));

function camel(words: readonly string[]): string {
  let name = '';
  for (const word of words) {
    const plain = /^[A-Z0-9]+$/.test(word) ? word.toLowerCase() : word;
    const next = name === '' ? `${plain[0]!.toLowerCase()}${plain.slice(1)}` : `${plain[0]!.toUpperCase()}${plain.slice(1)}`;
    if (name !== '' && name.length + next.length > MOST_LETTERS) break;
    name += next;
  }
  return name.slice(0, 60).replace(/^\d+/, '');
}

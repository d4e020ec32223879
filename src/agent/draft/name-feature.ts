import { hash } from 'node:crypto';
import type { ParsedRequest, Requirement } from '../steps/parse.ts';
import { storiesOf } from '../parse/story.ts';
import { camelCase, plainLetters } from '../word-case.ts';
import { askedFor, demandEnd, responsesOf } from './response.ts';

/** Words that every feature has, and those that only point. */
const FILLER = new Set(
  'a an the this that these those my our your their its his her some any all each every new feature features functionality support option options ability possibility way system app application product please able allow allows let lets want wants need needs would like number also well then please still should must shall will can could may might have has support of for to in on at by with from and or as so be is are it we i'.split(
    ' ',
  ),
);
const MOST_WORDS = 4;
const MOST_LETTERS = 40;

/** What a request is about: the requirement with a story, else the title of a ticket, else the first with something to do. */
export const mainOf = ({ requirements, kind }: ParsedRequest): Requirement | undefined =>
  requirements.find(({ quote, said = quote }) => storiesOf(said).length > 0) ??
  (kind === 'ticket' ? requirements[0] : undefined) ??
  requirements.find(isWhole) ??
  requirements[0];

/** Something is done in it: no limit or answer by itself. */
const isWhole = ({ actions, quote, said = quote }: Requirement): boolean =>
  !responsesOf(said).every(
    ({ rule }) => /^(?:limit|as-said|none-of-it)/.test(rule) || (rule === 'thing-wanted' && actions.length === 0 && !WANTED.test(said)),
  );
const WANTED = /\b(?:need|want|would like|would love|asking for)\b/i;

/** `imageUpload` for "an image upload feature", `exportUsers` for "export all users as CSV": what is done and with what, as it is said. */
export function nameFeature(parsed: ParsedRequest, text: string): string {
  const title = titleOf(parsed, text);
  const titled = shortName((title === undefined ? [] : wordsIn(title)).slice(0, MOST_WORDS));
  if (/^[A-Za-z][A-Za-z0-9]/.test(titled)) return titled;
  const main = mainOf(parsed);
  const wanted = main && askedFor(main.quote);
  const wantedName = shortName((wanted === undefined ? [] : upToPhrase(wanted)).slice(0, MOST_WORDS));
  if (/^[A-Za-z][A-Za-z0-9]/.test(wantedName)) return wantedName;
  const said = main ? main.quote.slice(0, demandEnd(main.quote)) : text.slice(0, 200);
  const [story] = storiesOf(said);
  const action = main?.actions.find(({ start }) => story === undefined || start - main.start >= story.wish.start) ?? main?.actions[0];
  const at = action && main ? action.start - main.start : undefined;
  const behind = action === undefined || at === undefined ? [] : upToPhrase(said.slice(at + action.quote.length), 1);
  const before = at === undefined ? [] : upToPhrase(said.slice(0, at)).slice(-2);
  const found = [
    story?.marker.kind === 'to-have' ? upToPhrase(said.slice(story.wish.start, story.wish.end)) : [],
    action && behind.length > 0 ? [...wordsIn(action.quote), ...behind] : [],
    action && before.length > 0 ? [...before, ...wordsIn(action.quote)] : [],
    upToPhrase(said),
    wordsIn(said),
    wordsIn(text.slice(0, 200)),
  ].find((words) => words.length > 0);
  const name = shortName((found ?? []).slice(0, MOST_WORDS));
  return /^[A-Za-z][A-Za-z0-9]{1,}/.test(name) ? name : `feature${hash('sha256', text).slice(0, 8)}`;
}

/** A first line that names what is written below it. */
function titleOf({ kind }: ParsedRequest, text: string): string | undefined {
  if (kind !== 'notes') return undefined;
  const [, title] = /^\s*#?\s*(\p{L}[\p{L} -]{2,50})\r?\n\s*\r?\n\s*\S/u.exec(text) ?? [];
  return title !== undefined && wordsIn(title).length > 0 && title.trim().split(/\s+/).length <= 5 && !MEETING.test(title)
    ? title
    : undefined;
}

/** Of something that was held, or of nothing. */
const MEETING =
  /\b(?:meeting|notes?|minutes|call|sync|weekly|daily|planning|retro\w*|review|workshop|interview|agenda|requirements?|ideas?|todos?|hi|hello|dear|hey|all|team)\b/i;

const PHRASE =
  /[,.;:()?!]|\s(?:of|in|on|at|with|within|without|before|after|by|for|from|to|so|when|if|while|unless|as|that|which|who|until|per|into|during|up|is|are|was|were)\s/i;

/** The words up to where something else begins to be said, at least so many where there are as many. */
function upToPhrase(text: string, least = 2): readonly string[] {
  const words: string[] = [];
  for (const part of ` ${text}`.split(PHRASE)) {
    words.push(...wordsIn(part));
    if (words.length >= least) break;
  }
  return words;
}

const wordsIn = (text: string): readonly string[] =>
  (plainLetters(text).match(/[A-Za-z][A-Za-z0-9]*(?:['’][a-z]+)?|\d+/g) ?? [])
    .map((word) => word.replace(/['’].*$/, ''))
    .filter((word) => !FILLER.has(word.toLowerCase()));

/** As many words as fit, one at least. */
function shortName(words: readonly string[]): string {
  const plain = words.map((word) => (/^[A-Z0-9]+$/.test(word) ? word.toLowerCase() : word));
  const fits = (count: number): boolean => plain.slice(0, count).join('').length <= MOST_LETTERS;
  const count = plain.findLastIndex((_, at) => at === 0 || fits(at + 1)) + 1;
  const [first = '', ...others] = plain.slice(0, count);
  return camelCase([`${first.charAt(0).toLowerCase()}${first.slice(1)}`, ...others])
    .slice(0, 60)
    .replace(/^\d+/, '');
}

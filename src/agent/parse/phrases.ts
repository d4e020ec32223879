import type { Range } from './story.ts';
import { isBareVerb, isNominal, isVerbal } from './word-classes.ts';
import type { Word } from './words.ts';

export interface Phrase extends Range {
  readonly kind: 'action' | 'entity';
  /** Indices into the words, end exclusive. */
  readonly from: number;
  readonly to: number;
}

const DETERMINER = new Set([
  'a',
  'an',
  'the',
  'my',
  'your',
  'his',
  'her',
  'its',
  'our',
  'their',
  'this',
  'that',
  'these',
  'those',
  'such',
  'whose',
  'which',
  'what',
  'own',
]);
/** Said with an article they count the thing, without they are a part of what it is called: "all the files", "all files". */
const QUANTIFIER = new Set([
  'all',
  'any',
  'both',
  'some',
  'each',
  'every',
  'no',
  'another',
  'other',
  'more',
  'most',
  'many',
  'few',
  'several',
  'multiple',
  'various',
  'certain',
  'one',
  'only',
  'either',
  'neither',
  'half',
]);
/** Nouns by the look of them, and no thing of a system. */
const NO_THING = new Set([
  'example',
  'etc',
  'e.g',
  'i.e',
  'eg',
  'ie',
  'etc.',
  'seconds',
  'second',
  'minutes',
  'ease',
  'purpose',
  'asap',
  'lot',
  'fyi',
  'thanks',
  'please',
  'pm',
  'am',
  'vs',
]);
/** Said of the whole sentence, of no thing in it. */
const ADVERBIAL =
  /^(?:as a whole|as well|in any way|in some way|in conjunction|in question|in tandem|in order|in (?:this|that|any) case|in case|in addition|in general|in particular|in advance|in (?:the )?future|in (?:the )?(?:context|process|event|meantime|end) ?|in turn|in place|in touch|in detail|in bulk|in parallel|at (?:the same|one|a|any|that|this) time|at least|at most|at all|at once|on the go|on the fly|on behalf|on top|on time|by default|by hand|by mistake|by accident|for example|for instance|for free|per (?:day|week|hour|minute|second|month|year)|every time|each time|this time|the time|next time|of course|so far|no longer|such as|as necessary|as needed|due to|a lot|and so on)(?![\w-])/u;
/** Prepositions that look like verbs. */
const PREPOSITION = new Set([
  'including',
  'using',
  'having',
  'containing',
  'regarding',
  'concerning',
  'belonging',
  'following',
  'according',
  'depending',
  'being',
  'comprising',
  'sharing',
  'governing',
  'based',
  'due',
  'related',
]);
/** People that are not named but meant. */
const SOMEONE = new Set([
  'someone',
  'somebody',
  'anyone',
  'anybody',
  'everyone',
  'everybody',
  'others',
  'people',
  'nobody',
  'who',
  'something',
  'everything',
  'anything',
]);
/** Verbs that only begin another one: "start using", "continue to offer". */
const BEGINNING = new Set([
  'begin',
  'start',
  'continue',
  'stop',
  'keep',
  'try',
  'avoid',
  'finish',
  'help',
  'prepare',
  'plan',
  'go',
  'prefer',
]);
const PARTICLE = new Set(['up', 'out', 'off', 'down', 'away', 'together', 'through', 'over', 'in']);
/** Verbs that mean what they mean only with these. */
const PHRASAL: Readonly<Record<string, readonly string[]>> = {
  browse: ['through'],
  look: ['for', 'up'],
  take: ['out', 'over', 'down', 'off'],
  hand: ['over', 'in'],
  carry: ['over', 'out'],
  roll: ['out'],
  switch: ['over', 'off'],
  opt: ['in', 'out'],
  act: ['as'],
  live: ['up'],
  deal: ['with'],
  get: ['to'],
};
/** State what is, not what somebody does. */
const STATIVE = new Set([
  'be',
  'belong',
  'contain',
  'pertain',
  'seem',
  'appear',
  'conform',
  'comprise',
  'become',
  'matter',
  'consist',
  'include',
  'relate',
  'depend',
  'mean',
  'would',
  'can',
  'will',
  'do',
]);
const BE = new Set(['be', 'is', 'are', 'was', 'were', 'been', 'being', "'re", "'s", 'get', 'gets', 'got']);

/** What is done and with what, of the words from `from` to `to`. Phrases do not overlap and are in order. */
export function phrasesOf(words: readonly Word[], from = 0, to = words.length): readonly Phrase[] {
  const phrases: Phrase[] = [];
  let at = from;
  while (at < to) {
    const idle = adverbialAt(words, at, to);
    if (idle > 0) {
      at += idle;
      continue;
    }
    const phrase = actionAt(words, at, from, to) ?? entityAt(words, at, from, to);
    if (phrase !== undefined) phrases.push(phrase);
    at = Math.max(at + 1, phrase?.to ?? 0);
  }
  return phrases;
}

/** How many words an adverbial phrase has that begins here. */
function adverbialAt(words: readonly Word[], at: number, to: number): number {
  if (!/^(?:as|in|at|on|by|for|per|every|each|this|the|next|of|so|no|such|due|a|and)$/.test(words[at]!.lower)) return 0;
  const said = words
    .slice(at, Math.min(to, at + 4))
    .map(({ lower }) => lower)
    .join(' ');
  return ADVERBIAL.exec(said)?.[0].trim().split(' ').length ?? 0;
}

function phrase(words: readonly Word[], kind: Phrase['kind'], from: number, to: number): Phrase {
  return { kind, from, to, start: words[from]!.start, end: words[to - 1]!.end };
}

/** A verb with what belongs to it: an adverb before, the verb it begins, its particle. */
export function actionAt(words: readonly Word[], at: number, from: number, to: number, sure = false): Phrase | undefined {
  let verb = at;
  if (sure && BE.has(words[verb]!.lower) && isParticiple(words, verb + 1)) verb++;
  while (verb + 1 < to && words[verb]!.pos === 'ADV' && /ly$|^(?:better|best|also|still|just|re)$/.test(words[verb]!.lower)) verb++;
  if (verb >= to || !(sure ? isPossibleVerb(words, verb) : isDone(words, verb, from))) return undefined;
  let end = verb + 1;
  if (end < to && BEGINNING.has(words[verb]!.lemma)) {
    if (words[end]!.lower.endsWith('ing')) end++;
    else if (words[end]!.lower === 'to' && end + 1 < to && isBareVerb(words, end + 1)) end += 2;
  } else if (/^mak(?:e|es|ing)$/.test(words[verb]!.lower) && words[end]?.lower === 'sure') end++;
  const next = words[end];
  if (next !== undefined && end < to && takesParticle(words, end)) end++;
  if (end < to && words[end]!.pos === 'ADV' && words[end]!.lower.endsWith('ly') && !isNominalStart(words, end + 1, to)) end++;
  return phrase(words, 'action', at, end);
}

function takesParticle(words: readonly Word[], at: number): boolean {
  const { lower } = words[at]!;
  const listed = PHRASAL[words[at - 1]!.lemma];
  if (listed !== undefined) return listed.includes(lower);
  return PARTICLE.has(lower) && !['in', 'through', 'over', 'together'].includes(lower);
}

function isNominalStart(words: readonly Word[], at: number, to: number): boolean {
  const word = words[at];
  return at < to && word !== undefined && (DETERMINER.has(word.lower) || isNominal(word) || word.pos === 'ADJ');
}

function isParticiple(words: readonly Word[], at: number): boolean {
  const word = words[at];
  return (
    word !== undefined &&
    (/(?:ed|en|wn|ght|ept|ade|set|sent|ld|nt|ung|ut)$/.test(word.lower) || word.pos === 'VERB') &&
    !word.lower.endsWith('ing')
  );
}

function isPossibleVerb(words: readonly Word[], at: number): boolean {
  return /^\p{L}/u.test(words[at]!.text) && !['DET', 'PRON', 'CCONJ', 'PART', 'SCONJ'].includes(words[at]!.pos);
}

/** Whether the word says what somebody or something does: not what is ("contains"), not which one is meant ("data stored by"). */
function isDone(words: readonly Word[], at: number, from: number): boolean {
  const word = words[at]!;
  if (!isVerbal(word) || STATIVE.has(word.lemma)) return false;
  const before = at > from ? words[at - 1]! : undefined;
  if (word.pos === 'AUX') return /^ha(?:ve|s)$/.test(word.lower) && words[at + 1]?.lower !== 'to' && !isParticiple(words, at + 1);
  if (/(?:ed|en)$/.test(word.lower) || (word.lower !== word.lemma && !/(?:s|ing)$/.test(word.lower))) {
    // A participle: done to somebody only after "be"; else it says which one is meant.
    for (let back = at - 1; back >= from && back >= at - 4; back--) {
      const { lower, pos } = words[back]!;
      if (BE.has(lower)) return lower !== 'been' && words[back - 1]?.lower !== 'that';
      if (/^ha(?:s|ve|d)$/.test(lower)) return true;
      if (pos !== 'ADV' && pos !== 'CCONJ' && pos !== 'PART' && !lower.endsWith('ed') && lower !== ',') break;
    }
    return before?.pos === 'PRON';
  }
  if (word.lower.endsWith('ing') && before !== undefined && DETERMINER.has(before.lower)) return false;
  return true;
}

/** A thing: its name with what distinguishes it, without articles. */
function entityAt(words: readonly Word[], at: number, from: number, to: number): Phrase | undefined {
  let start = at;
  while (start < to && isDeterminer(words, start, to)) start++;
  if (start >= to) return undefined;
  if (SOMEONE.has(words[start]!.lower)) return phrase(words, 'entity', start, start + 1);
  let end = start;
  let head = -1;
  while (end < to) {
    if (PREPOSITION.has(words[end]!.lower) && (end === start || head !== -1) && !followsDeterminer(words, end, at)) break;
    if (isHead(words, end)) head = end;
    else if (!isModifier(words, end, start, to)) break;
    end++;
  }
  if (head === -1) return undefined;
  return phrase(words, 'entity', start, head + 1);
}

function followsDeterminer(words: readonly Word[], at: number, from: number): boolean {
  return at > from && (DETERMINER.has(words[at - 1]!.lower) || QUANTIFIER.has(words[at - 1]!.lower));
}

function isDeterminer(words: readonly Word[], at: number, to: number): boolean {
  const { lower } = words[at]!;
  if (DETERMINER.has(lower)) return true;
  const next = words[at + 1];
  return QUANTIFIER.has(lower) && at + 1 < to && next !== undefined && (DETERMINER.has(next.lower) || next.lower === 'of');
}

function isHead(words: readonly Word[], at: number): boolean {
  const word = words[at]!;
  return isNominal(word) && /[\p{L}\p{N}]/u.test(word.text) && !NO_THING.has(word.lower) && !SOMEONE.has(word.lower);
}

function isModifier(words: readonly Word[], at: number, start: number, to: number): boolean {
  const word = words[at]!;
  if (!/[\p{L}\p{N},]/u.test(word.text)) return false;
  if (QUANTIFIER.has(word.lower)) return at === start || QUANTIFIER.has(words[at - 1]!.lower);
  if (word.pos === 'ADJ' || word.pos === 'NUM') return true;
  const next = at + 1 < to ? words[at + 1] : undefined;
  if (next === undefined) return false;
  if (word.pos === 'CCONJ' || word.lower === ',') return joinsQualities(words, at, start, to);
  if (word.pos === 'VERB' && word.lower.endsWith('ing') && at === start && !followsDeterminer(words, at, 0)) return false;
  if (word.pos === 'VERB') return /(?:ed|en|ing|wn)$/.test(word.lower) && (isNominal(next) || next.pos === 'ADJ');
  if (word.pos === 'ADV')
    return next.pos === 'ADJ' || (next.pos === 'VERB' && /(?:ed|en|ing)$/.test(next.lower) && isNominalAfter(words, at + 2, to));
  return false;
}

function isNominalAfter(words: readonly Word[], at: number, to: number): boolean {
  const word = words[at];
  return at < to && word !== undefined && isNominal(word);
}

const isQuality = (word: Word | undefined): boolean =>
  word !== undefined && (word.pos === 'ADJ' || (word.pos === 'VERB' && /(?:ed|en)$/.test(word.lower))) && !QUANTIFIER.has(word.lower);

/** "current and historic owners", "rare, archival, or endangered material": qualities of one thing. */
function joinsQualities(words: readonly Word[], at: number, start: number, to: number): boolean {
  if (at === start || !(isQuality(words[at - 1]) || words[at - 1]!.lower === ',')) return false;
  let next = at + 1;
  if (next < to && words[next]!.pos === 'CCONJ') next++;
  if (words[next]?.pos === 'ADV') next++;
  if (next + 1 >= to || !isQuality(words[next])) return false;
  return words[at]!.lower === ',' ? joinsQualities(words, next + 1, start, to) : isNominal(words[next + 1]!) || isQuality(words[next + 1]);
}

import { retagged } from './retag.ts';
import { isBareVerb } from './word-classes.ts';
import { wordsOf, type Word } from './words.ts';

/** Who a sentence is about, as its grammar tells. */
export type Subject = 'i' | 'we' | 'you' | 'they' | 'it' | 'thing' | 'none';

/** How its main verb stands: "is", "stays" (present), "was", "had stayed" (past), "must" (modal), "add" (bare: a demand, or a note). */
export type VerbForm = 'modal' | 'present' | 'past' | 'perfect' | 'bare' | 'none';

/** The main clause of a sentence. */
export interface Clause {
  readonly subject: Subject;
  readonly verb: VerbForm;
  /** Its verb is a form of "be" and no passive. */
  readonly copula: boolean;
  readonly passive: boolean;
  /** It goes on at the moment: "is working". */
  readonly progressive: boolean;
  /** A clause with "if", "when", "once" goes with it. */
  readonly condition: boolean;
  /** Its first word can be a verb in its plain form: "search inside attachments". */
  readonly plain: boolean;
  /** The first word of the clause, in lower case. */
  readonly opening: string;
}

/** "For accessibility: …", "HEIC: …" */
const LABELLED = /^[^.?!:]{2,45}:\s+(?=\S)/u;
const ASSENT =
  /^\W*(?:(?:yes|yep|yeah|ok|okay|sure|agreed|right|exactly|fine|nice|good (?:catch|idea|point)|makes sense|of course|also|anyway|and then|hm+|well|no|while \w+ \w+ \w+)[,.]\s+)+/iu;
/** Longest sentence looked at, in UTF-16 units. */
const LONGEST = 500;
/** Words before a clause that are no part of it. */
const OPENERS = new Set(
  'and but so then also ok okay well yes yeah yep no oh hm hmm please pls plus maybe anyway btw or first second third finally just right sure exactly , : - – — \' " ( * _ ` → + & ; . … !'.split(
    ' ',
  ),
);
const CONDITIONS = new Set(['if', 'when', 'once', 'unless', 'whenever', 'while', 'as', 'until', 'where', 'after', 'before', 'for', 'with']);
const MODALS = new Set(
  "can could will would shall should must may might cannot can't couldn't won't wouldn't shan't shouldn't mustn't 'll 'd ought".split(' '),
);
const PRONOUNS: Readonly<Record<string, Subject>> = {
  i: 'i',
  we: 'we',
  you: 'you',
  they: 'they',
  he: 'they',
  she: 'they',
  it: 'it',
  this: 'it',
  that: 'it',
  there: 'it',
  these: 'it',
  those: 'it',
  which: 'it',
};

/** Reads subject and verb of the main clause. Pure; what is no sentence has neither. */
export function clauseOf(text: string): Clause {
  const words = wordsIn(withoutOpening(text));
  const start = opened(words, 0);
  const first = words[start];
  const conditional = first !== undefined && /^(?:if|when|once|unless|whenever|as|until|where|after|before)$/.test(first.lower);
  const from = conditional || (first !== undefined && CONDITIONS.has(first.lower)) ? afterComma(words, start) : start;
  const begin = !conditional || verbAt(words, from) < words.length ? from : Math.min(start + 1, Math.max(0, words.length - 1));
  const condition = conditional || words.slice(start + 1).some(({ lower }) => /^(?:if|when|unless|whenever|until)$/.test(lower));
  const at = verbAt(words, begin);
  const verb = words[at];
  const opening = words[from]?.lower ?? '';
  const plain = words.length > 2 && from === 0 && isBareVerb(wordsOf(`to ${words.map(({ lower }) => lower).join(' ')}`.slice(0, 80)), 1);
  if (verb === undefined)
    return { subject: 'none', verb: 'none', copula: false, passive: false, progressive: false, condition, plain, opening };
  const subject: Subject = at === begin ? 'none' : (PRONOUNS[subjectWord(words, begin, at)] ?? 'thing');
  return { subject, ...formOf(words, at, at === begin), condition, plain, opening };
}

/** Without what it is about ("HEIC: …") and without a yes. */
function withoutOpening(text: string): string {
  const said = text.replace(LABELLED, '');
  return said.replace(ASSENT, '');
}

/** A capital at the beginning of a sentence is no name. */
function wordsIn(text: string): readonly Word[] {
  const said = text.slice(0, LONGEST);
  const [opening = ''] = /^\P{L}*\p{Lu}\p{Ll}+(?=\s)/u.exec(said) ?? [];
  return retagged(wordsOf(opening.toLowerCase() + said.slice(opening.length)));
}

function opened(words: readonly Word[], from: number): number {
  let at = from;
  while (at < words.length && OPENERS.has(words[at]!.lower)) at++;
  return at;
}

/** The clause that a condition in front of it goes with; where nothing tells, the condition itself. */
function afterComma(words: readonly Word[], from: number): number {
  const comma = words.findIndex(({ lower }, index) => index > from && /^(?:,|then|→|=|:)$/.test(lower));
  return comma === -1 || comma + 1 >= words.length ? from : opened(words, comma);
}

function subjectWord(words: readonly Word[], from: number, at: number): string {
  for (let back = at - 1; back >= from; back--) {
    const { lower, pos } = words[back]!;
    if (PRONOUNS[lower] !== undefined) return lower;
    if (pos !== 'ADV' && pos !== 'PART') return back === from ? lower : '';
  }
  return '';
}

/** The first finite verb that no relative clause, infinitive or participle takes. */
function verbAt(words: readonly Word[], from: number): number {
  for (let at = from; at < words.length; at++) {
    const { lower, pos } = words[at]!;
    const before = words[at - 1]?.lower ?? '';
    if (at > from && /^(?:that|which|who|whose|whether|because)$/.test(before) && !(before === 'that' && at - 1 === from)) continue;
    if (MODALS.has(lower) || (pos === 'AUX' && !(lower === 'be' && at === from))) {
      if (/^(?:to|not)$/.test(before) || lower === 'be') continue;
      return at;
    }
    if (at === from && (lower === 'be' || isBare(words, at))) return at;
    if (isPlainThird(words, at, from)) return at;
    if (
      at === from &&
      /[^s]s$/.test(lower) &&
      /^(?:of|for|in|from|with|that|which|without|above|below|are|can|must)$/.test(words[at + 1]?.lower ?? '')
    )
      continue;
    if (
      pos === 'VERB' &&
      before !== 'to' &&
      !(at > from && ['ADP', 'DET'].includes(words[at - 1]!.pos)) &&
      !lower.endsWith('ing') &&
      !isParticiple(words, at, from)
    )
      return at;
  }
  return words.length;
}

/** "the customer changes the limit": taken for a noun. */
function isPlainThird(words: readonly Word[], at: number, from: number): boolean {
  const { lower, pos } = words[at]!;
  const before = words[at - 1];
  const next = words[at + 1];
  return (
    pos === 'NOUN' &&
    /[^s]s$/.test(lower) &&
    at > from &&
    before !== undefined &&
    ['NOUN', 'PROPN', 'PRON'].includes(before.pos) &&
    !before.lower.endsWith('s') &&
    next !== undefined &&
    (next.pos === 'DET' || /^(?:the|a|an|its|their|his|her|it|them|if|whether)$/.test(next.lower))
  );
}

/** "a paused ride", "an estimate, marked as such", "swaps refused by the head": no verb of the sentence. */
function isParticiple(words: readonly Word[], at: number, from: number): boolean {
  const { lower, lemma } = words[at]!;
  if (lemma === lower || /[^s]s$/.test(lower)) return false;
  const before = words[at - 1];
  const next = words[at + 1];
  if (at === from || before === undefined) return true;
  if (lower.endsWith('ed') && PRONOUNS[before.lower] === undefined && (next === undefined || ['PUNCT', 'CCONJ'].includes(next.pos)))
    return true;
  if (['DET', 'ADP', 'PUNCT', 'CCONJ', 'NUM', 'ADJ', 'PART', 'AUX'].includes(before.pos) || before.pos === 'ADV')
    return before.pos !== 'ADV' || at - from < 2;
  if (next !== undefined && /^(?:by|with|as|in|at|from|for|to|on)$/.test(next.lower) && PRONOUNS[before.lower] === undefined)
    return (
      words.slice(at + 1).some(({ lower: later, pos }) => pos === 'AUX' || MODALS.has(later) || (pos === 'VERB' && /[^s]s$/.test(later))) ||
      /(?:ed|own|ten|ent)$/.test(lower)
    );
  return false;
}

/** "index the text": in front of an article or a pronoun a plain word is a verb. */
function isBare(words: readonly Word[], at: number): boolean {
  const word = words[at]!;
  const next = words[at + 1];
  if (word.pos === 'VERB') return word.lemma === word.lower;
  return (
    next !== undefined &&
    ['NOUN', 'ADJ', 'PROPN'].includes(word.pos) &&
    /^\p{Ll}{3,}$/u.test(word.text) &&
    (next.pos === 'DET' || /^(?:the|a|an|it|them|their|its|all|each|every|our|my)$/.test(next.lower)) &&
    !/(?:s|ly|ing|ed)$/.test(word.lower)
  );
}

function formOf(words: readonly Word[], at: number, first: boolean): Pick<Clause, 'verb' | 'copula' | 'passive' | 'progressive'> {
  const { lemma, pos } = words[at]!;
  const cut = words[at]!.lower === "'" && words[at + 1]?.lower === 's';
  const lower = cut ? "'s" : words[at]!.lower;
  let after = cut ? at + 2 : at + 1;
  while (after < words.length && (['ADV', 'PART'].includes(words[after]!.pos) || /^(?:not|n't|also|only)$/.test(words[after]!.lower))) {
    if (words[after]!.lower === 'to') break;
    after++;
  }
  const next = words[after];
  const participle = next?.pos === 'VERB' && next.lemma !== next.lower && !/(?:ing|s)$/.test(next.lower);
  const progressive = next?.pos === 'VERB' && next.lower.endsWith('ing');
  const form = (verb: VerbForm, more: Partial<Clause> = {}) => ({ verb, copula: false, passive: false, progressive: false, ...more });
  if (MODALS.has(lower)) return form('modal');
  if (/^(?:have|has|'ve)$/.test(lower))
    return next?.lower === 'to' ? form('modal') : form(participle || next?.lower === 'been' ? 'perfect' : 'present');
  if (/^(?:is|are|am|'s|'re|'m|isn't|aren't|gets?)$/.test(lower))
    return form('present', { copula: !participle && !progressive && !/^gets?$/.test(lower), passive: participle, progressive });
  if (/^(?:was|were|did|had|wasn't|weren't|didn't|hadn't|got)$/.test(lower)) return form('past');
  if (/^(?:does|do|doesn't|don't)$/.test(lower)) return form(first ? 'bare' : 'present');
  if (/^needs?$/.test(lower) && next?.lower === 'to') return form('modal');
  if (lower === 'be') return form('bare');
  if (pos === 'AUX') return form('modal');
  if (first && lemma === lower) return form('bare');
  if (lemma === lower || /[^s]s$/.test(lower)) return form('present');
  return form('past');
}

import type { Word } from './words.ts';

const MODAL = new Set([
  'can',
  'could',
  'will',
  'would',
  'shall',
  'should',
  'must',
  'may',
  'might',
  "can't",
  "won't",
  "don't",
  "doesn't",
  'cannot',
  'please',
  "let's",
  "'ll",
  "'d",
]);
const RELATIVE = new Set(['that', 'which', 'who']);
const ARTICLE = new Set([
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
  'each',
  'every',
  'any',
  'another',
  'this',
  'some',
]);
/** Words that the tagger takes for something else than what requests mean by them. */
const NOUNS = new Set(['content', 'metadata', 'setup', 'login', 'signup', 'checkout', 'feedback', 'backend', 'frontend']);

/**
 * Corrects the tagger where it misreads short sentences about software: a plain verb after "can" or "to" that is also a noun, a
 * noun after an article that is also a verb ("a content file"), names in capitals.
 */
export function retagged(words: readonly Word[]): readonly Word[] {
  const out = [...words];
  for (let at = 0; at < out.length; at++) {
    const pos = correction(out, at);
    if (pos !== undefined) out[at] = { ...out[at]!, pos, lemma: pos === 'VERB' ? plain(out[at]!) : out[at]!.lemma };
  }
  return out;
}

/** What has been taken for a noun has the lemma of one. */
const plain = ({ lower, lemma, pos }: Word): string => (pos === 'ADJ' || pos === 'ADV' ? lower : lemma);

function correction(words: readonly Word[], at: number): Word['pos'] | undefined {
  const word = words[at]!;
  const before = words[at - 1];
  const next = words[at + 1];
  if (!/^\p{L}/u.test(word.text)) return undefined;
  if (NOUNS.has(word.lower) && before !== undefined && !['to', 'be', 'is', 'are'].includes(before.lower) && !MODAL.has(before.lower))
    return 'NOUN';
  if (
    /^[A-Z][A-Z0-9]+s?$/.test(word.text) &&
    !['NOUN', 'PROPN', 'PRON', 'DET', 'AUX', 'CCONJ'].includes(word.pos) &&
    !capitals(before) &&
    !capitals(next)
  )
    return 'PROPN';
  if (
    word.pos === 'VERB' &&
    /^\p{Lu}\p{Ll}/u.test(word.text) &&
    before !== undefined &&
    /^\p{Lu}/u.test(before.text) &&
    before.pos === 'PROPN'
  )
    return 'PROPN';
  if (['NOUN', 'ADJ', 'PROPN', 'ADV'].includes(word.pos) && word.lower === plain(word) && opensObject(next)) {
    if (before !== undefined && MODAL.has(before.lower)) return 'VERB';
    if (before !== undefined && RELATIVE.has(before.lower) && word.pos === 'NOUN') return 'VERB';
    if (before?.lower === 'to' && (next!.pos === 'DET' || next!.pos === 'PRON') && word.pos !== 'PROPN') return 'VERB';
    if (before?.pos === 'PRON' && /^(?:i|we|they|you)$/.test(before.lower) && word.pos === 'NOUN') return 'VERB';
  }
  if (word.pos === 'VERB' && word.lemma === word.lower && !opensObject(next) && inNounPhrase(words, at)) return 'NOUN';
  if (
    word.pos === 'VERB' &&
    word.lower.endsWith('ing') &&
    endsPhrase(next) &&
    before !== undefined &&
    (ARTICLE.has(before.lower) || before.pos === 'ADJ')
  )
    return 'NOUN';
  if (word.pos === 'ADJ' && before !== undefined && endsPhrase(next) && ARTICLE.has(before.lower)) return 'NOUN';
  return undefined;
}

const capitals = (word: Word | undefined): boolean => word !== undefined && /^[A-Z]{3,}$/.test(word.text) && word.pos !== 'PROPN';

/** Whether an object can begin here. */
function opensObject(word: Word | undefined): boolean {
  return (
    word !== undefined && (['DET', 'NOUN', 'PROPN', 'ADJ', 'NUM'].includes(word.pos) || (word.pos === 'PRON' && !RELATIVE.has(word.lower)))
  );
}

function endsPhrase(word: Word | undefined): boolean {
  return (
    word === undefined || ['PUNCT', 'ADP', 'CCONJ', 'SCONJ', 'AUX'].includes(word.pos) || RELATIVE.has(word.lower) || word.lower === 'to'
  );
}

/** Whether an article stands before the word with nothing but names and qualities between. */
function inNounPhrase(words: readonly Word[], at: number): boolean {
  for (let back = at - 1; back >= 0 && back >= at - 4; back--) {
    const { lower, pos } = words[back]!;
    if (ARTICLE.has(lower)) return pos !== 'PRON' || !/^(?:this|her)$/.test(lower);
    if (!['NOUN', 'PROPN', 'ADJ', 'NUM'].includes(pos)) return false;
    if (lower.endsWith('s') && pos === 'NOUN' && !lower.endsWith('ss')) return false; // "the users upload"
  }
  return false;
}

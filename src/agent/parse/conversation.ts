import type { Context } from './signs.ts';

/** A sentence in its place. */
export interface Utterance {
  readonly text: string;
  readonly speaker?: string;
  /** Counts the turns of speakers, or the paragraphs where nobody is named. */
  readonly turn: number;
  /** Index of the one that it repeats, as a quote. */
  readonly repeats?: number;
  /** Greetings, yes and no, and what else says nothing by itself. */
  readonly empty: boolean;
}

const QUESTION = /\?["'”’)\]*_`\s\p{S}]*$/u;
/** Questions about people, the past, or how things are: what is answered to them is no wish. */
const NOT_OF_PRODUCT =
  /\b(?:you|your|yourself|anyone|anybody|somebody|someone|at the moment|currently|today|right now|now|already|did|was|were|been|who's|who is|who (?:asks|builds|writes|checks|knows|translates|does|takes)|why|is there|are there|have (?:we|they)|has|next week|deadline|cost|dates?|status|are we|hear|explain|review)\b/iu;
const YES =
  /^(?:\W*)(?:(?:and |well,? |oh |hm+,? )*(?:yes|yep|yeah|yup|ok|okay|k|sure|agreed?|exactly|definitely|of course|ofc|fine|deal|perfect|great|love (?:it|that)|nice|good (?:idea|point|catch|one)|makes sense|sounds (?:good|great|right|fair|fine|perfect)|\+1|works for me|easy|doable|i like (?:that|it)|(?:i|we) can (?:sell|live with) that|that works|fair|absolutely|right|same here|please do|let's do (?:it|that)|lgtm|approved)\b|[👍👌💯✅✔]|:(?:100|\+1|thumbsup|heavy_check_mark|white_check_mark|ok_hand)|\p{L}+[:,] (?:yes|sure)\b)/iu;
const NO =
  /^(?:\W*)(?:(?:and |well,? |oh |hm+,? |haha,? |lol,? )*(?:no|nope|nah|please no|god no|rather not|(?:i'd|i would|we'd) rather not|let's not(?=\W*$| go there| do (?:that|this|it))|not now|not this|never|overkill|no way|don't think so|(?:it )?would,? (?:but|and it was)|different topic|separate)\b(?![-'’]|\w)(?! (?:one|more|longer|later|less|problem|idea|doubt|objections?|worries|splitting)))/iu;
/** "negation: no", "Shake: let's not": what it turns down has its name in front. */
const NAMED_NO =
  /^\W*(?:[“"'`*_]*)(\p{L}[\p{L}\p{N} /-]{2,30}?)[”"'`*_]*\s*[:=–—-]\s*(?:no\b(?! \p{L}+ (?:than|may|must))|nope|nah|let's not|rather not|not (?:now|this|in|for)\b|out\b|won't)/iu;
const DROPS =
  /\b(?:no way|vetoed|outvoted|rather not|let's not|let's (?:skip|drop|leave)|(?:drop|skip|leave|park) (?:that|it|this)(?: one)?|not (?:part of this|in this (?:round|release|sprint))|(?:i'd|i would) (?:skip|drop|leave) (?:it|that|this)|doesn't want (?:that|it|this)|says? no|decided against (?:it|this|that)|legally tricky|(?:he|she|they|it|that) (?:\w+ )?(?:was|were|is) (?:rejected|turned down|postponed|outvoted))\b/iu;

/** "Dry run is a good idea …, so not in this round". */
const TURNS_DOWN =
  /\b(?:not (?:part of this|in this (?:round|release|sprint|version)|for v\d)|out of scope|own can of worms|separate (?:issue|ticket)|postponed|too expensive|overkill)\b/iu;
const POINTS_BACK =
  /^\W*(?:and |but |so |then )*(?:it|that|this|those|them|let's|i'd|i would|drop|skip|leave|he|she|they|our|their|my)\b/iu;

/** How many sentences back something is turned down by its name. */
const FARTHEST = 60;
/** How many sentences after a question still answer it. */
const LONGEST_WAY = 4;

/** Questions about how the product shall be, whoever is asked. */
const OF_PRODUCT =
  /^\W*(?:and |so |but |or |ok(?:ay)?,? |then )*(?:should|shall|must|what if|what about|how (?:long|many|much|often|big|large|old|far|about)|what (?:happens|default|counts|would count)|which|where (?:do|does|should)|who (?:may|can|should|sees|gets)|do (?:we|they|you want)|does (?:the|it|a)|can (?:users|people|they|a|the)|for how)\b/iu;
const OF_NOW = /\b(?:at the moment|currently|today|right now|already|so far|yet|did|was|were)\b/iu;
/** "So no.", "won't allow it" */
const FLAT_NO = /^\W*(?:so |then |sorry,? |well,? )*no\W*$|\b(?:won't allow|not possible|impossible|so no)\b/iu;

const isOfProduct = (question: string): boolean => (OF_PRODUCT.test(question) ? !OF_NOW.test(question) : !NOT_OF_PRODUCT.test(question));
export const isQuestion = (text: string): boolean => QUESTION.test(text);
export const assents = (text: string): boolean => YES.test(text) && !/\bbut\b.{0,30}\b(?:no|not|n't)\b/iu.test(text);
export const denies = (text: string): boolean => NO.test(text);

const NUMBER =
  /\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|ninety|hundred|thousand)\b/iu;
/** "ok 20", "Ten then", "5 works for me", "make it 14", "I'd say 12". */
const settles = (text: string): boolean =>
  NUMBER.test(text) &&
  !isQuestion(text) &&
  !/^\W*i(?:'m| am| have|'ve| was)\b/iu.test(text) &&
  ((text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0) <= 6 || /^\W*(?:ok|okay|yes|fine)[, ]+(?:\p{L}+ )?\d/iu.test(text)) &&
  /\b(?:ok|okay|fine|then|works|good|make (?:it|that)|let's|say|agreed|it is|stick|take|yes|deal|enough|sure)\b/iu.test(text);

/** For each sentence of a conversation: what it answers, and what others answer to it. */
export function contextsOf(said: readonly Utterance[]): readonly Context[] {
  const contexts: { -readonly [K in keyof Context]: Context[K] }[] = said.map(() => ({}));
  for (const [index, { text, turn }] of said.entries()) {
    const asked = questionBefore(said, index);
    if (asked !== undefined && !isQuestion(text)) {
      contexts[index]!.answers = isOfProduct(said[asked]!.text) ? 'product' : 'other';
      contexts[index]!.question = asked;
    }
    if (asked !== undefined && said[asked]!.turn !== turn && FLAT_NO.test(text) && contexts[asked]!.reply === undefined)
      contexts[asked]!.reply = 'no';
    const before = index - 1;
    const opens = before >= 0 && said[before]!.turn !== turn && (said[before]!.speaker !== undefined || isQuestion(said[before]!.text));
    if (before >= 0) {
      const heard = said.slice(Math.max(0, index - 4), index).filter((one) => one.turn !== turn);
      if (opens && assents(text)) contexts[index]!.agrees = true;
      if (heard.some((one) => NUMBER.test(one.text) || isQuestion(one.text)) && settles(text)) contexts[index]!.settles = true;
    }
    const own = NAMED_NO.exec(text.slice(0, 80))?.[1];
    if (own !== undefined) {
      // It says itself what it turns down.
    } else if (opens && assents(text) && said[before]!.speaker !== undefined) reply(before, 'yes');
    else if (opens && denies(text)) reply(before, 'no');
    else if (before >= 0 && DROPS.test(text) && text.length < 60 && POINTS_BACK.test(text)) reply(before, 'no');
    else if (opens && contexts[index]!.settles === true && isQuestion(said[before]!.text)) reply(before, 'yes');
    const named = own ?? (TURNS_DOWN.test(text) ? topicOf(text) : undefined);
    if (named === undefined) continue;
    for (let at = index - 1; at >= Math.max(0, index - FARTHEST); at--)
      if (mentions(said[at]!.text, named.toLowerCase()) && contexts[at]!.reply === undefined) contexts[at]!.reply = 'no';
  }
  return contexts;

  /** A reply is to the question of the turn before, or to what it says last. */
  function reply(to: number, what: 'yes' | 'no'): void {
    let at = to;
    for (let back = to; back >= 0 && said[back]!.turn === said[to]!.turn; back--)
      if (isQuestion(said[back]!.text)) at = Math.max(back, at === to ? back : at);
    while (at > 0 && said[at]!.empty && said[at - 1]!.turn === said[at]!.turn) at--;
    const of = said[at]!.repeats ?? at;
    if (contexts[of]!.reply === undefined) contexts[of]!.reply = what;
  }
}

/** What a sentence is about: the first word that is no small one. */
function topicOf(text: string): string | undefined {
  return /^\W*(?:(?:the|a|an|our|so|and|but|as for|that|this) )*([\p{L}][\p{L}-]{4,30}(?: [\p{L}-]{3,30})?)\b/iu.exec(text)?.[1];
}

const mentions = (text: string, name: string): boolean => text.toLowerCase().includes(name.slice(0, Math.max(4, name.length - 2)));

/**
 * The question that a sentence answers: the last one of the turn before. Where nobody is named, it is the sentence before. Nobody
 * answers themselves, as long as it is known who speaks.
 */
function questionBefore(said: readonly Utterance[], index: number): number | undefined {
  const { turn, speaker } = said[index]!;
  if (speaker === undefined) return isQuestion(said[index - 1]?.text ?? '') ? index - 1 : undefined;
  const nearest = Math.max(0, index - LONGEST_WAY);
  let at = index - 1;
  while (at >= nearest && said[at]!.turn === turn) at--;
  const asking = said[at]?.turn;
  for (; at >= nearest && said[at]!.turn === asking; at--) if (isQuestion(said[at]!.text)) return at;
  return undefined;
}

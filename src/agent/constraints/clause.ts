import { parseSentence } from '../../specs/meaning/sentence.ts';
import { amountsOf, inDigits, type Amount } from './words/quantities.ts';
import { environmentOf } from './words/environment.ts';
import { peopleIn, type People } from './words/people.ts';
import { termsOf } from './words/terms.ts';
import type { Claim, Scope } from './claim.ts';
import type { Saying } from './saying.ts';

/** One thing that a sentence says, with what the readers of constraints ask of it. */
export interface Clause {
  readonly saying: Saying;
  /** Of the whole sentence, without its reasons. */
  readonly whole: string;
  readonly text: string;
  readonly conditions: string;
  readonly actor: string | undefined;
  readonly isNegated: boolean;
  readonly isWish: boolean;
  readonly terms: readonly string[];
  /** Of the whole sentence. */
  readonly sentence: readonly string[];
  readonly around: readonly string[];
  readonly amounts: readonly Amount[];
  readonly people: readonly People[];
  /** Amounts that say which of them: "payments above 500 euros". */
  readonly scopes: readonly Scope[];
  readonly environment: 'production' | 'test' | undefined;
}

/** Why something is wanted says nothing that has to hold. */
const REASON = /(?:,\s*|\s+)(?:because|so that|in order to|since otherwise|such that|as this|which is how|that is how|as in the)\b[^.;]*/gi;
const CUT =
  /(?<=\p{L}{2}|\d|\))[.!?]\s+(?=\p{Lu})|\s*;\s+|\s+[–—]\s+|:\s+(?=\p{L})|,\s+(?:(?:but|so(?! that)|yet|whereas)\b|and (?=(?:it|they|we|nobody|nothing|no one|never|not|the|a|an|this|these|that|anyone|everyone|is|are|has|have|shall|must|may|can|after|before|when|if|once|whoever|everyone)\b))\s*/iu;
const NEGATION =
  /\b(?:not|never|no|cannot|nobody|nothing|no one|none|neither|nor|without|forbidden|prohibited|must not|ruled out|instead of)\b|n['’]t\b/i;
const WISH = /\b(?:should|could|may|might|ideally|preferably|would be nice|nice to have|if possible|wherever possible)\b/i;

export function clausesOf(saying: Saying): readonly Clause[] {
  const whole = saying.text
    .replace(/[*_`"“”]/g, '')
    .replace(REASON, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const around = termsOf(saying.context);
  const environment = environmentOf(whole);
  const wholeTerms = termsOf(whole.replace(/\b[A-Z]\w*(?:Service|Api|API|App|Gateway)\b/g, ' '));
  return whole.split(CUT).flatMap((written) => {
    if (written === undefined || written.trim().length < 3) return [];
    const text = inDigits(written);
    const amounts = amountsOf(written);
    const { system, modality } = parseSentence(text);
    const { main, conditions } = parted(text);
    const actor = system !== undefined && isSystem(system, text) ? system : undefined;
    return [
      {
        saying,
        whole,
        text,
        conditions,
        actor,
        isNegated: NEGATION.test(text),
        isWish: saying.layer !== 'request' && (modality === 'should' || (WISH.test(text) && modality !== 'must' && modality !== 'may')),
        terms: subjectOf(PRONOUN.test(main) ? `${main} ${conditions}` : main, text, actor, wholeTerms),
        sentence: wholeTerms,
        around: [...new Set([...wholeTerms, ...around])],
        amounts,
        people: peopleIn(text),
        scopes: scopesIn(amounts),
        environment,
      },
    ];
  });
}

/** What the main part leaves to its condition to name. */
const PRONOUN = /\b(?:it|its|they|them|their|his|her)\b/i;
/** A name such as `UploadService`, `the Portal` or `the gate app`; people and things are what it is done to. */
const isSystem = (name: string, text: string): boolean =>
  /^(?:\S*[a-z][A-Z]\S*|[\w-]+ (?:app|service|portal|gateway|api|system|server))$/.test(name) ||
  (/^[A-Z][A-Za-z]+$/.test(name) && text.includes(`he ${name} `));
const OPENS = /^(?:and\s+|then\s+)?(?:when(?:ever)?|if|while|once|as soon as|as long as|unless|during|after|before|upon|until|where)\b\s*/i;
const TRAILS = /\s+(?:when(?:ever)?|if|while|unless|as soon as|as long as|once(?! (?:a|an|to|per|in|every|and)\b))\s+(?=\S)/i;

/** The main part of a sentence and its conditions, wherever they stand. */
function parted(text: string): { readonly main: string; readonly conditions: string } {
  const opening = OPENS.exec(text);
  const comma = opening
    ? (/,\s+(?:then\s+)?(?=(?:the|an?|it|we|they|i|its|every|each|all|nobody|no|our|his|her|their|please|that|this|these|any|both|only|somebody|someone|whoever|\S+ (?:shall|must|will|is|are|has|have|can|may|should))\b)/i.exec(
        text,
      ) ?? /,\s+/.exec(text))
    : null;
  if (opening && comma) {
    const rest = parted(text.slice(comma.index + comma[0].length));
    return { main: rest.main, conditions: `${text.slice(opening[0].length, comma.index)} ${rest.conditions}`.trim() };
  }
  const trailing = TRAILS.exec(text);
  if (trailing && trailing.index > 0)
    return { main: text.slice(0, trailing.index), conditions: text.slice(trailing.index + trailing[0].length) };
  return { main: text, conditions: '' };
}

/** What a relative clause adds says which of them, not what. */
const RELATIVE = /\b(?:that|which|who) (?:was|were|is|are|has been|have been|had been) \w+(?: (?:before|already|once))?/gi;

/** Terms of the main part, without those of who has to do it; of all where that leaves too few. */
function subjectOf(main: string, text: string, actor: string | undefined, whole: readonly string[]): readonly string[] {
  const plain = (part: string): string => (actor === undefined ? part : part.replace(actor, ' '));
  const bare = termsOf(plain(main).replace(RELATIVE, ' '));
  if (bare.length > 1) return bare;
  const terms = termsOf(plain(main));
  if (terms.length > 1) return terms;
  const all = termsOf(plain(text));
  return all.length > 1 ? all : whole;
}

/** A noun with its bound before the verb: it tells which of them are meant, and bounds nothing. */
export const qualifies = ({ bound, before, isUpTo }: Amount): boolean =>
  bound !== 'exact' &&
  !isUpTo &&
  /(?<!\b(?:is|are|be|been|was|were|stay|stays|remain|remains|cost|costs|take|takes|weigh|weighs|than|not|never|must|keep|keeps|have|has))\s(?:of )?(?:above|below|over|under|more than|less than|from|at least)\s*$/iu.test(
    before,
  );

const scopesIn = (amounts: readonly Amount[]): readonly Scope[] =>
  amounts
    .filter((amount) => amount.dimension !== 'time' && qualifies(amount))
    .map(({ dimension, bound, value }) =>
      bound === 'least' ? { dimension, low: value, high: Infinity } : { dimension, low: -Infinity, high: value },
    );

/** A claim with what all claims of a clause have in common. */
export function claimOf(clause: Clause, own: Pick<Claim, 'attribute' | 'holds' | 'states'> & Partial<Claim>): Claim {
  const { conditions, environment, actor, isWish, people } = clause;
  return {
    about: clause.terms,
    head: [],
    around: clause.around,
    sentence: clause.sentence,
    when: termsOf(conditions),
    ...(clause.scopes.length === 0 ? {} : { scopes: clause.scopes }),
    ...(environment === undefined ? {} : { environment }),
    ...(actor === undefined ? {} : { actor }),
    ...(isWish ? { isWish } : {}),
    ...(people.length === 0 ? {} : { people: people.map(({ name }) => name) }),
    ...own,
  };
}

/** Terms without those of some words. */
export const without = (terms: readonly string[], words: string): readonly string[] => {
  const drop = new Set(termsOf(words));
  return terms.filter((term) => !drop.has(term));
};

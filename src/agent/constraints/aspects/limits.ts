import { claimOf, qualifies, without, type Clause } from '../clause.ts';
import type { Claim, Holds } from '../claim.ts';
import { spelled, termOf, termsOf } from '../words/terms.ts';
import type { Amount } from '../words/quantities.ts';

export const REFUSES =
  /\b(?:refus\w*|reject\w*|declin\w*|turn(?:s|ed)? (?:away|down)|den(?:y|ies|ied)|status 4\d\d|not (?:accept|take|allow|let|be accepted|be taken)\w*|block\w*|cut(?:s)? off|discard\w*|drop\w*)\b/i;
const NOT_REFUSED = /\b(?:not|never|no longer) (?:be )?(?:refused|rejected|declined|turned (?:away|down)|denied|blocked)\b/i;
const PERMITS = /\b(?:may|can|allow\w*|permit\w*|limited|let|lets)\b/i;
/** Of all of them, not of each. */
const TOGETHER = /\b(?:together|altogether|overall|in total|combined)\b/i;
const NAMED = /\b(?:maximum|limit|cap)\b/i;

/** Bounds of everything but time: how large, how many, how long, how often. */
export function limitsOf(clause: Clause): readonly Claim[] {
  const locks = thresholdOf(clause);
  const claims = clause.amounts.filter(({ dimension }) => dimension !== 'time').flatMap((amount) => limitOf(clause, amount));
  const zero = /\b(?:below|under|less than) 0\b/i.exec(clause.text);
  if (zero && (NOT_REFUSED.test(clause.text) || (/\b(?:accept|take|allow|can be|may be)\w*/i.test(clause.text) && !clause.isNegated)))
    return [
      claimOf(clause, {
        attribute: 'limit:number',
        about: without(clause.terms, 'accept refuse report'),
        holds: { kind: 'range', force: 'some', low: -1, high: -1 },
        states: 'a value below 0 is possible',
      }),
    ];
  return [...claims, ...locks];
}

const LOCKS = /\b(?:lock\w*|block\w*|suspend\w*|bar(?:s|red)|disabl\w*)\b/i;

/** After how many of something it is locked: two numbers for the same are one too many. */
function thresholdOf(clause: Clause): readonly Claim[] {
  const amount = clause.amounts.find(({ dimension, noun }) => dimension === 'count' && noun !== undefined);
  if (!amount || !LOCKS.test(clause.text) || !/\b(?:after|enters?|fails?|wrong|failed|invalid|unsuccessful)\b/i.test(clause.text))
    return [];
  const head = [termOf(amount.noun ?? '') ?? ''];
  return [
    claimOf(clause, {
      attribute: 'threshold',
      head,
      about: [...head, ...clause.terms],
      holds: { kind: 'range', force: 'all', low: amount.value, high: amount.value },
      states: `locked after ${amount.text}`,
    }),
  ];
}

function limitOf(clause: Clause, amount: Amount): readonly Claim[] {
  const { dimension, noun, value, text } = amount;
  if (dimension === 'count' && amount.bound === 'exact' && (noun === undefined || value <= 1) && !amount.isUpTo) return [];
  if (dimension === 'money' && qualifies(amount)) return [];
  const head =
    dimension === 'count' || dimension === 'rate'
      ? noun === undefined
        ? []
        : [termOf(noun) ?? noun]
      : dimension === 'share'
        ? partOf(amount)
        : [];
  const isConditional = clause.conditions.includes(text) && !clause.text.replace(clause.conditions, '').includes(text);
  const about = without(
    isConditional ? termsOf(clause.conditions) : clause.terms,
    `accept refuse reject allow weigh long large ${text.replace(/\d/g, '')}`,
  );
  const refuses = REFUSES.test(clause.text) && !NOT_REFUSED.test(clause.text);
  const claims = forcesOf(clause, amount, refuses).map((holds) =>
    claimOf(clause, {
      attribute: `limit:${dimension}`,
      about: dimension === 'count' ? [...new Set([...head, ...about])] : about,
      head,
      ...(TOGETHER.test(clause.text) ? { people: [] } : {}),
      holds,
      states: `${spelled([...head, ...about.filter((term) => !head.includes(term))], clause.whole)} ${relation(holds)} ${text}`,
    }),
  );
  return claims;
}

/** What a share is of: percentages of two things say nothing of each other. */
const partOf = ({ after }: Amount): readonly string[] => termsOf(/^\s*of\b([^,.;]{0,60})/.exec(after)?.[1] ?? '').slice(0, 1);

function forcesOf(clause: Clause, { bound, value, isStrict, isUpTo, dimension, before }: Amount, refuses: boolean): readonly Holds[] {
  const range = (force: 'all' | 'some', low: number, high: number): Holds => ({ kind: 'range', force, low, high });
  const isExactly = /\b(?:exactly|always|precisely)\s*$/i.test(before);
  const epsilon = dimension === 'count' || dimension === 'characters' ? 1 : 0;
  if (refuses && bound === 'least') return [range('all', -Infinity, isStrict ? value : value - epsilon)];
  if (refuses && bound === 'most') return [range('all', isStrict ? value : value + epsilon, Infinity)];
  if (isUpTo)
    return [
      range('some', value, value),
      ...(clause.saying.layer !== 'request' || PERMITS.test(clause.text) || NAMED.test(clause.text)
        ? [range('all', -Infinity, value)]
        : []),
    ];
  if (bound === 'most') return [range('all', -Infinity, isStrict ? value - epsilon : value)];
  if (bound === 'least') return [range('all', isStrict ? value + epsilon : value, Infinity)];
  if (dimension === 'ratio' || dimension === 'share' || isExactly) return [range('all', value, value)];
  return [range('some', value, value)];
}

const relation = (holds: Holds): string =>
  holds.kind !== 'range' ? '' : holds.force === 'some' ? 'can be' : holds.low === -Infinity ? '<=' : holds.high === Infinity ? '>=' : '=';

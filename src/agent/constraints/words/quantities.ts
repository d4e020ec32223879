import { stemmer } from 'stemmer';
import { unitOf } from '../../../specs/meaning/quantities.ts';

/** A number with its unit as a sentence says it, and how it bounds. */
export interface Amount {
  /** `time` (s), `size` (bytes), `length` (m), `mass` (g), `money`, `share` (of 1), `ratio` (to 1), `temperature` (°), `rate` (a second), or `count`. */
  readonly dimension: string;
  /** What is counted, as a stem; of rates as well. */
  readonly noun?: string;
  readonly value: number;
  readonly bound: 'most' | 'least' | 'exact';
  readonly isStrict: boolean;
  /** "up to": a bound, or what has to be possible. */
  readonly isUpTo: boolean;
  /** "every", "each", "once a": how often. */
  readonly isPeriod: boolean;
  readonly text: string;
  readonly before: string;
  readonly after: string;
}

const ONES =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const SPELLED = new Map<string, number>([
  ...ONES.map((word, value) => [word, value] as const),
  ...TENS.flatMap((ten, index) => [
    [ten, (index + 2) * 10] as const,
    ...ONES.slice(1, 10).map((one, value) => [`${ten}-${one}`, (index + 2) * 10 + value + 1] as const),
  ]),
  ['hundred', 100],
  ['thousand', 1000],
]);
const SPELLED_WORD = new RegExp(`\\b(?:${[...SPELLED.keys()].toSorted((a, b) => b.length - a.length).join('|')})\\b(?!-)`, 'gi');
/** "four hundred and fifty", "twelve hundred twenty-five" */
const HUNDREDS = new RegExp(
  `\\b(a|${[...ONES.slice(1), ...TENS].join('|')}) hundred (?:and )?((?:${TENS.join('|')})(?:[- ](?:${ONES.slice(1, 10).join('|')}))?|${ONES.slice(1).toReversed().join('|')})\\b`,
  'gi',
);
const spelledNumber = (words: string): number =>
  words === 'a'
    ? 1
    : words
        .toLowerCase()
        .split(/[- ]/)
        .reduce((sum, word) => sum + (SPELLED.get(word) ?? 0), 0);
const UNIT_WORD = 'second|minute|hour|day|week|month|year';

/** Numbers in words and vague units as digits: "half a year" is 6 months, "a quarter of an hour" 15 minutes. */
export function inDigits(text: string): string {
  return text
    .replace(/\b(?:a |one )?quarter of an hour\b/gi, '15 minutes')
    .replace(/\bthree quarters of an hour\b/gi, '45 minutes')
    .replace(/\bhalf an? (second|minute|hour|day)\b/gi, '0.5 $1s')
    .replace(/\b(?:every|each) half[- ]hour\b/gi, 'every 30 minutes')
    .replace(/\b(?:every|each) quarter[- ]hour\b/gi, 'every 15 minutes')
    .replace(/\bhalf an? year\b/gi, '6 months')
    .replace(/\ban? (second|minute|hour|day|week|month|year) and a half\b/gi, '1.5 $1s')
    .replace(/\b(?:a |one )?fortnight\b/gi, '2 weeks')
    .replace(/\b(?:a |one )?decade\b/gi, '10 years')
    .replace(/\b(?:the |a |one )?(?:whole|full|entire) (?:working day|shift|workday)\b/gi, '8 hours')
    .replace(/\b(?:the |a |one )?(?:whole|full|entire) (day|week|month|year)\b/gi, '1 $1')
    .replace(/\ball day(?: long)?\b/gi, 'for 8 hours')
    .replace(/\ball night(?: long)?\b/gi, 'for 8 hours')
    .replace(/\b(every|each) (?:night|morning|evening)\b/gi, '$1 1 day')
    .replace(/\b(?:every|each) other day\b/gi, 'every 2 days')
    .replace(/\b(every|each) (?:mon|tues|wednes|thurs|fri|satur|sun)day\b/gi, '$1 1 week')
    .replace(/\bovernight\b/gi, 'after 8 hours')
    .replace(/\b(?:a |one )?couple of\b/gi, '2')
    .replace(/\b(?:a |one )dozen\b/gi, '12')
    .replace(HUNDREDS, (_, count: string, rest: string) => `${spelledNumber(count) * 100 + spelledNumber(rest)}`)
    .replace(/\b(two|three|four|five|six|seven|eight|nine) hundred\b/gi, (_, word: string) => `${SPELLED.get(word.toLowerCase())! * 100}`)
    .replace(
      /\b(one|two|three|four|five|six|seven|eight|nine|ten|twenty|fifty|\d+) (thousand|million)\b/gi,
      (_, word: string, scale: string) =>
        `${(SPELLED.get(word.toLowerCase()) ?? Number(word)) * (scale.toLowerCase() === 'million' ? 1e6 : 1e3)}`,
    )
    .replace(/\ba hundred\b/gi, '100')
    .replace(/\ba thousand\b/gi, '1000')
    .replace(SPELLED_WORD, (word) => String(SPELLED.get(word.toLowerCase())))
    .replace(
      new RegExp(
        `\\b(for|within|after|in|to|than|most|least|every|last|old|exactly|takes?|good for|valid for|lasts?) (?:an?|the) (${UNIT_WORD})\\b(?! (?:of|before|after) an?\\b)`,
        'gi',
      ),
      '$1 1 $2',
    )
    .replace(new RegExp(`\\b(every|each) (${UNIT_WORD})\\b`, 'gi'), '$1 1 $2');
}

/** Minutes, hours … that adverbs of frequency stand for, in seconds. */
const FREQUENT: Readonly<Record<string, number>> = {
  hourly: 3600,
  nightly: 86_400,
  daily: 86_400,
  weekly: 604_800,
  monthly: 2_592_000,
  yearly: 31_536_000,
  annually: 31_536_000,
  quarterly: 7_776_000,
};

const MASS: Readonly<Record<string, number>> = { g: 1, gram: 1, kg: 1000, kilo: 1000, kilogram: 1000, t: 1e6, ton: 1e6, tonne: 1e6 };
const LENGTH: Readonly<Record<string, number>> = {
  mm: 0.001,
  millimetre: 0.001,
  millimeter: 0.001,
  cm: 0.01,
  centimetre: 0.01,
  centimeter: 0.01,
  m: 1,
  metre: 1,
  meter: 1,
  km: 1000,
  kilometre: 1000,
  kilometer: 1000,
};
const MONEY = /^(?:€|\$|£|eur|usd|gbp|chf|euros?|dollars?|pounds?|francs?|cents?)$/i;

const NUMBER =
  /(?<![\w.,:/-])(?<money>[€$£]\s?)?(?<sign>[-−]\s?)?(?<digits>\d{1,3}(?:[,' ]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?:(?<scale>k\b|\s?million\b|\s?thousand\b))?(?<ratio>\s?:\s?1\b)?(?<range>\s?(?:-|–|to)\s?\d+(?:\.\d+)?)?[\s-]?(?<unit>%|‰|°c?|€|\$|£|(?!(?:or|and|to|of|in|is|are|a|an|at|for|per|by|on|with|when|if|than|as|from|the|after|before|it|then|but|may|can|must|shall|each|every)\b)[A-Za-zµ][A-Za-zµ]*)?/giu;
const NAMING =
  /(?:\b(?:status(?: codes?)?|codes?|http|https|version|v|port|error|level|section|rfc|iso|sha|aes|rsa|utf|oauth|tls|ssl|wcag|phase|article|chapter|line|page|adr|step|rule|no\.?|nr\.?|january|february|march|april|may|june|july|august|september|october|november|december|top)[\s-]*|#|\b[A-Z]+-)$/iu;

const MOST =
  /(?:\b(?:at (?:the )?(?:most|latest)|no(?:t)? (?:more|larger|longer|later|higher|greater|bigger|older|heavier) than|no later than|not later than|max(?:imum)?(?: of| is|:)?|maximal(?:ly)?|not exceed(?:ing)?|never exceeds?|without exceeding|(?:limit(?:ed)?|capped|restricted|throttled|bounded|confined)(?: to| at| of| is)?|less than|fewer than|smaller than|lower than|shorter than|younger than|faster than|below|under|within(?: less than)?|in under|in less than|inside|down to)|<=|≤|<|up to|as (?:many|much|long|large|big) as|until)\s*(?:the |a |an |about |roughly |of |last |next |first )*$/iu;
const LEAST =
  /(?:\b(?:at (?:the )?least|no(?:t)? (?:fewer|less|shorter|smaller|lower|earlier|sooner|before) than|min(?:imum)?(?: of| is|:)?|more than|greater than|larger than|longer than|bigger than|higher than|heavier than|older than|later than|over|above|exceed(?:s|ing)?|outliv(?:es?|ing)|outlasts?|beyond|not before|no earlier than|earliest|from)|>=|≥|>)\s*(?:the |a |an |about |roughly |of )*$/iu;
const STRICT =
  /\b(?:less|fewer|smaller|lower|shorter|younger|below|under|more|greater|larger|longer|bigger|higher|heavier|older|over|above|exceed\w*|beyond)\b(?: than)?\s*(?:the |a |an )*$|[<>]\s*$/iu;
const NOT =
  /\b(?:not?|never|without)\s+(?:\w+\s+)?(?:more|larger|longer|later|higher|greater|bigger|older|heavier|fewer|less|shorter|smaller|lower|earlier|sooner|exceed\w*)\b[^.]{0,8}$/iu;
const AFTER_MOST =
  /^\s*(?:or (?:less|fewer|smaller|shorter|below|under|lower|earlier|younger)|at (?:the )?most|at (?:the )?latest|max(?:imum)?\b|tops)/iu;
const AFTER_LEAST =
  /^\s*(?:or (?:more|longer|larger|above|over|higher|better|older|newer|later)|and (?:more|above|over|up)|at (?:the )?least|min(?:imum)?\b|\+)/iu;
const PER = /^\s*(?:\w+\s+){0,3}?(?:\/|per|an?|each|every)\s*(second|sec|s|minute|min|hour|h|day|week|month)\b/iu;

/** The amounts that a text names, in order. A number that only names something, such as a status, is none. */
export function amountsOf(written: string): readonly Amount[] {
  const text = inDigits(written);
  const found: Amount[] = [];
  for (const match of text.matchAll(NUMBER)) {
    const { money, sign, digits = '', scale, ratio, unit = '' } = match.groups ?? {};
    const start = match.index;
    const end = start + match[0].length;
    const before = text.slice(0, start);
    const after = text.slice(end);
    if (NAMING.test(before) && unit === '') continue;
    if (/\b(?:tls|ssl|aes|sha|rsa|http|version|wcag|oauth|status|level)\s*-?$/iu.test(before)) continue;
    if (/^\s?[:/.]\d/.test(after) || /^(?:st|nd|rd|th|am|pm|o)$/i.test(unit)) continue;
    const number =
      Number(digits.replaceAll(/[,' ](?=\d{3})/g, '')) *
      (scale === undefined ? 1 : /^(?:k|\s?thousand)$/i.test(scale) ? 1e3 : 1e6) *
      (sign === undefined ? 1 : -1);
    const measured = dimensionOf(unit, money, ratio, before, after);
    const { noun } = measured;
    let { dimension, factor } = measured;
    const per = dimension === 'count' ? PER.exec(after) : null;
    if (per) {
      dimension = 'rate';
      factor = 1 / unitOf(per[1]!)[1];
    }
    const isMost = MOST.test(before) || AFTER_MOST.test(after);
    const isLeast = !isMost && (LEAST.test(before) || AFTER_LEAST.test(after));
    const isNot = NOT.test(before);
    const flipped = isNot && /\b(?:more|larger|longer|later|higher|greater|bigger|older|heavier|exceed\w*)\b[^.]{0,12}$/iu.test(before);
    const isPeriod = dimension === 'time' && /\b(?:every|each|once (?:in )?(?:every )?(?:a |an )?|once per)\s*$/iu.test(before);
    found.push({
      dimension,
      ...(noun === undefined ? {} : { noun }),
      value: number * factor,
      bound: flipped || isMost ? 'most' : isLeast ? 'least' : 'exact',
      isStrict: !isNot && STRICT.test(before),
      isUpTo: /\b(?:up to|as (?:many|much|long|large|big) as)\s*(?:the |a |an |about )*$/iu.test(before),
      isPeriod,
      text: text.slice(start, end).trim(),
      before,
      after,
    });
  }
  for (const match of text.matchAll(
    /\b(?:once|twice) (?:an?|per|each|every)\s?1? (second|minute|hour|day|night|week|month|year)\b|\b(hourly|nightly|daily|weekly|monthly|yearly|annually|quarterly)\b(?!-)/giu,
  )) {
    const seconds =
      match[1] !== undefined
        ? unitOf(match[1] === 'night' ? 'day' : match[1])[1] * (/^twice/i.test(match[0]) ? 0.5 : 1)
        : FREQUENT[match[2]!.toLowerCase()]!;
    const before = text.slice(0, match.index);
    found.push({
      dimension: 'time',
      value: seconds,
      bound: /\bat least\s*$/i.test(before) ? 'most' : 'exact',
      isStrict: false,
      isUpTo: false,
      isPeriod: true,
      text: match[0],
      before,
      after: text.slice(match.index + match[0].length),
    });
  }
  return found;
}

function dimensionOf(
  unit: string,
  money: string | undefined,
  ratio: string | undefined,
  before: string,
  after: string,
): { dimension: string; factor: number; noun?: string } {
  if (ratio !== undefined) return { dimension: 'ratio', factor: 1 };
  if (money !== undefined || MONEY.test(unit)) return { dimension: 'money', factor: /^cents?$/i.test(unit) ? 0.01 : 1 };
  const plain = unit.toLowerCase().replace(/(?<=[a-z]{2})s$/, '');
  if (unit.startsWith('°') || /^degrees?$/i.test(unit)) return { dimension: 'temperature', factor: 1 };
  if (Object.hasOwn(MASS, plain)) return { dimension: 'mass', factor: MASS[plain]! };
  if (/^meters$/.test(unit) && /\b(?:serves?|has|have|handles?|supports?|connects?|of its|each of)\b[^.]{0,20}$/i.test(before))
    return { dimension: 'count', factor: 1, noun: 'meter' };
  if (Object.hasOwn(LENGTH, plain)) return { dimension: 'length', factor: LENGTH[plain]! };
  if (/^(?:char|character|letter|sign)$/.test(plain)) return { dimension: 'characters', factor: 1 };
  const [dimension, factor] = unitOf(unit);
  if (dimension === 'time' || dimension === 'size' || dimension === 'share') return { dimension, factor };
  // What is counted: the last of the words that can be: "2 open appointments", "200 hits on one page".
  const words = `${unit} ${after}`
    .split(/[^\p{L}-]+|(?<=[\p{L}])(?=[.,;:)])/u)
    .filter(Boolean)
    .slice(0, 3);
  const stop = words.findIndex((word) =>
    /^(?:of|on|in|at|for|per|a|an|and|or|to|is|are|was|can|may|must|shall|when|if|from|by|with|each|every|the|that|which|who|next|before|after)$/i.test(
      word,
    ),
  );
  const named = stop < 0 ? words : words.slice(0, stop);
  const plural = named.find((word) => /[^s]s$/i.test(word)) ?? (named.length === 1 ? named[0] : undefined);
  return { dimension: 'count', factor: 1, ...(plural === undefined ? {} : { noun: stemmer(plural.toLowerCase()) }) };
}

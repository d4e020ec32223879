import type { Range } from './story.ts';

export type Operator = '<=' | '<' | '>=' | '>' | '=' | 'in';
export type Dimension = 'size' | 'time' | 'count' | 'percentage' | 'rate' | 'length' | 'money' | 'format';

/** A limit with its value. */
export interface Constraint extends Range {
  readonly dimension: Dimension;
  readonly operator: Operator;
  /** A number as said; of formats, their names in capitals. */
  readonly value: number | readonly string[];
  /** As said, "MB"; absent of bare counts and formats. */
  readonly unit?: string;
  /** In bytes (MB = 10^6, MiB = 2^20), seconds, or as it is. */
  readonly base?: number;
  readonly quote: string;
}

const SIZE: Readonly<Record<string, number>> = {
  b: 1,
  byte: 1,
  bytes: 1,
  k: 1e3,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  tb: 1e12,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
  tib: 2 ** 40,
  kilobyte: 1e3,
  kilobytes: 1e3,
  megabyte: 1e6,
  megabytes: 1e6,
  gigabyte: 1e9,
  gigabytes: 1e9,
  megs: 1e6,
  meg: 1e6,
  gigs: 1e9,
};
const TIME: Readonly<Record<string, number>> = {
  ms: 0.001,
  msec: 0.001,
  millisecond: 0.001,
  milliseconds: 0.001,
  s: 1,
  sec: 1,
  secs: 1,
  second: 1,
  seconds: 1,
  min: 60,
  mins: 60,
  minute: 60,
  minutes: 60,
  h: 3600,
  hr: 3600,
  hrs: 3600,
  hour: 3600,
  hours: 3600,
  d: 86_400,
  day: 86_400,
  days: 86_400,
  week: 604_800,
  weeks: 604_800,
  month: 2_592_000,
  months: 2_592_000,
  year: 31_536_000,
  years: 31_536_000,
};
const LENGTH = ['px', 'pixels', 'pixel', 'chars', 'characters', 'char', 'character', 'words', 'lines', 'dpi', 'cm', 'mm'];
const COUNTED =
  'files?|images?|photos?|pictures?|users?|items?|attempts?|retries|requests?|calls?|rows?|records?|entries|pages?|orders?|products?|messages?|emails?|uploads?|downloads?|attachments?|results?|devices?|sessions?|accounts?|characters?|clicks?|times?|columns?|versions?|copies|tags?|comments?|seats?|tickets?|customers?|connections?|tokens?|people|members?|projects?|documents?|videos?|queries|transactions?|events?|jobs?|steps?|languages?|fields?|options?|points?|digits?|recipients?|participants?|licen[cs]es?|passwords?';
const NUMBERS: Readonly<Record<string, number>> = {
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  fifteen: 15,
  twenty: 20,
  thirty: 30,
  sixty: 60,
  ninety: 90,
  hundred: 100,
  a: 1,
  an: 1,
  single: 1,
};
const FORMATS =
  'png|jpe?g|gif|webp|svg|heic|avif|tiff?|bmp|pdf|csv|tsv|xlsx?|docx?|pptx?|json|xml|ya?ml|html|markdown|txt|zip|mp3|mp4|mov|avi|wav|parquet|ics|odt|ods|epub';

const VALUE = String.raw`(?<value>\d{1,3}(?:[,'  ]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|(?:${Object.keys(NUMBERS).join('|')})\b)`;
const UNIT = String.raw`(?<unit>%|per\s?cent\b|percent\b|€|\$|£|eur\b|usd\b|gbp\b|chf\b|(?:${[...Object.keys(SIZE), ...Object.keys(TIME), ...LENGTH].sort((a, b) => b.length - a.length).join('|')})(?![\p{L}\p{N}])|(?:(?:\p{Ll}+\s){0,2}?(?:${COUNTED}))\b|(?<things>(?!(?:is|was|has|as|this|its|us|does|always|plus|less|minus|times)\b)\p{Ll}{2,}s)\b)`;
const RATE = String.raw`(?<rate>\s?(?:/|per|a|an|each|every)\s?(?:s|sec|second|min|minute|h|hr|hour|day|week|month|year|user|customer|account|ip|client|request|order|product|item|file|upload)\b)?`;
const LIMIT = new RegExp(String.raw`(?<!\p{L}|[\d.#])(?<money>[€$£]\s?)?${VALUE}(?<scale>[km]\b)?\+?[\s-]?(?:${UNIT})?${RATE}`, 'giu');

const BEFORE: readonly (readonly [RegExp, Operator])[] = [
  [
    /(?:no (?:more|longer|larger|bigger|later|greater|higher) than|not (?:more|longer|larger|bigger|exceed|be (?:larger|bigger|longer|more) than)(?: than)?|never (?:more|longer|exceeds?)(?: than)?|at most|at the most|max(?:imum|\.)?(?: (?:\p{L}+ ){0,4})?(?:of|is|to|:|=|be|at)?|up to|(?:limit(?:ed)?|cap(?:ped)?|restrict(?:ed)?)(?: (?:\p{L}+ ){0,4})?(?:to|at|of|is|:)|limit|within|exceeds?|(?:bigger|larger|longer|more|greater|higher) than.{0,12}(?:not|reject\p{L}*)|<=|≤|until|for up to)\s*(?:about |roughly |around |a |an |~)?$/iu,
    '<=',
  ],
  [/(?:under|below|less than|fewer than|faster than|shorter than|smaller than|lower than|<|within less than)\s*(?:about |~)?$/iu, '<'],
  [
    /(?:at least|no (?:less|fewer|shorter|smaller) than|not less than|min(?:imum|\.)?(?: (?:\p{L}+ ){0,3})?(?:of|is|to|:|=|be)?|>=|≥|or more|a minimum of|not before|older than or)\s*(?:about |~)?$/iu,
    '>=',
  ],
  [/(?:over|above|more than|longer than|larger than|bigger than|greater than|exceeding|older than|after|beyond|>)\s*(?:about |~)?$/iu, '>'],
  [/(?:exactly|precisely|every|each|for|after|is|are|be|=|equals?|to|of|:)\s*$/iu, '='],
];
const AFTER: readonly (readonly [RegExp, Operator])[] = [
  [/^\s*(?:max(?:imum)?|tops|at most|or (?:less|fewer|smaller|shorter|below|under)|limit|cap)\b/iu, '<='],
  [/^\s*(?:min(?:imum)?|at least|or (?:more|longer|larger|above|higher))\b/iu, '>='],
];

/** The limits that a text names between `start` and `end`, in order. A number without a unit or a comparison is none. */
export function constraintsOf(text: string, start = 0, end = text.length): readonly Constraint[] {
  const said = text.slice(start, end);
  const found: Constraint[] = [];
  for (const match of said.matchAll(LIMIT)) {
    const constraint = numeric(said, match);
    if (constraint !== undefined) found.push({ ...constraint, start: start + constraint.start, end: start + constraint.end });
  }
  found.push(...formats(said).map((format) => ({ ...format, start: start + format.start, end: start + format.end })));
  return found.sort((a, b) => a.start - b.start);
}

function numeric(said: string, match: RegExpMatchArray): Constraint | undefined {
  const { value = '', unit, things, rate, money, scale } = match.groups ?? {};
  const at = match.index ?? 0;
  const worded = NUMBERS[value.toLowerCase()];
  const before = said.slice(Math.max(0, at - 60), at);
  const after = said.slice(at + match[0].length, at + match[0].length + 24);
  const compared = AFTER.find(([pattern]) => pattern.test(after)) ?? BEFORE.slice(0, 4).find(([pattern]) => pattern.test(before));
  if (worded !== undefined && (unit === undefined || (/^(?:an?|single|one)$/i.test(value) && compared === undefined))) return undefined;
  if (unit === undefined && money === undefined && rate === undefined && compared === undefined) return undefined;
  if (things !== undefined && compared === undefined) return undefined; // "3 buttons"
  if (unit === undefined && /^(?:\.\d|[-/:]\d)/.test(after)) return undefined; // a version, a date, a time
  const number =
    (worded ?? Number(value.replaceAll(/[,'  ](?=\d{3})/g, ''))) * (scale === undefined ? 1 : scale.toLowerCase() === 'k' ? 1e3 : 1e6);
  if (!Number.isFinite(number)) return undefined;
  const operator = compared?.[1] ?? BEFORE[4]![1];
  const phrase =
    BEFORE.slice(0, 4)
      .find(([pattern]) => pattern.test(before))?.[0]
      .exec(before)?.[0].length ?? 0;
  const tail = AFTER.find(([pattern]) => pattern.test(after))?.[0].exec(after)?.[0].length ?? 0;
  const start = at - phrase;
  const end = at + match[0].trimEnd().length + tail;
  const name = (money?.trim() ?? unit)?.replace(/^per\s?cent$|^percent$/i, '%');
  const measured = measure(name, rate);
  return {
    dimension: measured.dimension,
    operator,
    value: number,
    ...(name === undefined && rate === undefined ? {} : { unit: `${name ?? ''}${rate ?? ''}`.trim() }),
    ...(measured.factor === undefined ? {} : { base: number * measured.factor }),
    quote: said.slice(start, end),
    start,
    end,
  };
}

function measure(unit: string | undefined, rate: string | undefined): { readonly dimension: Dimension; readonly factor?: number } {
  const name = unit?.toLowerCase() ?? '';
  if (/^(?:€|\$|£|eur|usd|gbp|chf)$/.test(name)) return { dimension: 'money' };
  if (rate !== undefined && !/^(?:an?|each|every)$/.test(rate.trim())) return { dimension: 'rate' };
  if (name === '%') return { dimension: 'percentage' };
  if (SIZE[name] !== undefined) return { dimension: 'size', factor: SIZE[name] };
  if (TIME[name] !== undefined) return { dimension: 'time', factor: TIME[name] };
  if (LENGTH.includes(name)) return { dimension: 'length' };
  return { dimension: 'count' };
}

const LIST = new RegExp(String.raw`(?<!\p{L})\.?(?:${FORMATS})\b(?:(?:\s*(?:,|/|and|or|&|\+)\s*)+\.?(?:${FORMATS})\b)*`, 'giu');

/** "PNG, JPEG or WebP": formats, where the words around say that they are a choice. */
function formats(said: string): Constraint[] {
  return [...said.matchAll(LIST)].flatMap(({ 0: quote, index }) => {
    const value = [...quote.matchAll(new RegExp(`(?:${FORMATS})\\b`, 'giu'))].map(([name]) => name.toUpperCase().replace('JPG', 'JPEG'));
    const chosen = value.length > 1 || /\b(?:only|formats?|types?|accept|allow|support|must be|as|in)\b/iu.test(said);
    return chosen
      ? [
          {
            dimension: 'format' as const,
            operator: 'in' as const,
            value: [...new Set(value)],
            quote,
            start: index,
            end: index + quote.length,
          },
        ]
      : [];
  });
}

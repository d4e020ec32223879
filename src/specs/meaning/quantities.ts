/** A number that a text bounds something with. */
export interface Quantity {
  readonly bound: 'upper' | 'lower' | 'exact';
  /** Whether the bound itself is left out: `less than`. */
  readonly isStrict: boolean;
  /** In the base unit of its dimension: seconds, bytes, a share of 1, things a second. */
  readonly value: number;
  /** `time`, `size`, `share`, or what is counted. */
  readonly dimension: string;
  /** As it is written, with its unit. */
  readonly text: string;
  /** `p95`: of how many out of a hundred it has to hold. */
  readonly percentile?: number;
  /** Words around the number that say what the bound is, part of {@link Measured.rest} no more. */
  readonly comparison: string;
}

export interface Measured {
  readonly quantities: readonly Quantity[];
  /** The text without its quantities and what compares them. */
  readonly rest: string;
}

type Unit = readonly [dimension: string, factor: number];
const TIME: Readonly<Record<string, number>> = { ns: 1e-9, µs: 1e-6, us: 1e-6, ms: 1e-3, s: 1, min: 60, h: 3600, d: 86_400, w: 604_800 };
const TIME_WORDS: Readonly<Record<string, number>> = {
  ...{ millisecond: 1e-3, millis: 1e-3, second: 1, sec: 1, minute: 60, hour: 3600, hr: 3600, day: 86_400, week: 604_800 },
  ...{ month: 2_592_000, year: 31_536_000 },
};
const SIZE: Readonly<Record<string, number>> = {
  ...{ b: 1, byte: 1, kb: 1e3, mb: 1e6, gb: 1e9, tb: 1e12, kib: 1024, mib: 1024 ** 2, gib: 1024 ** 3, tib: 1024 ** 4 },
  ...{ kilobyte: 1e3, megabyte: 1e6, gigabyte: 1e9, terabyte: 1e12, meg: 1e6, gig: 1e9 },
};
const SHORTHAND: Readonly<Record<string, string>> = { rps: 'request', qps: 'query', tps: 'transaction' };

const WORDS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];
const NUMBER = new RegExp(
  `(?<![\\w.,])(\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?|\\d{1,15}(?:\\.\\d{1,9})?|\\b(?:${WORDS.slice(2).join('|')})\\b)(k(?![\\w])|\\s?(?:million|thousand)\\b)?\\s?(%|‰|percent\\b|[A-Za-zµ][A-Za-zµ-]{0,30})?`,
  'gi',
);
/** Numbers that name something: they are not more or less. */
const NAMING =
  /(?:\b(?:status(?: codes?)?|codes?|http|version|port|error|step|level|sha|section|rfc|iso|utf|oauth|tls|wcag|v|phase|article)[\s-]*|#)$/i;

const UPPER =
  'at most|no more than|not more than|no larger than|not larger than|no longer than|not longer than|no higher than|no greater than|up to|a maximum of|maximum of|max\\.?|maximum|not exceed|not exceeding|never exceeds?|without exceeding|less than|fewer than|smaller than|lower than|shorter than|below|under|within|<=|<|≤|limited to|no later than|limit of|in';
const LOWER =
  'at least|no fewer than|no less than|not less than|no shorter than|not shorter than|a minimum of|minimum of|min\\.?|minimum|more than|greater than|larger than|longer than|bigger than|higher than|older than|over|above|exceeds|exceed|exceeding|beyond|>=|>|≥';
const STRICT =
  /(?:less|fewer|smaller|lower|shorter|below|under|<|more|greater|larger|longer|bigger|higher|older|over|above|exceed\w*|beyond|>)(?: than)?$/i;
const NOT_STRICT = /^(?:no|not|never|without)\b|<=|>=/i;
const BEFORE = new RegExp(
  `(?:^|[^\\w<>])((?:(?:not|never|no|cannot)\\s+(?:be\\s+|have\\s+|take\\s+|become\\s+)?)?(?:${UPPER}|${LOWER}))\\s*(?:(?:a|an|the|of|is|be|about|to|total|size)\\s+){0,2}$`,
  'i',
);
const AFTER =
  /^\s*(?:or|and)\s+(less|fewer|smaller|below|under|shorter|lower|more|greater|larger|above|over|longer|older|higher)\b|^\s*(at most|at least|max(?:imum)?|min(?:imum)?)\b/i;
const PER = /^\s*(?:\/|per|a|each|every)\s*(second|sec|s|minute|min|hour|h|day)\b/i;
const isUpper = new RegExp(`^(?:${UPPER})$`, 'i');

/** The quantities of a text, in order. */
export function measure(text: string): Measured {
  const quantities: Quantity[] = [];
  let rest = '';
  let from = 0;
  const percentile = percentileIn(text);
  for (const match of text.matchAll(NUMBER)) {
    const [all, digits = '', multiple = '', word = ''] = match;
    const start = match.index;
    if (start < from) continue;
    const before = text.slice(from, start);
    if (NAMING.test(text.slice(Math.max(0, start - 20), start)) || /^p$/i.test(text[start - 1] ?? '') || isPercentile(text, start, digits))
      continue;
    let end = start + all.length;
    const number = numberOf(digits) * factorOf(multiple);
    let unit = unitOf(word);
    const per = PER.exec(text.slice(end));
    if (per && !['time', 'share'].includes(unit[0])) {
      unit = [`${unit[0]}/time`, unit[1] / (timeOf(per[1]!) ?? 1)];
      end += per[0].length;
    }
    const comparison = BEFORE.exec(before);
    const after = comparison ? null : AFTER.exec(text.slice(end));
    const words = comparison?.[1] ?? after?.[1] ?? after?.[2] ?? '';
    quantities.push({
      ...boundOf(words, text.slice(0, start), unit[0]),
      value: number * unit[1],
      dimension: unit[0],
      text: text.slice(start, end).trim(),
      comparison: words.toLowerCase(),
      ...(percentile === undefined ? {} : { percentile }),
    });
    rest += comparison
      ? before.slice(0, before.length - comparison[0].length + (comparison[0].length - comparison[0].trimStart().length))
      : before;
    // What is counted stays a word of the text.
    rest += ['time', 'size', 'share', 'number'].includes(unit[0]) ? ' ' : ` ${word} `;
    from = end + (after?.[0].length ?? 0);
  }
  return { quantities, rest: `${rest}${text.slice(from)}`.replace(/\bp\d{2}(?:\.\d+)?\b|\b\d{2}(?:th|\.\d+th) percentile\b/gi, ' ') };
}

function boundOf(words: string, before: string, dimension: string): Pick<Quantity, 'bound' | 'isStrict'> {
  const said = words.toLowerCase().replace(/^(?:not|never|no|cannot)\s+(?:(?:be|have|take|become)\s+)/, 'not ');
  const isStrict = STRICT.test(said) && !NOT_STRICT.test(said);
  if (said === '') {
    if (/\b(?:max(?:imum)?|limit)\b[^.,;]{0,60}$/i.test(before)) return { bound: 'upper', isStrict: false };
    if (/\bmin(?:imum)?\b[^.,;]{0,60}$/i.test(before)) return { bound: 'lower', isStrict: false };
    if (dimension === 'share' && /\b(?:availab|uptime|success|accura|coverage)/i.test(before)) return { bound: 'lower', isStrict: false };
    return { bound: 'exact', isStrict: false };
  }
  if (/^(?:less|fewer|smaller|below|under|shorter|lower|at most|max)/.test(said)) return { bound: 'upper', isStrict };
  if (isUpper.test(said)) return { bound: 'upper', isStrict };
  if (/^not (?:exceed|more|larger|longer|greater|higher|bigger|over|above|older|beyond)/.test(said))
    return { bound: 'upper', isStrict: false };
  if (/^not (?:less|fewer|smaller|lower|shorter|below|under)/.test(said)) return { bound: 'lower', isStrict: false };
  return { bound: 'lower', isStrict };
}

function numberOf(digits: string): number {
  const spelled = WORDS.indexOf(digits.toLowerCase());
  return spelled >= 0 ? spelled : Number(digits.replaceAll(',', ''));
}

function factorOf(multiple: string): number {
  const word = multiple.trim().toLowerCase();
  return word === 'million' ? 1e6 : word === '' ? 1 : 1e3;
}

const timeOf = (word: string): number | undefined => {
  const plain = word.toLowerCase();
  return TIME[plain] ?? TIME_WORDS[plain] ?? TIME_WORDS[plain.replace(/s$/, '')];
};

/** The dimension of a unit, and what one of it is in the base unit. */
export function unitOf(word: string): Unit {
  const plain = word.toLowerCase();
  if (plain === '') return ['number', 1];
  if (plain === '%' || plain === 'percent') return ['share', 0.01];
  if (plain === '‰') return ['share', 0.001];
  // `5 times` is no time.
  if (plain === 'times') return ['occurrence', 1];
  const time = timeOf(plain);
  if (time !== undefined) return ['time', time];
  const size = SIZE[plain] ?? SIZE[plain.replace(/s$/, '')];
  if (size !== undefined) return ['size', size];
  if (SHORTHAND[plain] !== undefined) return [`${SHORTHAND[plain]}/time`, 1];
  if (/^(?:of|and|or|to|in|is|the|a|an|at|on|for|per|by|with|when|if|than|as|from|after|before|it|then)$/.test(plain)) return ['number', 1];
  return [plain.replace(/(?<=[a-z]{2})ies$/, 'y').replace(/(?<=[a-z]{2})s$/, ''), 1];
}

function percentileIn(text: string): number | undefined {
  const [, written, spelled, share] =
    /\bp(\d{2}(?:\.\d+)?)\b|\b(\d{2}(?:\.\d+)?)(?:th)? percentile\b|\b(\d{2}(?:\.\d+)?) ?% of (?!the time|time|all time)/i.exec(text) ?? [];
  const number = written ?? spelled ?? share;
  return number === undefined ? undefined : Number(number);
}

const isPercentile = (text: string, start: number, digits: string): boolean =>
  /^(?:th)? percentile\b|^ ?% of (?!the time|time|all time)/i.test(text.slice(start + digits.length, start + digits.length + 20)) &&
  /^\d{2}(?:\.\d+)?$/.test(digits);

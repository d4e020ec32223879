import { measure, type Quantity } from '../../specs/meaning/quantities.ts';
import type { Sentence } from '../../specs/meaning/sentence.ts';
import { isLimiting, isRefusing } from '../../specs/meaning/words.ts';
import { wordsOf } from '../parse/words.ts';
import { camel, nameWords } from './names.ts';
import { singular } from './plural.ts';
import { isRefusal } from './refusal.ts';

/**
 * A bound that a criterion sets, in whole units: bytes, milliseconds, characters, or what is counted. `accepts`: values within are
 * taken and others refused; `triggers`: within, the response is due; `deadline`: the response is due in that time;
 * `yields`: what is answered with is within.
 */
export interface Limit {
  readonly role: 'accepts' | 'triggers' | 'deadline' | 'yields';
  readonly unit: 'bytes' | 'milliseconds' | 'characters' | 'percent' | 'count' | 'number' | 'rate';
  /** What is bounded, in words: `file`, `recipient`. */
  readonly subject: string;
  /** Name of the field that holds the value. */
  readonly field: string;
  /** Both included. */
  readonly min?: number;
  readonly max?: number;
  /** The number that is written, in this unit: itself within or not. */
  readonly edge: number;
  /** As it is written: `5 MB`. */
  readonly text: string;
}

/** A value at a bound, and whether it is within. */
export interface BoundaryValue {
  readonly value: number;
  readonly isWithin: boolean;
  readonly label: string;
}

/** What is counted while a system runs, not in what it is handed. */
const OF_STATE =
  /^(?:attempt|tr(?:y|ies)|retr(?:y|ies)|failure|request|call|time|deliver(?:y|ies)|second|redirect|login|occurrence|replica|instance|worker|node)s?$/;
const WITHIN = /\b(?:within|in|no later than)$/i;

/** The limits of a sentence, in its order. */
export function limitsOf(sentence: Sentence): readonly Limit[] {
  const refusing = isRefusal(sentence) || (sentence.isNegated && sentence.conditions.length > 0) || /\b[45]\d\d\b/.test(sentence.response);
  const inConditions = sentence.conditions.flatMap(({ text }) =>
    quantitiesIn(text).flatMap((found) => {
      // `unless` is kept as `not …`: what it names is what is taken.
      const isTurned = text.startsWith('not ');
      return limitOf(found, refusing ? (isTurned ? 'accepts' : 'refuses') : 'triggers');
    }),
  );
  const whole = `${sentence.system ?? ''} ${sentence.modal ?? ''} ${sentence.isNegated ? 'not ' : ''}${sentence.response}`;
  const inResponse = quantitiesIn(whole).flatMap((found) => {
    const { quantity } = found;
    if (quantity.dimension === 'time' && WITHIN.test(quantity.comparison)) return limitOf(found, 'deadline');
    if (quantity.bound === 'exact' && quantity.dimension === 'time' && isLimiting(sentence.response))
      return limitOf({ ...found, quantity: { ...quantity, bound: 'upper' } }, 'accepts');
    if (!refusing && sentence.conditions.length > 0) return limitOf(found, 'yields');
    // `reject files larger than 5 MB`: what is refused is named by the response itself.
    const isRefused =
      isRefusing(sentence.response) &&
      /\b(?:larger|bigger|longer|more|above|over|exceed|exceeding|exceeds|beyond|older|greater|shorter|fewer|smaller|less)\b/.test(
        quantity.comparison,
      ) &&
      !/\b(?:no|not)\b/.test(quantity.comparison);
    return limitOf(found, isRefused ? 'refuses' : 'accepts');
  });
  return [...inConditions, ...inResponse];
}

interface Found {
  readonly quantity: Quantity;
  readonly subject: string;
}

function quantitiesIn(text: string): readonly Found[] {
  const { quantities } = measure(text);
  let from = 0;
  return quantities.map((quantity, index) => {
    const at = Math.max(from, text.indexOf(quantity.text, from));
    const before = text.slice(0, at);
    from = at + quantity.text.length;
    const next = quantities[index + 1];
    const isLow = /\bbetween\s*$/i.test(before) || (/\bfrom\s*$/i.test(before) && /^\s*(?:to|-|–)\s*\d/.test(text.slice(from)));
    const isHigh = index > 0 && /\b(?:between|from)\s+\S+(?:\s\w+)?\s+(?:and|to|-|–)\s*$/i.test(before);
    const bound = isLow ? 'lower' : isHigh ? 'upper' : quantity.bound;
    // `from 1 to 5 stars`: the unit stands once.
    const dimension = isLow && quantity.dimension === 'number' && next !== undefined ? next.dimension : quantity.dimension;
    const factor = isLow && quantity.dimension === 'number' && next !== undefined ? factorOf(next) : 1;
    const isStrict = isLow || isHigh ? false : quantity.isStrict;
    return {
      quantity: { ...quantity, bound, dimension, isStrict, value: quantity.value * factor },
      subject: subjectOf(before, text.slice(from), dimension),
    };
  });
}

/** What one of a quantity's written units is in its base unit. */
function factorOf({ text, value }: Quantity): number {
  const number = Number(/\d[\d.]*/.exec(text.replaceAll(',', ''))?.[0] ?? Number.NaN);
  return Number.isFinite(number) && number !== 0 ? value / number : 1;
}

const WITHOUT_SUBJECT =
  /^(?:sizes?|lengths?|maximum|minimum|limits?|total|must|shall|should|be|is|are|has|have|may|can|not|no|at|most|least|less|more|than|up|to|the|an?|of|in|exceeds?)$/;

/** What a number is of: the thing counted, else the last noun before it, else the first behind. */
function subjectOf(before: string, behind: string, dimension: string): string {
  if (!['time', 'size', 'share', 'number', 'character', 'char', 'letter'].includes(dimension) && !dimension.includes('/time'))
    return singular(dimension);
  const nouns = (text: string): readonly string[] =>
    wordsOf(text.slice(-400))
      .filter(
        ({ pos, lower }) =>
          (pos === 'NOUN' || pos === 'PROPN') && !/^(?:size|length|maximum|minimum|limit|number|total|mb|kb|gb)s?$/.test(lower),
      )
      .map(({ lower }) => singular(lower));
  // `File size`: the tagger takes some nouns for verbs.
  const [named] = nameWords(before)
    .filter((word) => !WITHOUT_SUBJECT.test(word))
    .slice(-1);
  return nouns(before).at(-1) ?? nouns(behind)[0] ?? (named === undefined ? 'value' : singular(named));
}

function limitOf({ quantity, subject }: Found, role: Limit['role'] | 'refuses'): readonly Limit[] {
  const { unit, value, step } = inWholeUnits(quantity);
  const { bound, isStrict } = quantity;
  const text = quantity.text.replace(/(\d)\s+(?:and|or|to|in|of|for|per|by|with)$/i, '$1');
  if (bound === 'exact' || !Number.isFinite(value)) return [];
  // What is refused ends where what is taken begins.
  const isTurned = role === 'refuses';
  const isUpper = (bound === 'upper') !== isTurned;
  const isOutside = isStrict !== isTurned;
  const last = isOutside ? value + (isUpper ? -step : step) : value;
  return [
    {
      role: isTurned ? 'accepts' : role,
      unit,
      subject,
      field: fieldOf(subject, unit),
      ...(isUpper ? { max: last } : { min: last }),
      edge: value,
      text,
    },
  ];
}

function inWholeUnits({ dimension, value, text }: Quantity): {
  readonly unit: Limit['unit'];
  readonly value: number;
  readonly step: number;
} {
  if (dimension === 'size') return { unit: 'bytes', value: Math.round(value), step: 1 };
  if (dimension === 'time') return { unit: 'milliseconds', value: Math.round(value * 1000), step: 1 };
  if (dimension === 'share') return { unit: 'percent', value: Number((value * 100).toFixed(6)), step: 1 };
  if (dimension.includes('/time'))
    return { unit: 'rate', value: Number(/\d[\d.]*/.exec(text.replaceAll(',', ''))?.[0] ?? Number.NaN), step: 1 };
  const unit = /^(?:char|character|letter)$/.test(dimension) ? 'characters' : dimension === 'number' ? 'number' : 'count';
  return { unit, value, step: Number.isInteger(value) ? 1 : 0.1 };
}

function fieldOf(subject: string, unit: Limit['unit']): string {
  const words = nameWords(subject);
  const base = words.length > 0 ? words : ['value'];
  const suffix = {
    bytes: ['size', 'in', 'bytes'],
    milliseconds: ['time', 'in', 'ms'],
    characters: [],
    percent: ['percent'],
    // `20 recipients` are counted, a rating of `5` is one.
    count: ['count'],
    number: [],
    rate: ['count'],
  }[unit];
  return camel([...(unit === 'rate' ? ['request'] : base), ...suffix]);
}

/** Whether what is bounded is handed in, rather than counted while the system runs. */
export const isOfInput = ({ role, unit, subject }: Limit): boolean =>
  role === 'accepts' && unit !== 'rate' && unit !== 'milliseconds' && unit !== 'percent' && !OF_STATE.test(subject);
/** Things of which there are several in what is handed in. */
export const isOfItems = (limit: Limit): boolean => isOfInput(limit) && limit.unit === 'count';

/** Just below, at and just above the written bound of a limit; nothing below nought. */
export function boundaryValues({ min = -Infinity, max = Infinity, edge, unit, text }: Limit): readonly BoundaryValue[] {
  const step = Number.isInteger(edge) ? 1 : 0.1;
  return ([-1, 0, 1] as const)
    .map((side) => ({ side, value: Number((edge + side * step).toFixed(6)) }))
    .filter(({ value }) => value >= 0)
    .map(({ side, value }) => ({
      value,
      isWithin: value >= min && value <= max,
      label:
        `${side < 0 ? 'just below' : side > 0 ? 'just above' : 'at'} ${text}: ${value} ${unit === 'count' || unit === 'number' || unit === 'rate' ? '' : unit}`.trim(),
    }));
}

import type { Bump } from '../version.ts';
import { measure, type Quantity } from './quantities.ts';
import { parseSentence, type Modality, type Sentence } from './sentence.ts';
import { contentOf, isGranting, isLimiting, isRefusing, missingFrom, negationsIn } from './words.ts';

/**
 * How a text changed.
 * - `reworded`: it says the same in other words
 * - `tightened`, `loosened`: less, or more, fits what it says
 * - `changed`: it says something else, or it cannot be shown that it does not
 */
export type MeaningKind = 'same' | 'reworded' | 'tightened' | 'loosened' | 'changed';

export interface MeaningChange {
  readonly kind: MeaningKind;
  readonly bump: Bump;
  /** Why, each a clause for people. */
  readonly reasons: readonly string[];
}

interface Judgement {
  readonly kind: Exclude<MeaningKind, 'same' | 'reworded'>;
  readonly bump: Bump;
  readonly reason: string;
}

/** What is done when a bound moves: whose it is, the callers' or the system's. */
type Role = 'condition' | 'refusal' | 'limit' | 'grant' | 'promise';

const STRENGTH: Readonly<Record<Modality, number>> = { must: 2, should: 1, may: 0 };

/** What a requirement says now, compared with what it said. No model is asked: what cannot be told from the words is `changed`. */
export function compareTexts(before: string, after: string): MeaningChange {
  if (plain(before) === plain(after)) return { kind: 'same', bump: 'none', reasons: [] };
  const [a, b] = [parseSentence(before), parseSentence(after)];
  return together(isTurnedRound(before, after) ? [] : [...compareFrames(a, b), ...compareConditions(a, b), ...compareResponses(a, b)]);
}

/** Whether a requirement takes something from callers that they could do without it. */
export function restricts(text: string): boolean {
  const sentence = parseSentence(text);
  if (isRefusing(sentence.response) && !sentence.isNegated) return true;
  if (/\brequires? (?:an? |the )?(?:valid |authenticat|sign|log|permission|licen|active|user to)/i.test(text)) return true;
  return measure(sentence.response).quantities.some(({ dimension, bound }) => bound === 'upper' && roleOf(sentence, dimension) === 'limit');
}

/** The same words and bounds, in other places of the sentence: condition last, or what is bounded as its subject. */
function isTurnedRound(before: string, after: string): boolean {
  const [a, b] = [parseSentence(before), parseSentence(after)];
  const isBoundElsewhere = a.system !== b.system && measure(before).quantities.length > 0;
  const isPassive = ({ response }: Sentence): boolean => /^be\b/i.test(response);
  if (a.modality !== b.modality || !(a.isTurned !== b.isTurned || isBoundElsewhere || isPassive(a) !== isPassive(b))) return false;
  const [left, right] = [measure(before), measure(after)];
  return (
    written(left.quantities) === written(right.quantities) &&
    namesIn(before).toSorted().join() === namesIn(after).toSorted().join() &&
    compareWords(left.rest, right.rest) === 'same' &&
    negationsIn(left.rest) % 2 === negationsIn(right.rest) % 2
  );
}

const written = (quantities: readonly Quantity[]): string =>
  quantities
    .map(({ bound, value, dimension, percentile }) => `${bound} ${value.toPrecision(6)} ${dimension} ${percentile ?? ''}`)
    .toSorted()
    .join();

const plain = (text: string): string => text.normalize('NFC').replace(/\s+/g, ' ').trim();

function together(judgements: readonly Judgement[]): MeaningChange {
  if (judgements.length === 0) return { kind: 'reworded', bump: 'patch', reasons: ['the same in other words'] };
  const kinds = new Set(judgements.map(({ kind }) => kind));
  const [kind = 'changed'] = kinds;
  const bump = judgements.some(({ bump }) => bump === 'major') ? 'major' : 'minor';
  return { kind: kinds.size === 1 ? kind : 'changed', bump, reasons: [...new Set(judgements.map(({ reason }) => reason))] };
}

function compareFrames(a: Sentence, b: Sentence): readonly Judgement[] {
  const found: Judgement[] = [];
  if (a.system !== undefined && b.system !== undefined) {
    const [left, right] = [contentOf(measure(a.system).rest), contentOf(measure(b.system).rest)];
    const isNamed = left.length > 0 && right.length > 0;
    if (isNamed && (missingFrom(left, right).length > 0 || missingFrom(right, left).length > 0))
      found.push({ kind: 'changed', bump: 'major', reason: `it is ${quoted(b.system)} that has to do it, no more ${quoted(a.system)}` });
  }
  const stronger = STRENGTH[b.modality] - STRENGTH[a.modality];
  if (stronger < 0)
    found.push({ kind: 'loosened', bump: 'major', reason: `it ${b.modal ?? 'must'} be so; before, it ${a.modal ?? 'must'}` });
  if (stronger > 0) {
    const bump = restricts(`The system must ${b.response}`) || roleOf(b, '') === 'limit' ? 'major' : 'minor';
    found.push({ kind: 'tightened', bump, reason: `it ${b.modal ?? 'must'} be so; before, it only ${a.modal ?? 'must'}` });
  }
  return found;
}

function compareConditions(a: Sentence, b: Sentence): readonly Judgement[] {
  const [left, right] = [a, b].map(({ conditions }) => conditions.map(({ text }) => text).join(' and '));
  const refuses = isRefusing(b.response) && isRefusing(a.response);
  const narrower: Omit<Judgement, 'reason'> = refuses ? { kind: 'loosened', bump: 'minor' } : { kind: 'tightened', bump: 'major' };
  const wider: Omit<Judgement, 'reason'> = refuses ? { kind: 'tightened', bump: 'major' } : { kind: 'loosened', bump: 'minor' };
  const [before, after] = [measure(left!), measure(right!)];
  const found: Judgement[] = [];
  if (left === '' && right === '') return found;
  if (left === '') return [{ ...narrower, reason: `only ${when(b)}; before, always` }];
  if (right === '') return [{ ...wider, reason: `always; before, only ${when(a)}` }];
  const role: Role = refuses ? 'refusal' : 'condition';
  found.push(...compareQuantities(before.quantities, after.quantities, () => role));
  found.push(...compareNames(left!, right!, refuses, 'condition'));
  if (negationsIn(before.rest) % 2 !== negationsIn(after.rest) % 2)
    return [...found, { kind: 'changed', bump: 'major', reason: 'what its condition denies is another' }];
  const words = compareWords(before.rest, after.rest);
  if (words === 'same') return found;
  if (words === 'more' || words === 'fewer') {
    // `or` lets more fit a condition, everything else that is added lets less.
    const isAlternative =
      /\bor\b/i.test(words === 'more' ? after.rest : before.rest) && !/\bor\b/i.test(words === 'more' ? before.rest : after.rest);
    const isWider = (words === 'more') === isAlternative;
    return [...found, { ...(isWider ? wider : narrower), reason: `it holds ${isWider ? 'also' : 'only'} ${when(b)}; before, ${when(a)}` }];
  }
  return [...found, { kind: 'changed', bump: 'major', reason: `it holds ${when(b)}; before, ${when(a)}` }];
}

function compareResponses(a: Sentence, b: Sentence): readonly Judgement[] {
  const [before, after] = [measure(demanded(a)), measure(demanded(b))];
  const found = [
    ...compareQuantities(before.quantities, after.quantities, (dimension) => roleOf(b, dimension)),
    ...compareNames(a.response, b.response, isRefusing(b.response) && isRefusing(a.response), 'response', isGranting(b.response)),
  ];
  if (negationsIn(before.rest) % 2 !== negationsIn(after.rest) % 2 && !isRefusalOf(a, b))
    return [...found, { kind: 'changed', bump: 'major', reason: 'it denies what it demanded, or the other way round' }];
  switch (compareWords(before.rest, after.rest)) {
    case 'same':
      return found;
    case 'more': {
      if (!hasMoreClauses(before.rest, after.rest)) break;
      const bump = isRefusing(b.response) && !isRefusing(a.response) ? 'major' : 'minor';
      return [...found, { kind: 'tightened', bump, reason: `it has to ${quoted(b.response)}, which is more than ${quoted(a.response)}` }];
    }
    case 'fewer':
      if (!hasMoreClauses(after.rest, before.rest)) break;
      return [
        ...found,
        { kind: 'loosened', bump: 'major', reason: `it has to ${quoted(b.response)}, which is less than ${quoted(a.response)}` },
      ];
    case 'other':
  }
  return [...found, { kind: 'changed', bump: 'major', reason: `${quoted(b.response)} cannot be shown to mean ${quoted(a.response)}` }];
}

/** With its negation, which may belong to a bound: `shall not exceed`. */
const demanded = ({ isNegated, response }: Sentence): string => (isNegated ? `not ${response}` : response);

/** `shall not accept` is `shall reject`. */
const isRefusalOf = (a: Sentence, b: Sentence): boolean =>
  (a.isNegated && isGranting(a.response) && isRefusing(b.response)) || (b.isNegated && isGranting(b.response) && isRefusing(a.response));

const when = ({ conditions }: Sentence): string => conditions.map(({ kind, text }) => `${kind} ${text}`).join(', ') || 'always';
const quoted = (text: string): string => `"${text.length > 80 ? `${text.slice(0, 77)}…` : text}"`;

function compareWords(before: string, after: string): 'same' | 'more' | 'fewer' | 'other' {
  const [a, b] = [contentOf(withoutNames(before)), contentOf(withoutNames(after))];
  const [gone, come] = [missingFrom(b, a), missingFrom(a, b)];
  if (gone.length === 0 && come.length === 0) return 'same';
  return gone.length === 0 ? 'more' : come.length === 0 ? 'fewer' : 'other';
}

/** More things that are joined by `and` or commas. */
const hasMoreClauses = (before: string, after: string): boolean => joints(after) > joints(before);
const joints = (text: string): number => (text.match(/,|;|\band\b|\bor\b|\bplus\b|\bas well as\b/gi) ?? []).length;

const NAMES = /`[^`]+`|"[^"]+"|\b[A-Z][A-Z0-9]{1,9}\b(?![a-z])/g;
const withoutNames = (text: string): string => text.replace(NAMES, (name) => (/\s/.test(name) ? name : ' '));
const CANONICAL_NAMES: Readonly<Record<string, string>> = { JPG: 'JPEG', TIF: 'TIFF', HTM: 'HTML' };
const namesIn = (text: string): readonly string[] => [
  ...new Set(
    (text.replace(/\d\s?[A-Z]{2,}\b/g, ' ').match(NAMES) ?? [])
      .filter((name) => !/\s/.test(name) && !UNITS.test(name))
      .map((name) => CANONICAL_NAMES[name] ?? name),
  ),
];
const UNITS = /^(?:[KMGT]I?B|MS|AND|OR|NOT|IF|THEN|WHEN|SHALL|MUST)$/;

/** Names in a list: `PNG, JPG` becomes `PNG`. */
function compareNames(
  before: string,
  after: string,
  refuses: boolean,
  part: 'condition' | 'response',
  grants = true,
): readonly Judgement[] {
  const [a, b] = [namesIn(before), namesIn(after)];
  const [gone, come] = [missingFrom(b, a), missingFrom(a, b)];
  if (gone.length === 0 && come.length === 0) return [];
  // `If the file is no PNG, reject`: what is named is what passes.
  const isInverse = refuses && negationsIn(after) % 2 === 1;
  const names = (list: readonly string[]): string => list.join(', ');
  if (gone.length > 0 && come.length > 0) return [{ kind: 'changed', bump: 'major', reason: `${names(come)} in place of ${names(gone)}` }];
  const isMore = come.length > 0;
  const reason = isMore ? `${names(come)} as well` : `${names(gone)} no more`;
  if (refuses && !isInverse) return [isMore ? { kind: 'tightened', bump: 'major', reason } : { kind: 'loosened', bump: 'minor', reason }];
  if (part === 'condition' || grants || isInverse)
    return [isMore ? { kind: 'loosened', bump: 'minor', reason } : { kind: 'tightened', bump: 'major', reason }];
  return [isMore ? { kind: 'tightened', bump: 'minor', reason } : { kind: 'loosened', bump: 'major', reason }];
}

const PERFORMANCE =
  /\b(?:latenc|response|respond|process|duration|time|throughput|availab|uptime|rate|coverage|error|recover|complet|finish|load|render|answer|deliver|accura|recall|precision)/i;
const OF_INPUT =
  /\b(?:size|length|name|password|file|image|picture|photo|number|count|field|title|upload|text|comment|message|cart|order|query|input|dimension|width|height|age|quantity)s?\b/i;

/** Whose bound one of a sentence's response is. */
function roleOf({ system, modal, response }: Sentence, dimension: string): Role {
  if (isRefusing(response) && !isLimiting(response)) return 'refusal';
  if (isLimiting(response)) return 'limit';
  if (isGranting(response)) return dimension === 'time' ? 'promise' : 'grant';
  const subject = system ?? (modal === undefined ? response : '');
  if (dimension === 'time' || dimension === 'share' || dimension.endsWith('/time') || PERFORMANCE.test(subject)) return 'promise';
  const states =
    modal === undefined ||
    /^(?:not )?(?:be|have|contain|exceed|consist|stay|remain|weigh|measure)\b/i.test(response) ||
    BARE_BOUND.test(response);
  return states && OF_INPUT.test(subject) ? 'limit' : 'promise';
}
const BARE_BOUND = /^(?:not )?exceed\b/i;

function compareQuantities(
  before: readonly Quantity[],
  after: readonly Quantity[],
  roleIn: (dimension: string) => Role,
): readonly Judgement[] {
  const found: Judgement[] = [];
  const rest = [...after];
  for (const quantity of before) {
    const index = bestMatch(quantity, rest);
    if (index < 0) {
      if (quantity.bound === 'exact') found.push({ kind: 'changed', bump: 'major', reason: `${quantity.text} no more` });
      else found.push({ ...effectOf(roleIn(quantity.dimension), quantity.bound, false), reason: `no bound of ${quantity.text} any more` });
      continue;
    }
    const [now] = rest.splice(index, 1);
    if (now) found.push(...compareQuantity(quantity, now, roleIn(now.dimension)));
  }
  for (const quantity of rest) {
    if (quantity.bound === 'exact') found.push({ kind: 'changed', bump: 'major', reason: `${quantity.text} is new` });
    else found.push({ ...effectOf(roleIn(quantity.dimension), quantity.bound, true), reason: `a bound of ${quantity.text} is new` });
  }
  return found;
}

function bestMatch({ dimension, bound, value }: Quantity, rest: readonly Quantity[]): number {
  const same = (test: (other: Quantity) => boolean): number => rest.findIndex((other) => other.dimension === dimension && test(other));
  const exact = same((other) => other.bound === bound && other.value === value);
  if (exact >= 0) return exact;
  const alike = same((other) => other.bound === bound);
  return alike >= 0 ? alike : same(() => true);
}

/** Bounds between values that lie dense, where `below` and `at most` are one. */
const DENSE: ReadonlySet<string> = new Set(['time', 'size', 'share']);

function compareQuantity(a: Quantity, b: Quantity, role: Role): readonly Judgement[] {
  const reason = `${described(b)}; before, ${described(a)}`;
  if (a.bound !== b.bound && a.bound !== 'exact' && b.bound !== 'exact') return [{ kind: 'changed', bump: 'major', reason }];
  const bound = a.bound === 'exact' ? b.bound : a.bound;
  const found: Judgement[] = [];
  if (a.percentile !== b.percentile) {
    const isMore = (b.percentile ?? 100) > (a.percentile ?? 100);
    found.push({ ...effectOf(role, bound, isMore), reason: `of ${b.percentile ?? 100} in 100; before, of ${a.percentile ?? 100}` });
  }
  const [from, to] = [a.value, b.value];
  if (Math.abs(from - to) > 1e-9 * Math.max(Math.abs(from), Math.abs(to))) {
    if (bound === 'exact' && role === 'promise') return [...found, { kind: 'changed', bump: 'major', reason }];
    const isNarrower = bound === 'lower' ? to > from : to < from;
    if (role === 'grant') {
      const grows = to > from;
      const kind = bound === 'lower' ? (grows ? 'tightened' : 'loosened') : grows ? 'loosened' : 'tightened';
      return [...found, { kind, bump: grows ? 'minor' : 'major', reason }];
    }
    return [...found, { ...effectOf(role, bound, isNarrower), reason }];
  }
  if (a.bound !== b.bound) return [...found, { kind: 'changed', bump: 'major', reason }];
  if (a.isStrict !== b.isStrict && !DENSE.has(a.dimension)) return [...found, { ...effectOf(role, bound, b.isStrict), reason }];
  return found;
}

const described = ({ comparison, text }: Quantity): string => `${comparison} ${text}`.trim();

function effectOf(role: Role, bound: Quantity['bound'], isNarrower: boolean): Omit<Judgement, 'reason'> {
  switch (role) {
    case 'condition':
    case 'limit':
      return isNarrower ? { kind: 'tightened', bump: 'major' } : { kind: 'loosened', bump: 'minor' };
    case 'refusal':
      return isNarrower ? { kind: 'loosened', bump: 'minor' } : { kind: 'tightened', bump: 'major' };
    case 'grant':
      return (bound === 'upper') === isNarrower ? { kind: 'tightened', bump: 'major' } : { kind: 'loosened', bump: 'minor' };
    case 'promise':
      return isNarrower ? { kind: 'tightened', bump: 'minor' } : { kind: 'loosened', bump: 'major' };
  }
}

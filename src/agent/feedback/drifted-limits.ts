import type { Spec } from '../../specs/spec.ts';
import { unitOf } from '../../specs/meaning/quantities.ts';
import { parseSentence } from '../../specs/meaning/sentence.ts';
import { limitsOf, type Limit } from '../hand-off/limits.ts';
import { namedIn, nameWords } from '../hand-off/names.ts';
import { singular } from '../hand-off/plural.ts';
import type { StepContext } from '../model.ts';
import type { ChangedLines } from './changed-lines.ts';
import type { Drift } from './feedback.ts';
import { quoteLine } from './quote-line.ts';

/** `const MAX_BYTES = 5 * MEGABYTE;`, `maxBytes: 5_000_000,`, `MAX_BYTES = 5 << 20`: a name and a product, in most languages. */
const CONSTANT =
  /(?<![\w$.])(?<name>[A-Za-z_$][\w$]{2,60})\s*(?::\s*[A-Za-z][\w<>]{0,30}\s*)?(?:=|:)\s*(?<product>\d[\d_]*(?:\.\d+)?(?:\s*(?:\*\s*(?:\d[\d_]*(?:\.\d+)?|[A-Za-z_][\w.]*)|<<\s*\d{1,2}))*)(?=\s*(?:[,;)}\]]|\/\/|#|$|as\b))/g;
const CODE = /\.(?:[cm]?[jt]sx?|py|go|java|kt|kts|cs|rb|rs|php|scala|swift)$/;
const TEST = /(?:^|\/)(?:tests?|__tests__|spec)\/|[._-](?:test|spec)\.|_test\./;
const LOWER = /^(?:min|minimum|least)$/;
const UPPER = /^(?:max|maximum|most|limit|limits|cap)$/;
/** Say how large, long or much, not of what. */
const DIMENSION: Readonly<Record<string, string>> = {
  ...{ bytes: 'byte', byte: 'byte', size: 'byte', kb: 'kb', kilobytes: 'kb', mb: 'mb', megabytes: 'mb', gb: 'gb' },
  ...{ ms: 'ms', millis: 'ms', milliseconds: 'ms', seconds: 's', second: 's', secs: 's', sec: 's', minutes: 'min', hours: 'h', days: 'd' },
  ...{ timeout: 'ms', length: '', count: '', number: '' },
};

/**
 * Limits in code that are not the number of the criterion that they are named after. Looked at are constants of lines that changed; which
 * criterion one belongs to follows from its unit and its words, and it is left alone where several could be meant.
 */
export async function driftedLimits(
  spec: Pick<Spec, 'feature' | 'criteria' | 'nfrs'>,
  changed: ReadonlyMap<string, ChangedLines>,
  { graph: { reader }, repo }: StepContext,
): Promise<readonly Drift[]> {
  const bounds = [...spec.criteria, ...spec.nfrs].flatMap(({ id, text }) =>
    limitsOf(parseSentence(text)).map((limit): Bound => ({ id, text, limit, words: wordsOf(text) })),
  );
  const drift: Drift[] = [];
  for (const [file, { added }] of changed) {
    if (!CODE.test(file) || TEST.test(file)) continue;
    const stored = await reader.text(repo, file);
    for (const [index, row] of (stored?.text ?? '').split('\n').entries()) {
      if (!stored || !added.has(index + 1)) continue;
      for (const { groups } of row.matchAll(CONSTANT)) {
        const constant = constantOf(groups?.['name'] ?? '', groups?.['product'] ?? '');
        const bound = constant && boundOf(constant, wordsOf(file), wordsOf(spec.feature), bounds);
        if (!constant || !bound || holds(constant.value, bound.limit)) continue;
        drift.push({
          kind: 'limit',
          part: bound.id,
          message: `${constant.name} is ${(groups?.['product'] ?? '').trim()}; ${bound.id} says "${bound.text}"`,
          evidence: [quoteLine(`code:${file}`, file, stored.text, index + 1, stored.commit)],
        });
      }
    }
  }
  return drift;
}

interface Bound {
  readonly id: string;
  readonly text: string;
  readonly limit: Limit;
  readonly words: ReadonlySet<string>;
}

interface Constant {
  readonly name: string;
  /** In bytes, milliseconds, or what is counted. */
  readonly value: number;
  readonly dimension: string;
  readonly side: 'upper' | 'lower' | undefined;
  /** What it is of. */
  readonly words: ReadonlySet<string>;
}

function constantOf(name: string, product: string): Constant | undefined {
  const parts = nameWords(name);
  const side = parts.some((word) => UPPER.test(word)) ? 'upper' : parts.some((word) => LOWER.test(word)) ? 'lower' : undefined;
  let value = 1;
  let dimension: string | undefined;
  for (const [, shift, operand = ''] of product.matchAll(/(<<\s*)?(\d[\d_]*(?:\.\d+)?|[A-Za-z_][\w.]*)/g)) {
    if (/^\d/.test(operand)) {
      const number = Number(operand.replaceAll('_', ''));
      value *= shift === undefined ? number : 2 ** number;
      continue;
    }
    const unit = unitOf((operand.split('.').at(-1) ?? '').replace(/(?<=[a-z])s$/i, ''));
    if (unit[0] !== 'size' && unit[0] !== 'time') return undefined; // a factor that is not known
    [dimension, value] = [unit[0], value * unit[1]];
  }
  const unitWord = parts.flatMap((word) => DIMENSION[word] ?? []).find((word) => word !== '');
  if (unitWord !== undefined) {
    const [kind, factor] = unitOf(unitWord);
    // `5 * MEGABYTE` is in bytes already.
    value *= dimension === undefined ? factor : 1;
    dimension ??= kind;
  }
  if (dimension === undefined && side === undefined) return undefined;
  if (dimension === 'time') value *= 1000;
  const words = parts.filter((word) => !UPPER.test(word) && !LOWER.test(word) && DIMENSION[word] === undefined).map(singular);
  return { name, value, dimension: dimension ?? 'number', side, words: new Set(words) };
}

/** The one bound that a constant can be meant for. */
function boundOf(
  constant: Constant,
  around: ReadonlySet<string>,
  feature: ReadonlySet<string>,
  bounds: readonly Bound[],
): Bound | undefined {
  const fitting = bounds.filter(({ limit: { unit, subject, max } }) => {
    if (constant.side !== undefined && constant.side !== (max === undefined ? 'lower' : 'upper')) return false;
    if (unit === 'bytes') return constant.dimension === 'size';
    if (unit === 'milliseconds') return constant.dimension === 'time';
    return constant.dimension === 'number' && constant.words.has(subject);
  });
  const named = fitting.filter(({ words }) => [...constant.words].some((word) => words.has(word)));
  if (named.length === 1) return named[0];
  if (named.length > 1 || constant.words.size > 0 || constant.side === undefined) return undefined;
  // `maxBytes` says of nothing what it bounds: of what, its file has to say.
  const isNear = [...feature].some((word) => around.has(word));
  return isNear && fitting.length === 1 ? fitting[0] : undefined;
}

/** Megabytes are counted in thousands or in 1024s; a bound that is left out may be written as the last value within. */
function holds(value: number, { unit, edge, min, max }: Limit): boolean {
  const power = unit === 'bytes' ? Math.min(4, Math.floor(Math.log10(Math.max(edge, 1)) / 3)) : 0;
  const same = [edge, min, max, (edge / 1000 ** power) * 1024 ** power, (edge / 1000 ** power) * 1024 ** power - 1];
  return same.some((one) => one !== undefined && Math.abs(one - value) <= Math.abs(one) * 1e-9);
}

const COMMON =
  /^(?:src|test|service|app|lib|package|index|main|config|the|a|an|shall|must|be|is|than|of|in|to|and|or|with|ts|js|py|go|less|more|at|most|least|within)$/;
const wordsOf = (text: string): ReadonlySet<string> => namedIn(text, COMMON);

import { compare } from '../../graph/model/edge.ts';
import { canonicalJson } from '../../ingest/parse/canonical-json.ts';
import { compareTexts, restricts, type MeaningChange } from './meaning/compare-texts.ts';
import { unitOf } from './meaning/quantities.ts';
import type { Normative, NormativeCriterion, NormativeNfr } from './normative.ts';
import { largest, type Bump } from './version.ts';
import { PRIORITIES } from './spec.ts';

export const SPEC_CHANGE_KINDS = ['added', 'removed', 'tightened', 'loosened', 'changed', 'reworded'] as const;
export type SpecChangeKind = (typeof SPEC_CHANGE_KINDS)[number];

/** One difference between two versions of a spec. */
export interface SpecChange {
  readonly kind: SpecChangeKind;
  /** `AC-1`, `NFR-P1`; `description`, `dependencies`, … of the spec as a whole. */
  readonly part: string;
  readonly bump: Exclude<Bump, 'none'>;
  /** Why it is of this kind and asks for this version, in a clause for people. */
  readonly reason: string;
  readonly before?: string;
  readonly after?: string;
}

export interface SpecDiff {
  readonly changes: readonly SpecChange[];
  /** The most that any of them asks for. */
  readonly bump: Bump;
}

export interface DiffOptions {
  /** Parts of which a person says that they mean what they meant, where words alone cannot show it. */
  readonly sameMeaning?: ReadonlySet<string>;
}

/** What changed from one version of a spec to another, and what each change asks of the version. Order is no change. */
export function diffSpecs(before: Normative, after: Normative, { sameMeaning = new Set() }: DiffOptions = {}): SpecDiff {
  const found = [
    ...diffParts(before.criteria, after.criteria, compareCriteria),
    ...diffParts(before.nfrs, after.nfrs, compareNfrs),
    ...diffWhole(before, after),
  ];
  const changes = found.map((change) =>
    change.kind === 'changed' && sameMeaning.has(change.part)
      ? { ...change, kind: 'reworded' as const, bump: 'patch' as const, reason: `means the same, as people say; ${change.reason}` }
      : change,
  );
  return { changes, bump: largest(changes.map(({ bump }) => bump)) };
}

type Part = NormativeCriterion | NormativeNfr;

function diffParts<P extends Part>(
  before: Readonly<Record<string, P>>,
  after: Readonly<Record<string, P>>,
  compareThem: (a: P, b: P) => MeaningChange,
): readonly SpecChange[] {
  const ids = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted(compare);
  return ids.flatMap((part): readonly SpecChange[] => {
    const [a, b] = [own(before, part), own(after, part)];
    if (a && b) return canonicalJson(a) === canonicalJson(b) ? [] : differing(part, a, b, compareThem(a, b));
    return a ? [removed(part, a)] : b ? [added(part, b)] : [];
  });
}

const own = <P>(parts: Readonly<Record<string, P>>, id: string): P | undefined => (Object.hasOwn(parts, id) ? parts[id] : undefined);
const isWaived = (part: Part): boolean => 'priority' in part && part.priority === 'wont';

function removed(part: string, was: Part): SpecChange {
  const { text } = was;
  if (isWaived(was)) return { kind: 'removed', part, bump: 'patch', reason: 'was not promised', before: text };
  return { kind: 'removed', part, bump: 'major', reason: 'what callers relied on is demanded no more', before: text };
}

function added(part: string, now: Part): SpecChange {
  const { text } = now;
  if (isWaived(now)) return { kind: 'added', part, bump: 'patch', reason: 'says what is not promised', after: text };
  return restricts(text)
    ? { kind: 'added', part, bump: 'major', reason: 'callers may do less than before', after: text }
    : { kind: 'added', part, bump: 'minor', reason: 'is demanded beside what was', after: text };
}

function differing(part: string, { text: before }: Part, { text: after }: Part, change: MeaningChange): readonly SpecChange[] {
  const { kind, bump, reasons } = change;
  if (kind === 'same' || bump === 'none') return [];
  return [{ kind, part, bump, reason: reasons.join('; '), before, after }];
}

/** Several things that changed within one part, as one. */
function joined(changes: readonly MeaningChange[]): MeaningChange {
  const real = changes.filter(({ kind }) => kind !== 'same');
  const bump = largest(real.map(({ bump }) => bump));
  const heavy = real.filter(({ kind }) => kind !== 'reworded');
  const reasons = (heavy.length > 0 ? heavy : real).flatMap(({ reasons }) => reasons);
  const kinds = new Set(heavy.map(({ kind }) => kind));
  const [kind = real.length > 0 ? 'reworded' : 'same'] = kinds;
  return { kind: kinds.size > 1 ? 'changed' : kind, bump, reasons };
}

function compareCriteria(a: NormativeCriterion, b: NormativeCriterion): MeaningChange {
  const text = compareTexts(a.text, b.text);
  return joined([text, comparePriorities(a, b), ...(text.kind === 'same' ? [compareEars(a, b)] : []), compareScenarios(a, b)]);
}

function comparePriorities({ priority: from }: NormativeCriterion, { priority: to, text }: NormativeCriterion): MeaningChange {
  if (from === to) return SAME;
  const isWeaker = PRIORITIES.indexOf(to) > PRIORITIES.indexOf(from);
  const reasons = [`has priority ${to}; before, ${from}`];
  if (isWeaker) return { kind: 'loosened', bump: from === 'must' || to === 'wont' ? 'major' : 'minor', reasons };
  return { kind: 'tightened', bump: restricts(text) ? 'major' : 'minor', reasons };
}

/** The parts of a sentence beside it: where they say what the sentence says, nothing changed. */
function compareEars(a: NormativeCriterion, b: NormativeCriterion): MeaningChange {
  if (canonicalJson(a.ears ?? {}) === canonicalJson(b.ears ?? {})) return SAME;
  const [before, after] = [sentenceOf(a), sentenceOf(b)];
  const change = compareTexts(before, after);
  return change.kind === 'same' ? { kind: 'reworded', bump: 'patch', reasons: ['its parts are written down'] } : change;
}

function sentenceOf({ text, ears }: NormativeCriterion): string {
  if (ears?.['shall'] === undefined) return text;
  const conditions = ['where', 'while', 'when', 'if'].flatMap((key) => (ears[key] === undefined ? [] : [`${key} ${ears[key]}`]));
  return `${conditions.length > 0 ? `${conditions.join(', ')}, ` : ''}the ${ears['system'] ?? 'system'} shall ${ears['shall']}`;
}

function compareScenarios({ scenarios: before }: NormativeCriterion, { scenarios: after }: NormativeCriterion): MeaningChange {
  const left = before.filter((one) => !after.some((other) => canonicalJson(one) === canonicalJson(other)));
  const right = after.filter((one) => !before.some((other) => canonicalJson(one) === canonicalJson(other)));
  if (left.length === 0 && right.length === 0) return SAME;
  if (left.length === 0) return { kind: 'tightened', bump: 'minor', reasons: ['a scenario is new'] };
  if (right.length === 0) return { kind: 'loosened', bump: 'major', reasons: ['a scenario is gone'] };
  const told = (scenarios: typeof left): string =>
    scenarios.map(({ given, when, outcome }) => [...given, ...when, ...outcome].join('; ')).join('; ');
  const change = compareTexts(told(left), told(right));
  if (change.kind === 'same' || change.kind === 'reworded')
    return { kind: 'reworded', bump: 'patch', reasons: ['a scenario is told in other words'] };
  return { kind: 'changed', bump: 'major', reasons: ['a scenario is another'] };
}

const SAME: MeaningChange = { kind: 'same', bump: 'none', reasons: [] };

function compareNfrs(a: NormativeNfr, b: NormativeNfr): MeaningChange {
  const moved: MeaningChange =
    a.category === b.category
      ? SAME
      : { kind: 'reworded', bump: 'patch', reasons: [`stands under ${b.category}; before, under ${a.category}`] };
  return joined([compareTexts(a.text, b.text), compareMeasures(a, b), moved]);
}

function compareMeasures({ measure: a }: NormativeNfr, { measure: b }: NormativeNfr): MeaningChange {
  if (canonicalJson(a ?? null) === canonicalJson(b ?? null)) return SAME;
  if (!a) return { kind: 'tightened', bump: 'minor', reasons: ['it is measured now'] };
  if (!b) return { kind: 'loosened', bump: 'major', reasons: ['it is measured no more'] };
  const told = ({ metric, op, value, unit = '', percentile, window }: typeof a): string =>
    `${percentile === undefined ? '' : `p${percentile} of `}${metric} ${op} ${value}${unit === '' ? '' : ` ${unit}`}${window === undefined ? '' : ` over ${window}`}`;
  const reasons = [`${told(b)}; before, ${told(a)}`];
  const [[dimension, factor], [other, otherFactor]] = [unitOf(a.unit ?? ''), unitOf(b.unit ?? '')];
  const [side, otherSide] = [a.op.replace('=', '') || '=', b.op.replace('=', '') || '='];
  if (a.metric !== b.metric || dimension !== other || side !== otherSide || (a.window ?? '') !== (b.window ?? '') || side === '=')
    return { kind: 'changed', bump: 'major', reasons };
  const sign = side === '<' ? 1 : -1;
  const moves = [
    sign * (b.value * otherFactor - a.value * factor),
    (a.percentile ?? 100) - (b.percentile ?? 100),
    (b.op.includes('=') ? 1 : 0) - (a.op.includes('=') ? 1 : 0),
  ].filter((move) => Math.abs(move) > 1e-12);
  if (moves.length === 0) return { kind: 'reworded', bump: 'patch', reasons };
  if (moves.every((move) => move < 0)) return { kind: 'tightened', bump: 'minor', reasons };
  return { kind: moves.every((move) => move > 0) ? 'loosened' : 'changed', bump: 'major', reasons };
}

function diffWhole(before: Normative, after: Normative): readonly SpecChange[] {
  return [
    ...diffText('feature', before.feature, after.feature, 'major', 'it is another feature'),
    ...diffText('description', before.description, after.description, 'minor', 'the user story says something else'),
    ...diffText('why', before.why ?? '', after.why ?? '', 'minor', 'the reason is another'),
    ...diffText('supersedes', before.supersedes ?? '', after.supersedes ?? '', 'minor', 'it takes the place of another spec'),
    ...diffDependencies(before, after),
    ...diffLists('outOfScope', before.outOfScope, after.outOfScope, ['is in scope no more', 'is out of scope no more']),
    ...diffLists('links', before.links, after.links, ['holds for it now', 'holds for it no more']),
  ];
}

function diffText(part: string, before: string, after: string, most: 'minor' | 'major', reason: string): readonly SpecChange[] {
  if (before === after) return [];
  const sides = { ...(before === '' ? {} : { before }), ...(after === '' ? {} : { after }) };
  if (before === '' || after === '') return [{ kind: before === '' ? 'added' : 'removed', part, bump: 'minor', reason, ...sides }];
  const isReworded = part !== 'feature' && part !== 'supersedes' && compareTexts(before, after).kind === 'reworded';
  return isReworded
    ? [{ kind: 'reworded', part, bump: 'patch', reason: 'the same in other words', ...sides }]
    : [{ kind: 'changed', part, bump: most, reason, ...sides }];
}

function diffDependencies(before: Normative, after: Normative): readonly SpecChange[] {
  const keyed = ({ dependencies }: Normative) =>
    new Map(dependencies.map((dependency) => [`${dependency.target} ${dependency.contract ?? ''}`.trim(), dependency]));
  const [a, b] = [keyed(before), keyed(after)];
  return [...new Set([...a.keys(), ...b.keys()])].toSorted(compare).flatMap((target): readonly SpecChange[] => {
    const [was, is] = [a.get(target), b.get(target)];
    const part = 'dependencies';
    if (!was) return [{ kind: 'added', part, bump: 'minor', reason: `needs ${target} now`, after: target }];
    if (!is) return [{ kind: 'removed', part, bump: 'minor', reason: `needs ${target} no more`, before: target }];
    if (canonicalJson(was) === canonicalJson(is)) return [];
    if ((was.range ?? '') !== (is.range ?? ''))
      return [
        {
          kind: 'changed',
          part,
          bump: 'minor',
          reason: `needs ${target} in ${is.range ?? 'any version'}; before, in ${was.range ?? 'any version'}`,
        },
      ];
    return [{ kind: 'reworded', part, bump: 'patch', reason: `why it needs ${target} is said otherwise` }];
  });
}

function diffLists(
  part: string,
  before: readonly string[],
  after: readonly string[],
  [come, gone]: readonly [string, string],
): readonly SpecChange[] {
  const added = after.filter((text) => !before.includes(text));
  const removed = before.filter((text) => !after.includes(text));
  return [
    ...added.map((text): SpecChange => ({ kind: 'added', part, bump: 'minor', reason: `${text} ${come}`, after: text })),
    ...removed.map((text): SpecChange => ({ kind: 'removed', part, bump: 'minor', reason: `${text} ${gone}`, before: text })),
  ];
}

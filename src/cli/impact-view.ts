import type { Effect, EffectTotal, Hop, ImpactAnswer, ImpactedItem, TestToRun, UnknownItem } from '../../graph/query/change.ts';
import type { DiffImpactAnswer, SkippedChange } from '../diff/diff-impact.ts';
import { visible } from '../visible.ts';
import { bold, columns, count, dim, paintEffect } from './style.ts';

interface View {
  /** Show everything instead of the first items of each group. */
  readonly all: boolean;
}

const SHOWN = 20;

const TITLES: Readonly<Record<Effect, string>> = {
  breaks: 'Breaks: must be edited',
  unknown: 'Unknown: could not be analysed',
  'behaves-differently': 'Behaves differently: runs the changed code',
  review: 'Review: talks about it',
  compatible: 'Compatible: looked at and cleared',
};

export function renderImpact(answer: ImpactAnswer, view: View): string {
  const { target, change } = answer;
  const where = target.file === undefined ? '' : ` (${target.file}${target.span ? `:${target.span.line}` : ''})`;
  const subject = `${change === 'unspecified' ? 'any change' : change} of ${bold(visible(nameOf(target.id)))}${visible(where)}`;
  return `${headline(answer, subject)}${body(answer, view)}`;
}

export function renderDiffImpact(answer: DiffImpactAnswer, view: View): string {
  const { changes, skipped } = answer;
  const subject = changes.length === 0 ? 'no declaration changed' : count(changes.length, 'changed declaration');
  const rows = shorten(changes, view).map(({ file, declaration, change, detail }) => [
    visible(`${file}#${declaration}`),
    change,
    visible(detail),
  ]);
  const changed = rows.length === 0 ? '' : `\n${bold('Changes')} ${dim(`(${changes.length})`)}\n${columns(rows)}${rest(changes, view)}`;
  return `${headline(answer, subject)}${changed}${renderSkipped(skipped, view)}${body(answer, view)}`;
}

function renderSkipped(skipped: readonly SkippedChange[], view: View): string {
  if (skipped.length === 0) return '';
  const rows = shorten(skipped, view).map(({ file, reason }) => [visible(file), `— ${visible(reason)}`]);
  return `\n${bold(paintEffect('unknown', 'Not looked at'))} ${dim(`(${skipped.length})`)}\n${columns(rows)}${rest(skipped, view)}`;
}

/** The verdict and its figures, in one line. */
function headline({ verdict, totals, tests }: Pick<ImpactAnswer, 'verdict' | 'totals' | 'tests'>, subject: string): string {
  const broken = totals.filter(({ effect, items }) => effect === 'breaks' && items > 0);
  const figures = [
    ...broken.map(({ items, files }) => `breaks ${count(items, 'place')} in ${count(files, 'file')}`),
    ...(tests.length > 0 ? [`${count(tests.length, 'test file')} to run`] : []),
  ];
  return `${bold(paintEffect(verdict, verdict))}  ${[subject, ...figures].join(' · ')}\n`;
}

type Body = Pick<ImpactAnswer, 'totals' | 'impacted' | 'tests' | 'unknown'>;

function body({ totals, impacted, tests, unknown }: Body, view: View): string {
  const groups = totals.map((total) =>
    renderGroup(
      total,
      impacted.filter(({ effect }) => effect === total.effect),
      view,
    ),
  );
  return [...groups, renderUnknown(unknown, view), renderTests(tests, view)].join('');
}

function renderGroup({ effect, items: total }: EffectTotal, items: readonly ImpactedItem[], view: View): string {
  if (total === 0) return '';
  const shown = shorten(items, view);
  const lines = columns(
    shown.map(({ file, line, id, declaration, reason, tier, confidence }) => [
      visible(file === undefined ? nameOf(id) : place(file, line)),
      visible(declaration),
      `— ${visible(reason)} ${dim(`(${tier}, ${confidence.toFixed(2)})`)}`,
    ]),
  ).split('\n');
  const withPaths = shown.map((item, at) => `${lines[at]}\n${(item.path ?? []).map(renderHop).join('')}`).join('');
  return `\n${bold(paintEffect(effect, TITLES[effect]))} ${dim(`(${total})`)}\n${withPaths}${more(total - shown.length)}`;
}

export function renderHop({ from, to, edge, file, line, tier, confidence }: Hop): string {
  const evidence = file === undefined ? '' : ` ${place(file, line)}`;
  return dim(`      ${visible(nameOf(from))} → ${visible(nameOf(to))}  ${edge}${visible(evidence)} (${tier}, ${confidence.toFixed(2)})\n`);
}

function renderTests(tests: readonly TestToRun[], view: View): string {
  if (tests.length === 0) return '';
  const rows = shorten(tests, view).map(({ file, reason, cases }) => [
    visible(file),
    `— ${visible(reason)}${cases.length > 0 ? `: ${cases.map((title) => JSON.stringify(title)).join(', ')}` : ''}`,
  ]);
  return `\n${bold('Tests to run')} ${dim(`(${tests.length})`)}\n${columns(rows)}${rest(tests, view)}`;
}

function renderUnknown(unknown: readonly UnknownItem[], view: View): string {
  if (unknown.length === 0) return '';
  const rows = shorten(unknown, view).map(({ id, file, line, reason, message }) => [
    visible(file === undefined ? nameOf(id) : place(file, line)),
    reason,
    `— ${visible(message)}`,
  ]);
  return `\n${bold(paintEffect('unknown', 'Gaps on the way'))} ${dim(`(${unknown.length})`)}\n${columns(rows)}${rest(unknown, view)}`;
}

const shorten = <T>(items: readonly T[], { all }: View): readonly T[] => (all ? items : items.slice(0, SHOWN));
const rest = (items: readonly unknown[], view: View): string => more(items.length - shorten(items, view).length);
const more = (hidden: number): string => (hidden === 0 ? '' : dim(`  … and ${hidden} more (--all shows them)\n`));

const place = (file: string, line: number | undefined): string => (line === undefined ? file : `${file}:${line}`);

/** An id as people write it: without repository and the scheme of code. */
export const nameOf = (id: string): string => id.replace(/^.*?\/\/(?:code:)?/s, '');

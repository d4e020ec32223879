import { z } from 'zod';
import { PlatformError } from '../../../graph/errors.ts';
import {
  ChangeKind,
  type DetectedChange,
  type Effect,
  type ImpactAnswer,
  type ImpactedItem,
  type TestToRun,
} from '../../../graph/query/change.ts';
import type { DiffImpactAnswer, SkippedChange } from '../../diff/diff-impact.ts';
import { target } from '../arguments.ts';
import { onPage, pageLine, paging, startOf } from '../page.ts';
import { count, fenced, namer, oneLine, placeOf, quoted, targetOf } from '../text.ts';
import { defineTool, joined, type McpContext } from '../tool.ts';
import { hopLine } from './path.ts';

/** Tests, gaps and changes named beside the first items. */
const BESIDE = 4;
/** Titles named of one test file. */
const CASES = 2;

const Input = z.strictObject({
  target: target.optional().describe('as for show'),
  change: ChangeKind.default('unspecified').describe('of the target; unspecified = the worst'),
  diff: z.string().max(500).optional().describe('instead of target: HEAD = uncommitted changes, A..B, A...B'),
  list: z.enum(['items', 'tests', 'unknown', 'changes']).default('items').describe('what to page through; changes: of a diff'),
  paths: z.boolean().default(false).describe('add the way to each item, with evidence'),
  minConfidence: z.number().min(0).max(1).default(0),
  ...paging(10),
});

export const impact = defineTool({
  name: 'impact',
  description: 'What breaks if a thing changes, or by a diff: verdict, what must be edited or behaves differently, tests to run, unknowns.',
  input: Input,
  async answer(args, context) {
    const answer = await ask(args, context);
    const { list, cursor } = args;
    const lists = {
      items: { total: answer.totals.reduce((sum, { items }) => sum + items, 0), lines: itemLines(onPage(answer.impacted, args)) },
      tests: { total: answer.tests.length, lines: onPage(answer.tests, args).map(testLine) },
      unknown: { total: answer.unknown.length, lines: onPage(answer.unknown, args).map(unknownLine) },
      changes: { total: changesOf(answer).length, lines: onPage(changesOf(answer), args).map(changeLine) },
    };
    const { total, lines } = lists[list];
    const shown = list === 'items' ? onPage(answer.impacted, args).length : lines.length;
    return joined(
      headline(answer),
      fenced(['changes' in answer ? '' : `of ${targetOf(answer.target.id)}`, ...lines].filter((line) => line !== '')),
      pageLine(total, shown, args),
      ...(list === 'items' && cursor === undefined
        ? [
            beside('Changes', 'changes', changesOf(answer), changeLine),
            beside('Tests to run', 'tests', answer.tests, testLine),
            beside('Unknown: could not be analysed', 'unknown', answer.unknown, unknownLine),
          ]
        : []),
    );
  },
});

type Answer = ImpactAnswer | DiffImpactAnswer;

function ask({ target, change, diff, list, paths, minConfidence, ...order }: z.output<typeof Input>, context: McpContext): Promise<Answer> {
  const shape = { minConfidence, paths, limit: list === 'items' ? startOf(order) + order.limit : 0 };
  if (target !== undefined && diff === undefined) return context.system.impact({ target, change, ...shape, testCases: true });
  if (target !== undefined || diff === undefined) throw new PlatformError('BAD_INPUT', 'Give either target or diff.');
  return context.system.impactOfDiff({ root: context.root, ...(diff === 'HEAD' ? {} : { revisions: diff }), ...shape });
}

const SAID: Readonly<Record<Effect, (items: string) => string>> = {
  breaks: (items) => `breaks ${items}`,
  unknown: (items) => `leaves ${items} unknown`,
  'behaves-differently': (items) => `makes ${items} behave differently`,
  review: (items) => `${items} to review`,
  compatible: (items) => `${items} cleared`,
};

/** The verdict and its figures. */
function headline(answer: Answer): string {
  const figures = answer.totals
    .filter(({ items }) => items > 0)
    .map(({ effect, items, files }) => `${SAID[effect](`${items}`)} in ${count(files, 'file')}`);
  const subject =
    'changes' in answer
      ? count(answer.changes.length, 'changed declaration')
      : answer.change === 'unspecified'
        ? 'any change'
        : answer.change;
  return `${answer.verdict}: ${[subject, ...figures, `${count(answer.tests.length, 'test file')} to run`].join('; ')}`;
}

/** Items under the name of their effect. */
function itemLines(items: readonly ImpactedItem[]): readonly string[] {
  const name = namer(items.map(({ id }) => id));
  return items.flatMap((item, at) => {
    const place = placeOf(item.file, item.line);
    const line = `${place}${place === '' ? '' : ' '}${name(item.id)} — ${oneLine(item.reason)} (${item.tier} ${item.confidence.toFixed(2)})`;
    return [
      ...(items[at - 1]?.effect === item.effect ? [] : [`${item.effect}:`]),
      line,
      ...(item.path ?? []).map((hop) => `    ${hopLine(hop)}`),
    ];
  });
}

function testLine({ file, reason, cases }: TestToRun): string {
  const titles = cases.slice(0, CASES).map((title) => quoted(title, 80));
  const more = cases.length > CASES ? [`${cases.length - CASES} more`] : [];
  return `${oneLine(file)} — ${oneLine(reason)}${cases.length > 0 ? `: ${[...titles, ...more].join(', ')}` : ''}`;
}

const unknownLine = ({ id, file, line, reason, message }: ImpactAnswer['unknown'][number]): string =>
  `${file === undefined ? targetOf(id) : placeOf(file, line)} ${reason}: ${oneLine(message)}`;

/** Declarations that a diff changes, then what of it is not looked at. */
const changesOf = (answer: Answer): readonly (DetectedChange | SkippedChange)[] =>
  'changes' in answer ? [...answer.changes, ...answer.skipped] : [];

const changeLine = (change: DetectedChange | SkippedChange): string =>
  'declaration' in change
    ? `${oneLine(`${change.file}#${change.declaration}`)} ${change.change}: ${oneLine(change.detail)}`
    : `${oneLine(change.file)} not looked at: ${oneLine(change.reason)}`;

function beside<T>(title: string, list: string, all: readonly T[], line: (item: T) => string): string {
  if (all.length === 0) return '';
  const more = all.length > BESIDE ? ` (${BESIDE} of ${all.length}; list: "${list}")` : '';
  return `${title}${more}:\n${fenced(all.slice(0, BESIDE).map(line))}`;
}

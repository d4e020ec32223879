import { InvalidArgumentError, Option, type Command } from 'commander';
import { PlatformError } from '../../../graph/errors.ts';
import { CHANGE_KINDS, LISTED_ITEMS, VERDICTS, type ChangeKind, type Verdict } from '../../../graph/query/change.ts';
import { answerImpactBatch } from '../batch.ts';
import { JSON_OPTION, STORE_OPTION, toJson, type CliContext, type StoreOption } from '../context.ts';
import { renderDiffImpact, renderImpact } from '../impact-view.ts';
import { positiveInteger } from '../numbers.ts';

/** More than any graph has nodes. */
const MOST_ITEMS = 2 ** 31;

interface Options extends StoreOption {
  readonly change?: ChangeKind;
  readonly diff?: string | true;
  readonly staged?: boolean;
  readonly batch?: boolean;
  readonly root: string;
  readonly minConfidence: number;
  readonly explain?: boolean;
  readonly limit?: number;
  readonly all?: boolean;
  readonly failOn?: Verdict;
  readonly json?: boolean;
}

export function addImpact(program: Command, context: CliContext): void {
  program
    .command('impact')
    .description('what breaks if you change something, and which tests to run')
    .argument('[target]', 'id, path#Name.member, path:line[:col], or a name')
    .addOption(new Option('--change <kind>', 'how it changes (default: the worst that could happen)').choices(CHANGE_KINDS))
    .option('--diff [revisions]', 'what changed since a revision (default HEAD), or between A..B')
    .option('--staged', 'what is staged for commit')
    .option('--root <path>', 'folder of the repository, for --diff and --staged', '.')
    .option('--batch', 'read questions as JSON lines from stdin, write an answer for each')
    .option('--min-confidence <0-1>', 'leave out what is less sure', confidence, 0)
    .option('--explain', 'show the path to each item, with evidence')
    .addOption(
      new Option('--limit <n>', `items that --json or --batch lists (default: ${LISTED_ITEMS}; of a batch, all)`)
        .argParser(positiveInteger(MOST_ITEMS))
        .conflicts('all'),
    )
    .option('--all', 'do not shorten long lists')
    .addOption(new Option('--fail-on <verdict>', 'exit with 1 for this verdict or a worse one').choices(VERDICTS))
    .option(...STORE_OPTION)
    .option(...JSON_OPTION)
    .action(async (target: string | undefined, options: Options) => {
      const { minConfidence, staged } = options;
      const ways = [target, options.diff, staged, options.batch].filter((way) => way !== undefined);
      if (ways.length !== 1)
        throw new PlatformError('BAD_INPUT', 'Ask about one thing: give a target, or --diff, or --staged, or --batch.');
      const judge = (verdict: Verdict): void => {
        if (options.failOn && VERDICTS.indexOf(verdict) <= VERDICTS.indexOf(options.failOn)) context.fail(1);
      };
      await context.withSystem(options, async (system) => {
        if (options.batch) {
          const defaults = { minConfidence, ...(options.limit === undefined ? {} : { limit: options.limit }) };
          return answerImpactBatch(system, process.stdin, defaults, { ...context, judge });
        }
        const view = { all: options.all ?? false };
        const limit = options.limit ?? (view.all ? Infinity : LISTED_ITEMS);
        const shape = { minConfidence, limit, paths: options.explain ?? false };
        if (target === undefined) {
          const revisions = typeof options.diff === 'string' ? { revisions: options.diff } : {};
          const answer = await system.impactOfDiff({ root: options.root, ...revisions, ...(staged ? { staged } : {}), ...shape });
          context.print(options.json ? toJson(answer) : renderDiffImpact(answer, view));
          return judge(answer.verdict);
        }
        const change = options.change === undefined ? {} : { change: options.change };
        const answer = await system.impact({ target, ...change, ...shape });
        context.print(options.json ? toJson(answer) : renderImpact(answer, view));
        return judge(answer.verdict);
      });
    });
}

function confidence(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value <= 1)) throw new InvalidArgumentError('Give a number from 0 to 1.');
  return value;
}

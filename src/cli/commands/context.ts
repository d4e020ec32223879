import type { Command } from 'commander';
import { JSON_OPTION, STORE_OPTION, toJson, type CliContext, type StoreOption } from '../context.ts';
import { positiveInteger } from '../numbers.ts';

interface Options extends StoreOption {
  readonly budget: number;
  readonly repo?: string;
  readonly given?: readonly string[];
  readonly json?: boolean;
}

export function addContext(program: Command, context: CliContext): void {
  program
    .command('context')
    .description('what to know before building something: passages with their places, within a budget of tokens')
    .argument('<words...>', 'what to know or to build')
    .option('--budget <tokens>', 'tokens of all passages together', positiveInteger(100_000), 4000)
    .option('--repo <name>', 'only this repository')
    .option('--given <file...>', 'files that are known to change')
    .option(...STORE_OPTION)
    .option(...JSON_OPTION)
    .action(async (words: readonly string[], { budget, repo, given, json, ...store }: Options) =>
      context.withSystem(store, async (system) => {
        const pack = await system.retrieve(words.join(' '), {
          budget,
          ...(repo === undefined ? {} : { repo }),
          ...(given ? { given: [...given] } : {}),
        });
        if (json) return context.print(toJson(pack));
        if (pack.warning !== undefined) context.note(`${pack.warning}\n`);
        if (pack.passages.length === 0) context.note('Nothing found. Say it in other words, or ingest first.\n');
        context.print(pack.text);
      }),
    );
}

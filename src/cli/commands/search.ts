import { Option, type Command } from 'commander';
import { PlatformError } from '../../../graph/errors.ts';
import { NODE_KINDS, type NodeKind } from '../../../graph/model/node.ts';
import { answerSearchBatch } from '../batch.ts';
import { JSON_OPTION, STORE_OPTION, toJson, type CliContext, type StoreOption } from '../context.ts';
import { positiveInteger } from '../numbers.ts';
import { visible } from '../../visible.ts';
import { columns, dim } from '../style.ts';

interface Options extends StoreOption {
  readonly kind?: readonly NodeKind[];
  readonly repo?: string;
  readonly limit: number;
  readonly given?: readonly string[];
  readonly batch?: boolean;
  readonly json?: boolean;
}

export function addSearch(program: Command, context: CliContext): void {
  program
    .command('search')
    .description('find things and files by what they are about: names, text, and past commits')
    .argument('[words...]', 'what to look for')
    .addOption(new Option('--kind <kind...>', 'only these kinds').choices(NODE_KINDS))
    .option('--repo <name>', 'only this repository')
    .option('--limit <n>', 'how many at most', positiveInteger(1000), 20)
    .option('--given <file...>', 'files that are known to change: rank what else does')
    .option('--batch', 'read questions as JSON lines from stdin, write an answer for each')
    .option(...STORE_OPTION)
    .option(...JSON_OPTION)
    .action(async (words: readonly string[], { kind, repo, limit, given, batch = false, json, ...store }: Options) => {
      if (batch === words.length > 0) throw new PlatformError('BAD_INPUT', 'Give words to look for, or --batch.');
      await context.withSystem(store, async (system) => {
        if (batch) return answerSearchBatch(system, process.stdin, context);
        const filter = {
          limit,
          ...(kind ? { kinds: [...kind] } : {}),
          ...(repo === undefined ? {} : { repo }),
          ...(given ? { given: [...given] } : {}),
        };
        const { hits, files, warning } = await system.search(words.join(' '), filter);
        if (warning !== undefined) context.note(`${warning}\n`);
        if (json) return context.print(toJson({ hits, files }));
        if (hits.length === 0) return context.note('Nothing found. Try fewer or shorter words.\n');
        return context.print(
          columns(
            hits.map(({ node }) => [
              node.kind,
              visible(node.name),
              visible(node.file ? `${node.file}:${node.span?.line ?? 1}` : ''),
              dim(visible(node.id)),
            ]),
            '',
          ),
        );
      });
    });
}

import type { Command } from 'commander';
import { PlatformError } from '../../../../graph/errors.ts';
import { answerConflictBatch } from '../../batch.ts';
import { renderConflicts } from '../../conflict-view.ts';
import { JSON_OPTION, STORE_OPTION, toJson, type CliContext, type StoreOption } from '../../context.ts';
import { readRequest } from './parse.ts';

interface Options extends StoreOption {
  readonly from?: string;
  readonly batch?: boolean;
  readonly repo?: string;
  readonly json?: boolean;
}

export function addConflicts(agent: Command, context: CliContext): void {
  agent
    .command('conflicts')
    .description('what a request contradicts of what is there; without one, what contradicts itself')
    .argument('[words...]', 'the request; or give --from or --batch')
    .option('--from <file>', 'a ticket, notes, chat or mail: Markdown, text or exported JSON; - reads stdin')
    .option('--batch', 'read requests as JSON lines from stdin, write the conflicts of each')
    .option('--repo <name>', 'only this repository')
    .option(...STORE_OPTION)
    .option(...JSON_OPTION)
    .action(async (words: readonly string[], { from, batch, json, repo, ...store }: Options) => {
      if ([words.length > 0, from !== undefined, batch === true].filter(Boolean).length > 1)
        throw new PlatformError('BAD_INPUT', 'Give one request at most: words, or --from FILE, or --batch.');
      await context.withSystem(store, async (system) => {
        if (batch) return answerConflictBatch(system, process.stdin, context);
        const request = from !== undefined ? await readRequest(from) : words.length > 0 ? words.join(' ') : undefined;
        const conflicts = await system.conflicts({
          ...(request === undefined ? {} : { request }),
          ...(repo === undefined ? {} : { repo }),
        });
        context.print(json ? toJson({ conflicts }) : renderConflicts(conflicts));
      });
    });
}

import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import type { Command } from 'commander';
import { PlatformError } from '../../../graph/errors.ts';
import { answerConflictBatch, answerParseBatch } from '../batch.ts';
import { renderConflicts } from '../conflict-view.ts';
import { JSON_OPTION, STORE_OPTION, toJson, type CliContext } from '../context.ts';
import { renderParsed } from '../parse-view.ts';

interface ParseOptions {
  readonly from?: string;
  readonly batch?: boolean;
  readonly json?: boolean;
}

interface ConflictOptions extends ParseOptions {
  readonly repo?: string;
  readonly store?: string;
}

export function addAgent(program: Command, context: CliContext): void {
  const agent = program.command('agent').description('from a request to a spec that is grounded in the graph');
  agent
    .command('parse')
    .description('what a request asks for: requirements, decisions, open points, each quoted')
    .argument('[words...]', 'the request; or give --from or --batch')
    .option('--from <file>', 'a ticket, notes, chat or mail: Markdown, text or exported JSON; - reads stdin')
    .option('--batch', 'read texts as JSON lines from stdin, write what is in each')
    .option(...JSON_OPTION)
    .action(async (words: readonly string[], { from, batch, json }: ParseOptions) => {
      if ([words.length > 0, from !== undefined, batch === true].filter(Boolean).length !== 1)
        throw new PlatformError('BAD_INPUT', 'Give one thing to read: words, or --from FILE, or --batch.');
      const { parseRequest } = await import('../../agent/steps/parse.ts');
      if (batch) return answerParseBatch(process.stdin, context, parseRequest);
      const parsed = parseRequest(from === undefined ? words.join(' ') : await readRequest(from));
      context.print(json ? toJson(parsed) : renderParsed(parsed));
    });
  agent
    .command('conflicts')
    .description('what a request contradicts of what is there; without one, what contradicts itself')
    .argument('[words...]', 'the request; or give --from or --batch')
    .option('--from <file>', 'a ticket, notes, chat or mail: Markdown, text or exported JSON; - reads stdin')
    .option('--batch', 'read requests as JSON lines from stdin, write the conflicts of each')
    .option('--repo <name>', 'only this repository')
    .option(...STORE_OPTION)
    .option(...JSON_OPTION)
    .action(async (words: readonly string[], { from, batch, json, repo, ...store }: ConflictOptions) => {
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

async function readRequest(from: string): Promise<string> {
  if (from === '-') return text(process.stdin);
  try {
    return await readFile(from, 'utf8');
  } catch (cause) {
    throw new PlatformError('BAD_INPUT', `Cannot read ${from}. Give the path of a file, or - for stdin.`, { cause });
  }
}

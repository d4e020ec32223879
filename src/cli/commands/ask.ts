import type { Command } from 'commander';
import { renderCitation } from '../../retrieval/render-pack.ts';
import { JSON_OPTION, STORE_OPTION, toJson, type CliContext, type StoreOption } from '../context.ts';
import { positiveInteger } from '../numbers.ts';
import { visible } from '../../visible.ts';
import { bold, dim } from '../style.ts';

interface Options extends StoreOption {
  readonly budget: number;
  readonly repo?: string;
  readonly json?: boolean;
}

export function addAsk(program: Command, context: CliContext): void {
  program
    .command('ask')
    .description('answer a question from what was ingested, every statement with its source')
    .argument('<words...>', 'the question')
    .option('--budget <tokens>', 'tokens of the passages that the answer is made from', positiveInteger(100_000), 4000)
    .option('--repo <name>', 'only this repository')
    .option(...STORE_OPTION)
    .option(...JSON_OPTION)
    .action(async (words: readonly string[], { budget, repo, json, ...store }: Options) =>
      context.withSystem(store, (system) =>
        context.interruptible(async (signal) => {
          const answer = await system.ask(words.join(' '), { budget, signal, ...(repo === undefined ? {} : { repo }) });
          if (json) return context.print(toJson(answer));
          if (answer.warning !== undefined) context.note(`${answer.warning}\n`);
          if (answer.statements.length === 0) return context.note('Nothing that was ingested answers this. Say it in other words.\n');
          for (const { text, citations } of answer.statements) {
            const places = citations.map((citation) => `${citation.kind} ${citation.name}, ${renderCitation(citation)}`);
            const shown = text.split(/\r?\n|\r$/).map((line) => visible(line.replaceAll('\t', '  ')));
            context.print(`${answer.engine === 'extract' ? shown.map((line) => `> ${line}`).join('\n') : bold(shown.join('\n'))}\n`);
            for (const place of places) context.print(dim(`  ${visible(place)}\n`));
          }
          context.note(
            answer.engine === 'extract'
              ? 'Quoted, not written: no language model was used.\n'
              : `Written by ${answer.model?.model ?? 'a model'}; every sentence's quotes were found in what it cites${answer.rejected ? `, ${answer.rejected} sentences without were left out` : ''}.\n`,
          );
        }),
      ),
    );
}

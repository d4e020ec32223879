import { setImmediate } from 'node:timers/promises';
import type { Command } from 'commander';
import { STORE_OPTION, type CliContext, type StoreOption } from '../context.ts';

/** Characters written at once. */
const CHUNK = 1 << 16;

export function addDump(program: Command, context: CliContext): void {
  program
    .command('dump')
    .description('print the whole graph as sorted JSON lines')
    .option(...STORE_OPTION)
    .action((options: StoreOption) =>
      context.withSystem(options, async (system) => {
        let chunk = '';
        for await (const line of system.dump()) {
          chunk += `${line}\n`;
          if (chunk.length < CHUNK) continue;
          context.print(chunk);
          chunk = '';
          await setImmediate(); // notice a reader that went away
        }
        context.print(chunk);
      }),
    );
}

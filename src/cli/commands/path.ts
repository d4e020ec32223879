import type { Command } from 'commander';
import { JSON_OPTION, STORE_OPTION, toJson, type CliContext, type StoreOption } from '../context.ts';
import { renderHop } from '../impact-view.ts';

interface Options extends StoreOption {
  readonly json?: boolean;
}

export function addPath(program: Command, context: CliContext): void {
  program
    .command('path')
    .description('how two things are connected')
    .argument('<from>', 'id, path#Name.member, path:line[:col], or a name')
    .argument('<to>', 'likewise')
    .option(...STORE_OPTION)
    .option(...JSON_OPTION)
    .action((from: string, to: string, { json, ...store }: Options) =>
      context.withSystem(store, async (system) => {
        const hops = await system.path(from, to);
        if (json) return context.print(toJson({ path: hops ?? null }));
        if (!hops) return context.print('Not connected: neither depends on the other.\n');
        return context.print(hops.length === 0 ? 'The same thing.\n' : hops.map(renderHop).join(''));
      }),
    );
}

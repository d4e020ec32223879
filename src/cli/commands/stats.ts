import type { Command } from 'commander';
import { JSON_OPTION, STORE_OPTION, toJson, type CliContext, type StoreOption } from '../context.ts';
import { bold, columns, count } from '../style.ts';

interface Options extends StoreOption {
  readonly json?: boolean;
}

export function addStats(program: Command, context: CliContext): void {
  program
    .command('stats')
    .description('how many things of which kind the graph holds')
    .option(...STORE_OPTION)
    .option(...JSON_OPTION)
    .action(({ json, ...store }: Options) =>
      context.withSystem(store, async (system) => {
        const { generation, nodes, edges, diagnostics } = await system.stats();
        if (json) return context.print(toJson({ generation, nodes, edges, diagnostics }));
        const heading = `${system.location}, generation ${generation}, ${count(diagnostics, 'diagnostic')}\n`;
        return context.print(`${heading}${table('Nodes', nodes)}${table('Edges', edges)}`);
      }),
    );
}

function table(title: string, counts: Readonly<Record<string, number>>): string {
  const rows = Object.entries(counts).sort(([, a], [, b]) => b - a);
  const total = rows.reduce((sum, [, n]) => sum + n, 0).toLocaleString('en');
  const width = total.length;
  const lines = rows.map(([kind, n]) => [n.toLocaleString('en').padStart(width), kind]);
  return `\n${bold(`${title}: ${total}`)}\n${columns(lines)}`;
}

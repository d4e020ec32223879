import type { Command } from 'commander';
import type { SignatureShape } from '../../../graph/model/node.ts';
import { signatureText } from '../../signature-text.ts';
import type { Neighbourhood } from '../../system.ts';
import { JSON_OPTION, STORE_OPTION, toJson, type CliContext, type StoreOption } from '../context.ts';
import { nameOf } from '../impact-view.ts';
import { positiveInteger } from '../numbers.ts';
import { visible } from '../../visible.ts';
import { bold, columns, dim } from '../style.ts';

interface Options extends StoreOption {
  readonly limit: number;
  readonly json?: boolean;
}

export function addShow(program: Command, context: CliContext): void {
  program
    .command('show')
    .description('a thing and what it is directly connected to')
    .argument('<target>', 'id, path#Name.member, path:line[:col], or a name')
    .option('--limit <n>', 'how many connections at most, in each direction', positiveInteger(10_000), 50)
    .option(...STORE_OPTION)
    .option(...JSON_OPTION)
    .action((target: string, { limit, json, ...store }: Options) =>
      context.withSystem(store, async (system) => {
        const shown = await system.show(target, { limit });
        context.print(json ? toJson(shown) : render(shown));
      }),
    );
}

function render({ node, outgoing, incoming }: Neighbourhood): string {
  const where = node.file === undefined ? '' : `  ${node.file}${node.span ? `:${node.span.line}` : ''}`;
  const facts = Object.entries(node.props).flatMap(([key, value]) => factRows(key, value));
  return [
    `${bold(node.kind)} ${bold(visible(node.name))}${visible(where)}\n${dim(visible(node.id))}\n`,
    columns(facts),
    connections('Depends on or contains', outgoing),
    connections('Used by or contained in', incoming),
  ].join('');
}

function factRows(key: string, value: unknown): readonly (readonly string[])[] {
  if (key === 'body') return []; // a hash says nothing to people
  if (key === 'signatures')
    return (value as readonly SignatureShape[]).map((signature) => ['signature', visible(signatureText(signature))]);
  return [[key, visible(typeof value === 'string' ? value : JSON.stringify(value))]];
}

function connections(title: string, list: Neighbourhood['outgoing']): string {
  if (list.length === 0) return '';
  const rows = list.map(({ edge, node }) => {
    const [site] = edge.sites;
    const evidence = site ? `line ${site.line}${edge.sites.length > 1 ? ` and ${edge.sites.length - 1} more` : ''}` : '';
    const via = edge.via === undefined ? '' : ` via ${nameOf(edge.via)}`;
    return [edge.type, visible(`${nameOf(node.id)}${via}`), dim(`${evidence} (${edge.tier}, ${edge.confidence.toFixed(2)})`)];
  });
  return `\n${bold(title)}\n${columns(rows)}`;
}

import { readFile, writeFile } from 'node:fs/promises';
import { Option, type Command } from 'commander';
import { PlatformError } from '../../../graph/errors.ts';
import { CHANGE_KINDS, type ChangeKind } from '../../../graph/query/change.ts';
import { DIAGRAM_KINDS } from '../../../graph/query/diagram/kinds.ts';
import type { System } from '../../system.ts';
import { STORE_OPTION, type CliContext, type StoreOption } from '../context.ts';

interface Options extends StoreOption {
  readonly change?: ChangeKind;
  readonly check?: readonly string[];
  readonly write?: readonly string[];
}

export function addDiagram(program: Command, context: CliContext): void {
  program
    .command('diagram')
    .description('draw a picture of the system as Mermaid text, or keep those in documents up to date')
    .argument('[kind]', DIAGRAM_KINDS.join(', '))
    .argument('[target]', 'what it is of: a service or package, an operation, anything')
    .addOption(new Option('--change <kind>', 'of an impact diagram: how the target changes').choices(CHANGE_KINDS))
    .option('--check <files...>', 'exit with 1 when a diagram in these Markdown files is stale')
    .option('--write <files...>', 'bring the diagrams in these Markdown files up to date')
    .option(...STORE_OPTION)
    .action(async (kind: string | undefined, target: string | undefined, { change, check, write, ...store }: Options) => {
      const files = check ?? write;
      if ((files === undefined) === (kind === undefined))
        throw new PlatformError('BAD_INPUT', `Give a kind of diagram (${DIAGRAM_KINDS.join(', ')}), or files with --check or --write.`);
      await context.withSystem(store, async (system) => {
        if (files !== undefined) return keepFresh(system, files, check !== undefined, context);
        const known = DIAGRAM_KINDS.find((each) => each === kind);
        if (!known) throw new PlatformError('BAD_INPUT', `There is no ${kind} diagram. There are ${DIAGRAM_KINDS.join(', ')}.`);
        context.print(
          `${await system.diagram({ kind: known, ...(target === undefined ? {} : { target }), ...(change ? { change } : {}) })}\n`,
        );
      });
    });
}

async function keepFresh(system: System, files: readonly string[], checkOnly: boolean, context: CliContext): Promise<void> {
  const { embeddedDiagrams, withDiagrams } = await import('../../diagrams/document.ts');
  let seen = 0;
  for (const file of files) {
    const document = await readFile(file, 'utf8').catch((cause: unknown) => {
      throw new PlatformError('BAD_INPUT', `Cannot read ${file}.`, { cause });
    });
    const diagrams = embeddedDiagrams(document);
    seen += diagrams.length;
    const texts: string[] = [];
    for (const { kind, target, change } of diagrams)
      texts.push(await system.diagram({ kind, ...(target === undefined ? {} : { target }), ...(change ? { change } : {}) }));
    const stale = diagrams.filter(({ text }, at) => text !== texts[at]);
    if (stale.length === 0) continue;
    if (checkOnly) {
      for (const { line, kind, target } of stale)
        context.print(`${file}:${line}: the ${kind} diagram${target === undefined ? '' : ` of ${target}`} is stale\n`);
      context.fail(1);
    } else {
      await writeFile(file, withDiagrams(document, diagrams, texts));
      context.note(`${file}: ${stale.length} ${stale.length === 1 ? 'diagram' : 'diagrams'} written\n`);
    }
  }
  if (seen === 0)
    throw new PlatformError('BAD_INPUT', `No diagram is ordered in ${files.join(', ')}: \`<!-- specgraph diagram KIND TARGET -->\`.`);
}

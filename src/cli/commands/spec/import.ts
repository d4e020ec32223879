import type { Command } from 'commander';
import { JSON_OPTION, toJson, type CliContext } from '../../context.ts';
import { count } from '../../style.ts';
import { visible } from '../../../visible.ts';

interface Options {
  readonly output?: string;
  readonly json?: boolean;
}

export function addImport(spec: Command, context: CliContext): void {
  spec
    .command('import')
    .description('makes a spec of one of Spec Kit, OpenSpec, Kiro or Gherkin, and tells what is not in it')
    .argument('<file>', 'where that tool keeps it')
    .option('--output <file>', 'write the spec there instead of printing it; not over a file that is there')
    .option(...JSON_OPTION)
    .action(async (path: string, { output, json = false }: Options) => {
      const [{ importSpec }, { createText, readText }] = await Promise.all([
        import('../../../specs/import-spec.ts'),
        import('../../../specs/spec-files.ts'),
      ]);
      const imported = await importSpec(await readText(path), path.replaceAll('\\', '/'));
      if (output !== undefined) await createText(output, imported.text);
      if (json) context.print(toJson(imported));
      else if (output === undefined) context.print(imported.text);
      if (json) return;
      for (const { line, text } of imported.losses) context.note(`${path}:${line}: not in the spec: ${visible(text)}\n`);
      if (imported.losses.length > 0) context.note(`${count(imported.losses.length, 'line')} not in the spec\n`);
    });
}

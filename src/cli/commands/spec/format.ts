import type { Command } from 'commander';
import { toJson, JSON_OPTION, type CliContext } from '../../context.ts';
import { count } from '../../style.ts';
import { renderDiagnostics } from './diagnostics-view.ts';

interface Options {
  readonly check?: boolean;
  readonly stdout?: boolean;
  readonly json?: boolean;
}

export function addFormat(spec: Command, context: CliContext): void {
  spec
    .command('fmt')
    .description('gives every part an id, and writes specs in one form; comments and order stay')
    .argument('<paths...>', 'specs, or folders of specs')
    .option('--check', 'write nothing; exit with 1 when a spec is not formatted')
    .option('--stdout', 'print the text instead of writing it')
    .option(...JSON_OPTION)
    .action(async (paths: readonly string[], { check = false, stdout = false, json = false }: Options) => {
      const [{ formatSpec }, { specFiles, readText, replaceText }] = await Promise.all([
        import('../../../specs/format-spec.ts'),
        import('../../../specs/spec-files.ts'),
      ]);
      const results = [];
      for (const path of await specFiles(paths)) {
        const before = await readText(path);
        const { text, assigned, diagnostics } = formatSpec(before, path);
        const errors = diagnostics.filter(({ severity }) => severity === 'error');
        const isChanged = text !== before;
        if (isChanged && !check && !stdout) await replaceText(path, text);
        if (errors.length > 0 || (check && isChanged)) context.fail(1);
        if (stdout) context.print(text);
        else if (!json && isChanged)
          context.print(`${path}: ${check ? 'is not formatted' : `formatted, ${count(assigned.length, 'id')} given`}\n`);
        if (!json) context.note(renderDiagnostics(diagnostics));
        results.push({ path, changed: isChanged, assigned, diagnostics });
      }
      if (json) context.print(toJson({ files: results }));
    });
}

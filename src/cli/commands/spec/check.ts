import type { Command } from 'commander';
import { JSON_OPTION, STORE_OPTION, toJson, type CliContext, type StoreOption } from '../../context.ts';
import { count } from '../../style.ts';
import { renderDiagnostics } from './diagnostics-view.ts';

interface Options extends StoreOption {
  readonly json?: boolean;
}

export function addCheck(spec: Command, context: CliContext): void {
  spec
    .command('check')
    .description('looks up what specs cite for each sentence: source, place, commit, quote; exits with 1 where one is not true')
    .argument('<paths...>', 'specs, or folders of specs')
    .option(...STORE_OPTION)
    .option(...JSON_OPTION)
    .action(async (paths: readonly string[], { json = false, ...store }: Options) => {
      const { readText, specFiles } = await import('../../../specs/spec-files.ts');
      const specs = await context.withSystem(store, async (system) => {
        const checked = [];
        for (const path of await specFiles(paths)) checked.push({ path, ...(await system.citeCheck(await readText(path), path)) });
        return checked;
      });
      const problems = specs.flatMap(({ path, problems: found }) => found.map((problem) => ({ ...problem, file: path })));
      if (problems.length > 0) context.fail(1);
      if (json) {
        context.print(toJson({ specs }));
        return;
      }
      context.print(renderDiagnostics(problems.map((one) => ({ ...one, severity: 'error', message: `${one.pointer}: ${one.message}` }))));
      for (const { path, sentences, bases } of specs) {
        const told = Object.entries(bases).map(([basis, times]) => `${times} ${basis}`);
        context.print(`${path}: ${count(sentences, 'sentence')}${told.length > 0 ? `: ${told.join(', ')}` : ''}\n`);
      }
    });
}

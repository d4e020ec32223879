import { createRequire } from 'node:module';
import { Option, type Command } from 'commander';
import { FINDING_SEVERITIES, type Finding, type FindingSeverity } from '../../../../graph/query/findings/finding.ts';
import { JSON_OPTION, STORE_OPTION, toJson, type CliContext, type StoreOption } from '../../context.ts';
import { renderDiagnostics } from './diagnostics-view.ts';

interface Options extends StoreOption {
  readonly graph?: boolean;
  readonly failOn: FindingSeverity | 'never';
  readonly sarif?: boolean;
  readonly json?: boolean;
}

export function addLint(spec: Command, context: CliContext): void {
  spec
    .command('lint')
    .description('what could be better in specs: sentences, figures, ways to verify, names')
    .argument('<paths...>', 'specs, or folders of specs')
    .option('--graph', 'also see that what specs depend on is in the graph')
    .addOption(
      new Option('--fail-on <severity>', 'exit with 1 for findings of this severity or a worse one')
        .choices([...FINDING_SEVERITIES, 'never'])
        .default('error'),
    )
    .option('--sarif', 'print a SARIF 2.1.0 log')
    .option(...STORE_OPTION)
    .option(...JSON_OPTION)
    .action(async (paths: readonly string[], { graph, failOn, sarif, json, ...store }: Options) => {
      const [{ lintSpec, LINT_RULES }, { sarifOf }, { readText, specFiles }, { existsIn }] = await Promise.all([
        import('../../../specs/lint/lint-spec.ts'),
        import('../../../findings/sarif.ts'),
        import('../../../specs/spec-files.ts'),
        import('../../../specs/exists-in.ts'),
      ]);
      const lintAll = async (exists?: (name: string) => Promise<boolean>): Promise<readonly Finding[]> => {
        const found: Finding[] = [];
        for (const path of await specFiles(paths)) found.push(...(await lintSpec(await readText(path), path, exists)));
        return found;
      };
      const findings =
        graph || store.store !== undefined
          ? await context.withSystem(store, async (system) => lintAll((name) => existsIn(system, name)))
          : await lintAll();
      const { version } = createRequire(import.meta.url)('specgraph/package.json') as { readonly version: string };
      if (sarif) context.print(toJson(sarifOf(findings, LINT_RULES, version)));
      else if (json) context.print(toJson({ findings }));
      else
        context.print(
          findings.length === 0
            ? 'Nothing to better.\n'
            : renderDiagnostics(findings.map(({ id, ...one }) => ({ ...one, message: `${id.replace(/^spec:/, '')}: ${one.message}` }))),
        );
      const worst = failOn === 'never' ? -1 : FINDING_SEVERITIES.indexOf(failOn);
      if (findings.some(({ severity }) => FINDING_SEVERITIES.indexOf(severity) <= worst)) context.fail(1);
    });
}

import { createRequire } from 'node:module';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { FINDING_SEVERITIES, type Finding, type FindingSeverity } from '../../../graph/query/findings/finding.ts';
import { JSON_OPTION, STORE_OPTION, toJson, type CliContext, type StoreOption } from '../context.ts';
import { visible } from '../../visible.ts';
import { bold, columns, count, dim, paintEffect } from '../style.ts';

const SHOWN = 100;

interface Options extends StoreOption {
  readonly code?: readonly string[];
  readonly failOn: FindingSeverity | 'never';
  readonly baseline?: string;
  readonly writeBaseline?: string;
  readonly sarif?: boolean;
  readonly json?: boolean;
  readonly all?: boolean;
}

export function addCheck(program: Command, context: CliContext): void {
  program
    .command('check')
    .description('what does not fit together: contracts, code, data, configuration, decisions, policies, documents, specs')
    .option('--code <codes>', 'only findings of these codes, separated by commas', codesOf)
    .addOption(
      new Option('--fail-on <severity>', 'exit with 1 for new findings of this severity or a worse one')
        .choices([...FINDING_SEVERITIES, 'never'])
        .default('warning'),
    )
    .option('--baseline <file>', 'leave out what this file says is known')
    .option('--write-baseline <file>', 'write what is found as the new baseline')
    .option('--sarif', 'print a SARIF 2.1.0 log')
    .option('--all', 'do not shorten long lists')
    .option(...STORE_OPTION)
    .option(...JSON_OPTION)
    .action(async ({ code, failOn, baseline, writeBaseline: target, sarif, json, all = false, ...store }: Options) => {
      const [{ readBaseline, writeBaseline }, { sarifOf }] = await Promise.all([
        import('../../findings/baseline.ts'),
        import('../../findings/sarif.ts'),
      ]);
      const known = baseline === undefined ? new Set<string>() : await readBaseline(baseline);
      await context.withSystem(store, async (system) => {
        const { checks, findings } = await system.findings(code === undefined ? {} : { codes: code });
        if (target !== undefined) {
          await writeBaseline(target, findings);
          context.note(`${count(findings.length, 'finding')} written to ${target}\n`);
          return;
        }
        const fresh = findings.filter(({ fingerprint }) => !known.has(fingerprint));
        const { version } = createRequire(import.meta.url)('specgraph/package.json') as { readonly version: string };
        if (sarif) context.print(toJson(sarifOf(fresh, checks, version)));
        else if (json) context.print(toJson({ findings: fresh, known: findings.length - fresh.length }));
        else context.print(render(fresh, findings.length - fresh.length, all ? Infinity : SHOWN));
        const worst = failOn === 'never' ? -1 : FINDING_SEVERITIES.indexOf(failOn);
        if (fresh.some(({ severity }) => FINDING_SEVERITIES.indexOf(severity) <= worst)) context.fail(1);
      });
    });
}

function codesOf(text: string): readonly string[] {
  const codes = text.split(',').map((code) => code.trim());
  if (codes.some((code) => !/^[a-z][a-z-]*$/.test(code)))
    throw new InvalidArgumentError('Give codes such as operation-without-handler, separated by commas.');
  return codes;
}

const PAINT = { error: 'breaking', warning: 'unknown', info: 'review' } as const;

function render(findings: readonly Finding[], known: number, most: number): string {
  const left = known > 0 ? dim(`${count(known, 'known finding')} left out\n`) : '';
  if (findings.length === 0) return `${known > 0 ? 'Nothing new.' : 'Everything fits together.'}\n${left}`;
  const rows = findings
    .slice(0, most)
    .map(({ file, span, id, severity, message, code }) => [
      visible(file === undefined ? id : span ? `${file}:${span.line}:${span.col}` : file),
      paintEffect(PAINT[severity], severity),
      `${visible(message)} ${dim(`[${code}]`)}`,
    ]);
  const more = findings.length > most ? dim(`  … and ${findings.length - most} more (--all shows them)\n`) : '';
  return `${bold(count(findings.length, 'finding'))}\n${columns(rows)}${more}${left}`;
}

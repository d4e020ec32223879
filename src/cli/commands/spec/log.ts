import type { Command } from 'commander';
import { toJson, JSON_OPTION, type CliContext } from '../../context.ts';
import { columns, count, dim } from '../../style.ts';
import { visible } from '../../../visible.ts';

export function addLog(spec: Command, context: CliContext): void {
  spec
    .command('log')
    .description('who decided what about a spec; exits with 1 where the log cannot be relied on')
    .argument('<spec>', 'a spec')
    .option(...JSON_OPTION)
    .action(async (path: string, { json = false }: { readonly json?: boolean }) => {
      const [{ openLog, isIntact }, { readSource }, { readSpec }] = await Promise.all([
        import('../../../specs/approvals/log.ts'),
        import('../../../specs/spec-files.ts'),
        import('../../../specs/read-spec.ts'),
      ]);
      const feature = readSpec(await readSource(path), path).spec?.feature ?? '';
      const log = await openLog(path, feature);
      if (!isIntact(log)) context.fail(1);
      if (json) {
        context.print(toJson(log));
        return;
      }
      const rows = log.entries.map(({ at, by, action, role = '', version, hash, comment = '' }) => [
        `${at.slice(0, 16)}Z`,
        action,
        role,
        visible(by.email),
        version,
        dim(hash.slice(7, 19)),
        visible(comment),
      ]);
      context.print(rows.length === 0 ? 'Nothing was decided yet.\n' : columns(rows, ''));
      for (const { line, code, message, isHint } of log.problems)
        context.note(`${log.path}${line === undefined ? '' : `:${line}`}: ${isHint ? 'hint: ' : ''}${visible(message)} [${code}]\n`);
      const problems = log.problems.filter(({ isHint }) => !isHint).length;
      if (problems > 0) context.note(`${count(problems, 'problem')}: restore the log from Git.\n`);
    });
}

import type { Command } from 'commander';
import { PlatformError } from '../../../../graph/errors.ts';
import type { SpecState } from '../../../specs/approvals/state.ts';
import { toJson, JSON_OPTION, type CliContext } from '../../context.ts';
import { columns, dim } from '../../style.ts';
import { visible } from '../../../visible.ts';

interface Options {
  readonly requireApproved?: boolean;
  readonly json?: boolean;
}

export function addStatus(spec: Command, context: CliContext): void {
  spec
    .command('status')
    .description('where specs stand: draft, in review, approved or superseded, and what is missing')
    .argument('<paths...>', 'specs, or folders of specs')
    .option('--require-approved', 'exit with 1 when one is neither approved nor superseded')
    .option(...JSON_OPTION)
    .action(async (paths: readonly string[], { requireApproved = false, json = false }: Options) => {
      const [{ standingOf }, { specFiles }] = await Promise.all([
        import('../../../specs/approvals/decide.ts'),
        import('../../../specs/spec-files.ts'),
      ]);
      const standings = [];
      for (const path of await specFiles(paths)) {
        const standing = await standingOf(path).catch((error: unknown) => {
          // One spec that is not sound does not hide the others.
          if (error instanceof PlatformError && error.code === 'BAD_INPUT') return error;
          throw error;
        });
        if (standing instanceof PlatformError) {
          context.fail(1);
          standings.push({ path, error: { code: standing.code, message: standing.message } });
          if (!json) context.print(`${visible(path)}  not sound\n  ${visible(standing.message)}\n`);
          continue;
        }
        const { state, log } = standing;
        standings.push({ path, ...state, problems: log.problems });
        if (requireApproved && state.status !== 'approved' && state.status !== 'superseded') context.fail(1);
        if (state.isTampered) context.fail(1);
        if (!json) context.print(renderState(path, state));
      }
      if (json) context.print(toJson({ specs: standings }));
    });
}

const WORDS = { draft: 'draft', in_review: 'in review', approved: 'approved', superseded: 'superseded' } as const;

export function renderState(path: string, state: SpecState): string {
  const rows = state.roles.map(({ name, people, atLeast, approvedBy, refusedBy }) => {
    const said = [
      ...approvedBy.map(({ email }) => `approved by ${email}`),
      ...refusedBy.map(({ email }) => `changes wanted by ${email}`),
      ...(approvedBy.length < atLeast ? [`waits for ${atLeast - approvedBy.length} of ${people.join(', ') || 'nobody'}`] : []),
    ];
    return [name, visible(said.join('; '))];
  });
  const { approved, change } = state;
  const since =
    approved && change && state.hash !== approved.hash
      ? `  ${change.bump} changes since ${approved.version}, which was approved: at least ${change.version}\n`
      : '';
  const tampered = state.isTampered ? `  the log cannot be relied on: see \`specgraph spec log ${path}\`\n` : '';
  return `${visible(path)}  ${state.version}  ${WORDS[state.status]} ${dim(state.hash.slice(7, 19))}\n${state.status === 'superseded' ? '' : columns(rows)}${since}${tampered}`;
}

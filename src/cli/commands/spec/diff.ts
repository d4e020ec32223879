import type { Command } from 'commander';
import type { SpecChange, SpecDiff } from '../../../specs/diff-specs.ts';
import { toJson, JSON_OPTION, type CliContext } from '../../context.ts';
import { bold, columns, count, dim, paintEffect } from '../../style.ts';
import { visible } from '../../../visible.ts';

interface Options {
  readonly sameMeaning?: readonly string[];
  readonly json?: boolean;
}

export const SAME_MEANING_OPTION = ['--same-meaning <ids...>', 'parts of which you say that they mean what they meant'] as const;

export function addDiff(spec: Command, context: CliContext): void {
  spec
    .command('diff')
    .description('what changed between two versions of a spec, and the version that asks for')
    .argument('<before>', 'a file, or REV:path')
    .argument('<after>', 'a file, or REV:path')
    .option(...SAME_MEANING_OPTION)
    .option(...JSON_OPTION)
    .action(async (before: string, after: string, { sameMeaning = [], json = false }: Options) => {
      const [{ diffSpecs }, { normativeOf }, { readSound }, { bumped }] = await Promise.all([
        import('../../../specs/diff-specs.ts'),
        import('../../../specs/normative.ts'),
        import('../../../specs/spec-files.ts'),
        import('../../../specs/version.ts'),
      ]);
      const [{ spec: was }, { spec: is }] = [await readSound(before), await readSound(after)];
      const diff = diffSpecs(normativeOf(was), normativeOf(is), { sameMeaning: new Set(sameMeaning) });
      const version = bumped(was.version, diff.bump);
      context.print(json ? toJson({ ...diff, from: was.version, version }) : renderDiff(diff, was.version, version));
    });
}

const PAINT = { major: 'breaks', minor: 'unknown', patch: 'compatible' } as const;

export function renderDiff({ changes, bump }: SpecDiff, from: string, version: string): string {
  if (changes.length === 0) return 'Nothing that is demanded changed.\n';
  const rows = changes.map((change) => [change.part, change.kind, paintEffect(PAINT[change.bump], change.bump), visible(told(change))]);
  return `${bold(count(changes.length, 'change'))}: ${bump}, ${from} becomes ${version} ${dim('or later')}\n${columns(rows)}`;
}

const told = ({ reason, before, after, kind }: SpecChange): string =>
  kind === 'added' || kind === 'removed' ? `${reason}: ${(after ?? before ?? '').slice(0, 200)}` : reason;

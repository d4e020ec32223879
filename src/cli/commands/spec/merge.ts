import type { Command } from 'commander';
import { toJson, JSON_OPTION, type CliContext } from '../../context.ts';
import { count } from '../../style.ts';
import { visible } from '../../../visible.ts';

interface Options {
  readonly write?: boolean;
  readonly json?: boolean;
}

export function addMerge(spec: Command, context: CliContext): void {
  spec
    .command('merge')
    .description('merges two versions of a spec by the ids of its parts; exits with 1 where they clash')
    .argument('<base>', 'the version that both come from; empty where there is none')
    .argument('<ours>', 'our version')
    .argument('<theirs>', 'their version')
    .option('--write', 'write the result to OURS, as a merge driver of Git does, instead of printing it')
    .option(...JSON_OPTION)
    .action(async (base: string, ours: string, theirs: string, { write = false, json = false }: Options) => {
      const [{ mergeSpecs }, { readSource, replaceText }] = await Promise.all([
        import('../../../specs/merge-specs.ts'),
        import('../../../specs/spec-files.ts'),
      ]);
      const merged = mergeSpecs(await readSource(base), await readSource(ours), await readSource(theirs));
      if (write) await replaceText(ours, merged.text);
      if (json) context.print(toJson(write ? { conflicts: merged.conflicts } : merged));
      else if (!write) context.print(merged.text);
      if (merged.conflicts.length === 0) return;
      context.fail(1);
      const parts = merged.conflicts.map(({ part, kind }) => `${visible(part)} (${WORDS[kind]})`);
      context.note(`${count(merged.conflicts.length, 'conflict')}: ${parts.join(', ')}\n`);
    });
}

const WORDS = {
  'both-changed': 'both sides changed it',
  'removed-by-ours': 'ours removed what theirs changed',
  'removed-by-theirs': 'theirs removed what ours changed',
} as const;

import { Option, type Command } from 'commander';
import type { CliContext } from '../../context.ts';

export function addRender(spec: Command, context: CliContext): void {
  spec
    .command('render')
    .description('a spec for reading')
    .argument('<spec>', 'a file, or REV:path')
    .addOption(new Option('--format <format>', 'what to print it as').choices(['markdown', 'html']).default('markdown'))
    .action(async (path: string, { format }: { readonly format: 'markdown' | 'html' }) => {
      const [{ renderHtml, renderMarkdown }, { readSound }] = await Promise.all([
        import('../../../specs/render-spec.ts'),
        import('../../../specs/spec-files.ts'),
      ]);
      const { spec: read } = await readSound(path);
      context.print(format === 'html' ? renderHtml(read) : renderMarkdown(read));
    });
}

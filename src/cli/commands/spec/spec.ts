import type { Command } from 'commander';
import type { CliContext } from '../../context.ts';
import { addCheck } from './check.ts';
import { addDecisions } from './decide.ts';
import { addDiff } from './diff.ts';
import { addFormat } from './format.ts';
import { addImport } from './import.ts';
import { addLint } from './lint.ts';
import { addLog } from './log.ts';
import { addMerge } from './merge.ts';
import { addRender } from './render.ts';
import { addStatus } from './status.ts';

/** `specgraph spec …`: a file in this folder for each. */
export function addSpec(program: Command, context: CliContext): void {
  const spec = program.command('spec').description('specs as code: format, lint, compare, merge, approve, import, render');
  for (const add of [addFormat, addDiff, addMerge, addStatus, addDecisions, addLog, addLint, addCheck, addImport, addRender])
    add(spec, context);
}

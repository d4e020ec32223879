import type { Command } from 'commander';
import type { CliContext } from '../../context.ts';
import { addConflicts } from './conflicts.ts';
import { addDraft } from './draft.ts';
import { addFeedback } from './feedback.ts';
import { addParse } from './parse.ts';
import { addThreads } from './threads.ts';

export function addAgent(program: Command, context: CliContext): void {
  const agent = program.command('agent').description('from a request to a spec that is grounded in the graph');
  for (const add of [addDraft, addThreads, addFeedback, addParse, addConflicts]) add(agent, context);
}

import type { Command } from 'commander';
import { JSON_OPTION, STORE_OPTION, toJson, type CliContext, type StoreOption } from '../../context.ts';
import { renderFeedback } from '../../feedback-view.ts';
import { placeOf, withPlace, type PlaceOptions } from './place.ts';

interface Options extends PlaceOptions, StoreOption {
  readonly since?: string;
  readonly write?: boolean;
  readonly json?: boolean;
}

/** After implementation: what became of a spec. */
export function addFeedback(agent: Command, context: CliContext): void {
  const command = agent
    .command('feedback')
    .description(
      'what became of a spec: built, decided, tested, drifted, and what follows; exits with 1 where something is missing or drifted',
    )
    .argument('<spec>', 'a spec of the repository')
    .option('--since <revision>', 'compare with this revision (default: the commit of the approval)')
    .option('--write', 'write the report and what it proposes into the folder of the thread, or beside the spec');
  withPlace(command)
    .option(...STORE_OPTION)
    .option(...JSON_OPTION)
    .action(async (spec: string, { since, write = false, json = false, ...options }: Options) =>
      context.withSystem(options, (system) =>
        context.interruptible(async (signal) => {
          const one = await system.agent(placeOf(options));
          const { feedback, folder, isDone } = await one.feedback({ spec, signal, write, ...(since === undefined ? {} : { since }) });
          context.print(json ? toJson(feedback) : renderFeedback(feedback));
          if (folder !== undefined) context.note(`Written to ${folder}. Nothing was applied.\n`);
          if (!isDone) context.fail(1);
        }),
      ),
    );
}

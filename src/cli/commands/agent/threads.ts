import type { Command } from 'commander';
import type { Agent } from '../../../agent/agent.ts';
import type { ThreadStatus } from '../../../agent/thread/status.ts';
import { JSON_OPTION, toJson, type CliContext } from '../../context.ts';
import { renderThread, renderThreadLine, renderTimeline } from '../../thread-view.ts';
import { person, placeOf, withPlace, type PlaceOptions } from './place.ts';

interface Options extends PlaceOptions {
  readonly timeline?: boolean;
  readonly json?: boolean;
}

/** What there is to see of threads; no graph is asked. */
export function addThreads(agent: Command, context: CliContext): void {
  const withAgent = <T>(options: Options, work: (agent: Agent) => Promise<T>): Promise<T> =>
    context.withSystem({}, async (system) => work(await system.agent(placeOf(options))));
  const command = (name: string, description: string, argument?: string): Command => {
    const made = agent.command(name).description(description);
    if (argument !== undefined) made.argument(argument, 'the name of a thread');
    return withPlace(made).option(...JSON_OPTION);
  };
  const tell = (status: ThreadStatus, { json = false, timeline = false }: Options): void =>
    context.print(json ? toJson(status) : `${renderThread(status)}${timeline ? renderTimeline(status) : ''}`);

  command('status', 'where a thread stands, and what it waits for', '<thread>')
    .option('--timeline', 'who or what did which step, and on how much evidence')
    .action((thread: string, options: Options) => withAgent(options, async (one) => tell(await one.status(thread), options)));
  command('threads', 'all threads beside the specs, by name; one that cannot be read says so').action((options: Options) =>
    withAgent(options, async (one) => {
      const all = await one.threads();
      context.print(options.json ? all.map(toJson).join('') : all.map(renderThreadLine).join(''));
      if (all.length === 0) context.note('There are no threads. Begin one with `specgraph agent draft "…"`.\n');
    }),
  );
  command('cancel', 'end a thread where it stands; what it wrote stays', '<thread>').action((thread: string, options: Options) =>
    withAgent(options, async (one) => tell(await one.cancel(thread, await person(options)), options)),
  );
}

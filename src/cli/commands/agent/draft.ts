import type { Command } from 'commander';
import { PlatformError } from '../../../../graph/errors.ts';
import { JSON_OPTION, STORE_OPTION, toJson, type CliContext, type StoreOption } from '../../context.ts';
import { createStepLine } from '../../step-line.ts';
import { renderThread } from '../../thread-view.ts';
import { readRequest } from './parse.ts';
import { person, placeOf, withPlace, type PlaceOptions } from './place.ts';

interface DraftOptions extends PlaceOptions, StoreOption {
  readonly from?: string;
  readonly thread?: string;
  readonly json?: boolean;
}

interface ResumeOptions extends PlaceOptions, StoreOption {
  readonly answer: Readonly<Record<string, string>>;
  readonly choose: Readonly<Record<string, string>>;
  readonly accept: readonly string[];
  readonly leaveOpen?: boolean;
  readonly json?: boolean;
}

/** From a request to a draft, and on. */
export function addDraft(agent: Command, context: CliContext): void {
  const draft = agent
    .command('draft')
    .description('draft a spec for a request; stops to ask where people decide')
    .argument('[words...]', 'the request; or give --from')
    .option('--from <file>', 'a ticket, notes, chat or mail: Markdown, text or exported JSON; - reads stdin')
    .option('--thread <name>', 'name of the thread (default: made from the request)');
  withPlace(draft)
    .option(...STORE_OPTION)
    .option(...JSON_OPTION)
    .action(async (words: readonly string[], { from, thread, json, ...options }: DraftOptions) => {
      if (words.length > 0 === (from !== undefined)) throw new PlatformError('BAD_INPUT', 'Give one request: words, or --from FILE.');
      const request = from === undefined ? words.join(' ') : await readRequest(from);
      await context.withSystem(options, (system) =>
        context.interruptible(async (signal) => {
          const line = createStepLine();
          const one = await system.agent(placeOf(options));
          const status = await one
            .draft({ request, signal, onStep: line.show, ...(thread === undefined ? {} : { thread }) })
            .finally(line.end);
          context.print(json ? toJson(status) : renderThread(status));
        }),
      );
    });

  const resume = agent
    .command('resume')
    .description('go on with a thread, after what was answered, chosen and approved')
    .argument('<thread>', 'the name of a thread')
    .option('--answer <id=value>', 'answer a question: Q-1=2 for its second option, or Q-1="in other words"', pair, {})
    .option('--choose <id=option>', 'settle a conflict: C-1a2b3c4d=A, or C-1a2b3c4d="A because …"', pair, {})
    .option('--accept <id>', 'take the answer that a model proposed to a question for yours: Q-3', listed, [])
    .option('--leave-open', 'what is not answered stays a question in the spec, and stops its approval');
  withPlace(resume)
    .option(...STORE_OPTION)
    .option(...JSON_OPTION)
    .action(async (thread: string, { answer, choose, accept, leaveOpen = false, json, ...options }: ResumeOptions) =>
      context.withSystem(options, (system) =>
        context.interruptible(async (signal) => {
          const line = createStepLine();
          const isSaid = leaveOpen || accept.length + Object.keys(answer).length + Object.keys(choose).length > 0;
          const by = isSaid ? await person(options) : NOBODY;
          const one = await system.agent(placeOf(options));
          const status = await one
            .resume(thread, { by, answers: answer, choices: choose, leaveOpen, accept, signal, onStep: line.show })
            .finally(line.end);
          context.print(json ? toJson(status) : renderThread(status));
        }),
      ),
    );
}

/** Says nothing, so that no name is kept. */
const NOBODY = { name: 'nobody', email: '' };

const listed = (id: string, before: readonly string[]): readonly string[] => [...before, id];

function pair(text: string, before: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const [, id, value] = /^([^=\s]+)=(.*)$/s.exec(text) ?? [];
  if (id === undefined || value === undefined) throw new PlatformError('BAD_INPUT', `${text} is no answer. Write ID=VALUE.`);
  if (Object.hasOwn(before, id)) throw new PlatformError('BAD_INPUT', `${id} is answered twice.`);
  return { ...before, [id]: value };
}

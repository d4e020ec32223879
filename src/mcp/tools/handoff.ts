import { z } from 'zod';
import { PlatformError } from '../../../graph/errors.ts';
import { visible } from '../../visible.ts';
import { onPage, pageLine, paging } from '../page.ts';
import { clip, count, fenced } from '../text.ts';
import { defineTool, joined } from '../tool.ts';
import { agentOf } from './draft.ts';

/** Lines of one page, and characters of a line. */
const MOST = { lines: 400, characters: 4_000 };

export const handoff = defineTool({
  name: 'handoff',
  description:
    'What to build from, once a spec is approved: spec, rules, tasks, contracts, tests, context. A list of files, or one of them.',
  input: z.strictObject({
    thread: z.string().min(1).max(80).describe('from `draft`'),
    file: z.string().min(1).max(500).optional().describe('one of the list'),
    ...paging(24),
    limit: z.int().min(1).max(MOST.lines).default(24).describe('lines'),
  }),
  async answer({ thread, file, ...order }, context) {
    const agent = await agentOf(context);
    if (file === undefined) {
      const files = await agent.handOff(thread);
      if (files.length === 0)
        throw new PlatformError('BAD_INPUT', `There is no hand-off of ${thread} yet. \`draft\` says what it waits for.`);
      const shown = onPage(files, order);
      return joined(count(files.length, 'file'), fenced(shown.map(visible)), pageLine(files.length, shown.length, order));
    }
    const lines = (await agent.handOffFile(thread, file)).replace(/\n$/, '').split(/\r?\n/);
    const shown = onPage(lines, order);
    return joined(fenced(shown.map(asWritten)), pageLine(lines.length, shown.length, order));
  },
});

/** A line of a file, with its tabs. */
const asWritten = (line: string): string => clip(line.split('\t').map(visible).join('\t'), MOST.characters);

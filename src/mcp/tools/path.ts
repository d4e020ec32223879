import { z } from 'zod';
import type { Hop } from '../../../graph/query/change.ts';
import { target } from '../arguments.ts';
import { count, fenced, placeOf, targetOf } from '../text.ts';
import { defineTool, joined } from '../tool.ts';

export const path = defineTool({
  name: 'path',
  description: 'How two things are connected: a shortest chain of dependencies in either direction, each step with its evidence.',
  input: z.strictObject({ from: target.describe('as for show'), to: target }),
  async answer({ from, to }, { system }) {
    const hops = await system.path(from, to);
    if (!hops) return 'Not connected: neither depends on the other.';
    if (hops.length === 0) return 'The same thing.';
    return joined(count(hops.length, 'step'), fenced(hops.map(hopLine)));
  },
});

/** `a → b CALLS @ src/a.ts:12`. */
export const hopLine = ({ from, to, edge, file, line, tier, confidence }: Hop): string =>
  `${targetOf(from)} → ${targetOf(to)} ${edge}${file === undefined ? '' : ` @ ${placeOf(file, line)}`} (${tier} ${confidence.toFixed(2)})`;

import { z } from 'zod';
import { NODE_KINDS } from '../../graph/model/node.ts';

/** Most hits that one answer lists. */
const MOST_HITS = 1000;

export const SearchQuestion = z.strictObject({
  /** Words or whole sentences, never query syntax. */
  query: z.string(),
  /** Only things of these kinds among the hits; files are ranked all the same. */
  kinds: z.array(z.enum(NODE_KINDS)).optional(),
  /** Only this repository. */
  repo: z.string().optional(),
  /** Files that are known to change, relative to their repository: what else does? They are not ranked. */
  given: z.array(z.string()).optional(),
  /** Hits to list. */
  limit: z.int().min(1).max(MOST_HITS).default(20),
});
export type SearchQuestion = z.input<typeof SearchQuestion>;

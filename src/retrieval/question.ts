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

/** Tokens of a context pack: what fits beside a conversation, and the most that a model reads with care. */
const BUDGET = { least: 200, most: 100_000, usual: 4000 };

export const ContextQuestion = z.strictObject({
  /** What one wants to know or build, in words. */
  question: z.string(),
  /** Tokens (o200k_base) that all passages together may have. */
  budget: z.int().min(BUDGET.least).max(BUDGET.most).default(BUDGET.usual),
  /** Only this repository. */
  repo: z.string().optional(),
  /** Files that are known to change. */
  given: z.array(z.string()).optional(),
});
export type ContextQuestion = z.input<typeof ContextQuestion>;

import { z } from 'zod';

/**
 * How a fact was established, strongest first.
 * - `compiler`: the language's own checker resolved it
 * - `hierarchy`: follows from declared or structural subtyping
 * - `flow`: follows from where a value's type travels
 * - `contract`: both sides state the same contract
 * - `declared`: a person wrote it down (manifest, catalogue, front matter)
 * - `trace`: observed in a run
 * - `heuristic`: a rule that is usually right
 * - `text`: a mention in prose
 * - `llm`: proposed by a language model and checked against the graph
 */
export const TIERS = ['compiler', 'hierarchy', 'flow', 'contract', 'declared', 'trace', 'heuristic', 'text', 'llm'] as const;
export const Tier = z.enum(TIERS);
export type Tier = z.infer<typeof Tier>;

/** The number of a tier in stores and snapshots: its position in {@link TIERS}. */
export const TIER_CODE = Object.fromEntries(TIERS.map((tier, code) => [tier, code])) as Readonly<Record<Tier, number>>;

/** A half-open stretch of a file. Lines and columns count from 1; columns are UTF-16 units. */
export const Span = z.object({
  line: z.int().positive(),
  col: z.int().positive(),
  endLine: z.int().positive(),
  endCol: z.int().positive(),
});
export type Span = z.infer<typeof Span>;

/** Lines of a file, from 1, both included. */
export interface LineRange {
  readonly line: number;
  readonly endLine: number;
}

/** The last line that a span has anything of: one that ends where a line begins ends with the line before. */
export const lastLineOf = ({ line, endLine, endCol }: Span): number => (endCol === 1 && endLine > line ? endLine - 1 : endLine);

/** Something a worker could not understand, in the user's terms. Never stops an ingest. */
export const Diagnostic = z.object({
  code: z.string(),
  severity: z.enum(['error', 'warning', 'info']),
  message: z.string(),
  file: z.string().optional(),
  span: Span.optional(),
});
export type Diagnostic = z.infer<typeof Diagnostic>;

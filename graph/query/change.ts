import { z } from 'zod';
import type { EdgeType } from '../model/edge.ts';
import type { Node, NodeKind } from '../model/node.ts';
import type { Tier } from '../model/provenance.ts';

/**
 * Kinds of change: to code and contracts, then to columns, then to what people demand (criteria, policies, decisions): `behaviour` of
 * a criterion is that it demands something else, neither more nor less.
 * `unspecified` is answered as the worst of them.
 */
export const CHANGE_KINDS = [
  'remove',
  'rename',
  'move',
  'add-required-parameter',
  'add-optional-parameter',
  'remove-parameter',
  'change-type',
  'make-required',
  'make-optional',
  'add-member',
  'remove-member',
  'change-visibility',
  'drop-column',
  'alter-column',
  'add',
  'tighten',
  'loosen',
  'reword',
  'supersede',
  'behaviour',
  'unspecified',
] as const;
export const ChangeKind = z.enum(CHANGE_KINDS);
export type ChangeKind = z.infer<typeof ChangeKind>;

/** What a change does to one thing, worst first. */
export const EFFECTS = ['breaks', 'unknown', 'behaves-differently', 'review', 'compatible'] as const;
export type Effect = (typeof EFFECTS)[number];

/** Effects that a test can see. */
export const RERUN: ReadonlySet<Effect> = new Set<Effect>(['breaks', 'behaves-differently']);

/** The worst effect of an answer, as a verdict. */
export const VERDICTS = ['breaking', 'unknown', 'behaves-differently', 'review', 'compatible'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** A place in a repository, as an editor or an agent would name it. */
export const TargetPlace = z.object({
  repo: z.string().optional(),
  file: z.string(),
  name: z.string().optional(),
  line: z.int().positive().optional(),
  col: z.int().positive().optional(),
});
export type TargetPlace = z.infer<typeof TargetPlace>;

/** Any target string (id, `path#Name.member`, `path:line[:col]`, bare name) or a place. */
export const TargetRef = z.union([z.string().min(1), TargetPlace]);
export type TargetRef = z.infer<typeof TargetRef>;

/** Impacted items that an answer lists when nobody says how many: some graphs depend on one declaration as a whole. */
export const LISTED_ITEMS = 1000;

export const ImpactQuestion = z.object({
  target: TargetRef,
  change: ChangeKind.default('unspecified'),
  /** 0–1: leave out items below. */
  minConfidence: z.number().min(0).max(1).default(0),
  /** Hops; items further away are left out. */
  maxDistance: z.int().positive().default(64),
  /** Items to list, the first of their order; Infinity = all. Totals, tests and verdict are of all in any case. */
  limit: z.union([z.int().nonnegative(), z.literal(Infinity)]).default(LISTED_ITEMS),
  /** Add paths with evidence to the items. */
  paths: z.boolean().default(false),
  /** Name the test cases in each test file to run. Costs two reads of the store for each file. */
  testCases: z.boolean().default(true),
});
export type ImpactQuestion = z.input<typeof ImpactQuestion>;

/** One step of a path, from what changed outwards; `line` is where it is seen in `file`. */
export interface Hop {
  readonly from: string;
  readonly to: string;
  readonly edge: EdgeType;
  readonly via?: string;
  readonly file?: string;
  readonly line?: number;
  readonly col?: number;
  readonly tier: Tier;
  readonly confidence: number;
  /** The row of the propagation matrix that let the change pass. */
  readonly rule: string;
}

export interface ImpactedItem {
  readonly id: string;
  /** The id without its repository: `code:src/user.ts#User.email`, `api:user#GET /users/{id}`. */
  readonly ref: string;
  readonly kind: NodeKind;
  readonly file: string | undefined;
  /** Dotted path in the file; `<module>` for the top level of a module. */
  readonly declaration: string;
  readonly line: number | undefined;
  readonly effect: Effect;
  /** Hops from the target; 1 = direct. */
  readonly distance: number;
  readonly tier: Tier;
  readonly confidence: number;
  /** Why, in one sentence for people. */
  readonly reason: string;
  readonly path?: readonly Hop[];
}

export interface TestToRun {
  readonly id: string;
  /** The id without its repository. */
  readonly ref: string;
  readonly file: string;
  readonly reason: string;
  readonly distance: number;
  readonly confidence: number;
  /** Titles of the test cases known to be concerned; empty = run the file. */
  readonly cases: readonly string[];
}

export interface UnknownItem {
  /** The Gap node. */
  readonly id: string;
  readonly file: string | undefined;
  readonly line: number | undefined;
  readonly reason: string;
  readonly message: string;
}

/** How much has one effect, whether it is listed or not. */
export interface EffectTotal {
  readonly effect: Effect;
  readonly items: number;
  /** Source files that these items are in. */
  readonly files: number;
}

export interface ImpactAnswer {
  readonly target: Node;
  readonly change: ChangeKind;
  readonly verdict: Verdict;
  /** One for each effect, worst first. */
  readonly totals: readonly EffectTotal[];
  /** Worst effect first, then nearest, then surest, then by id; as many as asked for. */
  readonly impacted: readonly ImpactedItem[];
  /** Best first. */
  readonly tests: readonly TestToRun[];
  readonly unknown: readonly UnknownItem[];
  readonly generation: number;
}

/** One declaration that a change touches, and how. */
export interface DetectedChange {
  /** As it was before the change; for `add-member`, the type that gains the member; for `add`, the spec that gains a part. */
  readonly id: string;
  /** Where it was before the change. */
  readonly file: string;
  readonly declaration: string;
  readonly change: ChangeKind;
  /** What was compared, for people: `parameter "x" added`. */
  readonly detail: string;
}

import type { Evidence } from '../model.ts';
import type { Lifecycle } from '../../specs/approvals/state.ts';

/** What became of a spec after it was handed off: what is there, what was decided, what is tested, what has drifted, what follows. */
export interface Feedback {
  /** Path of the spec in the repository. */
  readonly spec: string;
  readonly feature: string;
  readonly version: string;
  readonly status: Lifecycle;
  /** Thread that the spec came from, where there is one. */
  readonly thread?: string;
  /** The commit that the system is compared with: that of the approval, unless another was given. */
  readonly since: string;
  readonly built: readonly BuiltPart[];
  readonly decisions: readonly TakenDecision[];
  readonly criteria: readonly CriterionBinding[];
  readonly drift: readonly Drift[];
  readonly proposals: Proposals;
  /** What could not be looked at, and why. */
  readonly notes: readonly string[];
}

/** Something that the hand-off planned, and what became of it. */
export interface BuiltPart {
  readonly kind: 'operation' | 'event' | 'service' | 'resource' | 'config' | 'table' | 'file';
  /** `POST /images`, `image.uploaded`, `src/upload.ts` */
  readonly name: string;
  /**
   * `different`: it is there, and not as planned; `elsewhere`: a file that nobody wrote, although all that its task covers is bound to
   * tests, so that the work was done in other files.
   */
  readonly state: 'there' | 'missing' | 'different' | 'elsewhere';
  /** What differs, each a clause for people. */
  readonly differences: readonly string[];
  /** Criteria that it was planned for. */
  readonly covers: readonly string[];
  /** Where it was planned, then where it is, or where it differs. */
  readonly evidence: readonly Evidence[];
}

/** A decision that was taken in the diff. */
export interface TakenDecision {
  readonly kind: 'dependency' | 'operation' | 'event' | 'table' | 'column' | 'config' | 'call' | 'service' | 'resource' | 'decision-record';
  readonly name: string;
  /** Id of the ADR or spec that mentions it; `hand-off` where it was planned there. Absent: nobody wrote down why. */
  readonly documentedBy?: string;
  readonly evidence: Evidence;
}

/** How far a criterion or NFR is known to hold: `L0` nothing is bound to it, `L1` a test that is not left out is. */
export interface CriterionBinding {
  readonly id: string;
  readonly text: string;
  readonly level: 'L0' | 'L1';
  readonly tests: readonly Evidence[];
  /** Tests that bear its name and are not run: `todo`, `skip`. */
  readonly leftOut: readonly Evidence[];
  /** By the means its `verify` names, no test is asked for: `policy`, `metric`, `manual`. */
  readonly otherwise?: string;
}

export interface Drift {
  readonly kind: 'spec-edited' | 'limit' | 'citation';
  /** Part of the spec. */
  readonly part: string;
  readonly message: string;
  readonly evidence: readonly Evidence[];
}

/** What to approve: nothing of it is applied by itself. */
export interface Proposals {
  /** A change of the spec as a unified diff, and what it does. */
  readonly spec?: { readonly path: string; readonly diff: string; readonly does: readonly SpecEdit[] };
  /** Decision records, proposed, for decisions that nobody wrote down. */
  readonly adrs: readonly { readonly path: string; readonly text: string; readonly about: readonly string[] }[];
  /** What the graph will say once it is approved. */
  readonly graph: readonly GraphEdge[];
}

/** One thing that a proposed change of a spec does. */
export interface SpecEdit {
  /** For people: `AC-1: verified by test:test/upload.test.ts` */
  readonly text: string;
  /** What the graph makes of it. */
  readonly edges: readonly GraphEdge[];
}

/** An edge by the names of its ends, docs/reference/names.md. */
export interface GraphEdge {
  readonly from: string;
  readonly type: 'VERIFIES' | 'SPECIFIES' | 'MENTIONS';
  readonly to: string;
}

/** Whether something has to be done: something is missing, or is not as it was approved. */
export const needsWork = ({ built, drift }: Feedback): boolean =>
  drift.length > 0 || built.some(({ state }) => state === 'missing' || state === 'different');

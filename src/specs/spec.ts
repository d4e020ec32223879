import type { Diagnostic, Span } from '../../graph/model/provenance.ts';
import type { TreePath } from '../../ingest/parse/tree.ts';

/** One feature as its file states it, tidied: every part has an id, whether or not people wrote one. */
export interface Spec {
  readonly feature: string;
  /** As written, with all its digits: `1.10` is not `1.1`. Empty where there is none. */
  readonly version: string;
  /** What the file claims; what is true is computed from the approvals. */
  readonly status?: string;
  readonly owner: Owner;
  readonly description: string;
  readonly why?: string;
  readonly criteria: readonly Criterion[];
  readonly nfrs: readonly Nfr[];
  readonly dependencies: readonly Dependency[];
  readonly outOfScope: readonly string[];
  readonly questions: readonly Question[];
  readonly links: readonly SpecLink[];
  /** Parts of which it is said where they come from, by their pointers. */
  readonly claims: readonly { readonly at: TreePath; readonly claim: string }[];
  /** `SPEC-basket@1.0` */
  readonly supersedes?: string;
  readonly generated?: Generated;
}

export interface Owner {
  /** Where one name owns all of it. */
  readonly name?: string;
  readonly why?: string;
  readonly how?: string;
  readonly team?: string;
}

interface Part {
  readonly id: string;
  /** False where the id follows from the text: `spec fmt` writes it down. */
  readonly hasId: boolean;
  readonly text: string;
  readonly at: TreePath;
}

export interface Criterion extends Part {
  readonly rev?: number;
  readonly ears?: Ears;
  readonly scenarios: readonly Scenario[];
  readonly priority: Priority;
  readonly verify: readonly Verification[];
  readonly links: readonly SpecLink[];
}

export const PRIORITIES = ['must', 'should', 'could', 'wont'] as const;
export type Priority = (typeof PRIORITIES)[number];

/** A sentence of requirement in its parts, as Easy Approach to Requirements Syntax has them. */
export interface Ears {
  readonly pattern?: string;
  readonly where?: string;
  readonly while?: string;
  readonly when?: string;
  readonly if?: string;
  readonly system?: string;
  readonly shall?: string;
}

export interface Scenario {
  readonly name?: string;
  readonly given: readonly string[];
  readonly when: readonly string[];
  readonly outcome: readonly string[];
  readonly examples: readonly unknown[];
}

export interface Verification {
  readonly kind: string;
  readonly ref?: string;
}

export interface Nfr extends Part {
  readonly category: string;
  readonly measure?: Measure;
  readonly verify: readonly Verification[];
}

export interface Measure {
  readonly metric: string;
  readonly op: '<' | '<=' | '=' | '>=' | '>';
  readonly value: number;
  readonly unit?: string;
  readonly percentile?: number;
  readonly window?: string;
}

export interface Dependency {
  readonly at: TreePath;
  /** A name in the grammar of docs/reference/names.md, or a bare one. */
  readonly target: string;
  readonly reason?: string;
  readonly contract?: string;
  readonly range?: string;
}

/** What `answeredBy` begins with where a model proposes an answer that nobody has confirmed. */
export const PROPOSED_BY = 'model:';

export interface Question extends Part {
  readonly about?: string;
  readonly options: readonly string[];
  readonly answer?: string;
  /** Who answered. */
  readonly answeredBy?: string;
  readonly waived?: string;
}

/** Whether only a model answered: that is a proposal. */
export const isProposed = ({ answeredBy = '' }: Question): boolean => answeredBy.startsWith(PROPOSED_BY);
/** Whether people have still to answer. */
export const isOpen = (question: Question): boolean =>
  question.waived === undefined && (question.answer === undefined || isProposed(question));

export interface SpecLink {
  readonly at: TreePath;
  readonly rel: string;
  readonly target: string;
}

export interface Generated {
  /** `rules`, `llm` or `human`. */
  readonly engine: string;
  readonly model?: string;
  /** Git identity of the engine, where it has one. */
  readonly by?: string;
}

/** A file read: the spec as far as it could be understood, and what is wrong with it. */
export interface SpecFile {
  readonly path: string;
  readonly text: string;
  /** Undefined where the file holds no spec at all. */
  readonly spec: Spec | undefined;
  /** Errors are what stops an approval. */
  readonly diagnostics: readonly Diagnostic[];
  spanOf(at: TreePath): Span;
  /** Things of the file that `at` does not name, by the JSON pointers that `claim` and `about` use. */
  readonly pointers: ReadonlySet<string>;
}

export const isSound = ({ spec, diagnostics }: SpecFile): boolean =>
  spec !== undefined && diagnostics.every(({ severity }) => severity !== 'error');

import type { FindingSeverity } from '../../../graph/query/findings/finding.ts';
import type { TreePath } from '../../../ingest/parse/tree.ts';
import type { Criterion, Nfr, Spec, SpecFile } from '../spec.ts';

/** What one rule has to say of one part of a spec. */
export interface Remark {
  /** `AC-1`; absent where it is about the spec as a whole. */
  readonly part?: string;
  readonly at: TreePath;
  /** What is wrong and what to do. */
  readonly message: string;
  readonly severity?: FindingSeverity;
}

export interface LintContext {
  readonly file: SpecFile;
  readonly spec: Spec;
  /** Whether something of that name is in the graph; absent where no graph was given. */
  readonly exists?: (name: string) => Promise<boolean>;
}

export interface LintRule {
  readonly code: string;
  readonly severity: FindingSeverity;
  /** What it asks for, in one sentence. */
  readonly title: string;
  find(context: LintContext): readonly Remark[] | Promise<readonly Remark[]>;
}

/** A rule that looks at one text at a time. */
export const ofParts =
  <P extends Criterion | Nfr>(parts: (spec: Spec) => readonly P[], judge: (part: P) => readonly string[] | string | undefined) =>
  ({ spec }: LintContext): readonly Remark[] =>
    parts(spec).flatMap((part) => {
      const said = judge(part);
      return (said === undefined ? [] : typeof said === 'string' ? [said] : said).map((message) => ({
        part: part.id,
        at: part.at,
        message,
      }));
    });

export const criteriaOf = ({ criteria }: Spec): readonly Criterion[] => criteria.filter(({ priority }) => priority !== 'wont');
/** Criteria whose text is the demand. Where the steps of scenarios say it, a text that obliges to nothing is their title. */
export const demandsOf = (spec: Spec): readonly Criterion[] =>
  criteriaOf(spec).filter(({ text, scenarios }) => scenarios.length === 0 || /\b(?:shall|must)\b/i.test(text));
export const nfrsOf = ({ nfrs }: Spec): readonly Nfr[] => nfrs;
export const textsOf = (spec: Spec): readonly (Criterion | Nfr)[] => [...demandsOf(spec), ...spec.nfrs];

/** A text without what it quotes, and without names in backticks. */
export const quoteless = (text: string): string => text.replace(/`[^`]*`|"[^"]*"|“[^”]*”/g, ' ');

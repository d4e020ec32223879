import type { Span } from '../../../graph/model/provenance.ts';

/** Why a citation is not true. */
export type CitationFault = 'incomplete-source' | 'unknown-source' | 'unknown-text' | 'altered-quote' | 'wrong-place' | 'outdated-source';

export interface CiteProblem {
  readonly code: 'unsound-spec' | 'uncited' | 'unknown-basis' | 'unfounded' | 'dangling-claim' | CitationFault;
  /** What it is about: `/acceptance/AC-1`. */
  readonly pointer: string;
  readonly message: string;
  readonly span?: Span;
}

export interface CiteCheck {
  /** Sentences that demand something. */
  readonly sentences: number;
  /** How many of them by what they are based on; of several claims, the first. */
  readonly bases: Readonly<Record<string, number>>;
  readonly problems: readonly CiteProblem[];
}

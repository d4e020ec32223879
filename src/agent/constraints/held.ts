import type { Claim } from './claim.ts';
import type { Saying } from './saying.ts';

/** A constraint with the saying that makes it. */
export interface Held {
  readonly claim: Claim;
  readonly saying: Saying;
  /** The second saying that the constraint follows from, where one alone does not make it. */
  readonly also?: Saying;
  /** Terms of other sentences of its document that speak of the same. */
  readonly near?: readonly string[];
}

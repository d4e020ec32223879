import type { Lifecycle, SpecState } from './approvals/state.ts';
import type { SpecEvidence } from './evidence.ts';

export type ComputedStatus = Lifecycle | 'implemented';

/** Where a spec stands, with what a graph knows of it: approved and with evidence for all that must hold, it is implemented. */
export const statusOf = ({ status }: Pick<SpecState, 'status'>, evidence: SpecEvidence | undefined): ComputedStatus =>
  status === 'approved' && evidence?.isComplete ? 'implemented' : status;

import { contradictionsIn } from '../constraints/conflicts.ts';
import type { AgentRequest, Answer, Conflict, GapQuestion, Grounding, ReviewComment, StepContext } from '../model.ts';
import type { ParsedRequest } from './parse.ts';

/** What a request is weighed by: what it says, what was asked and answered since, and what there is. */
export interface ConflictsInput {
  readonly request: AgentRequest;
  readonly parsed: ParsedRequest;
  readonly grounding: Grounding;
  readonly gaps: readonly GapQuestion[];
  readonly answers: readonly Answer[];
  readonly comments: readonly ReviewComment[];
}

/** What the request, its answers and its reviews contradict of what there is. Looks only at its input and the graph. */
export const findConflicts = (
  { request, parsed, gaps, answers, comments }: ConflictsInput,
  context: StepContext,
): Promise<readonly Conflict[]> => contradictionsIn(context, { request, parsed, gaps, answers, comments });

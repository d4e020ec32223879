import type { Conflict, GapQuestion } from '../model.ts';

/** Where a thread waits for people. */
export type Gate = ClarifyGate | SettleGate | ReviewGate;

export interface ClarifyGate {
  readonly name: 'clarify';
  readonly round: number;
  readonly questions: readonly GapQuestion[];
}

export interface SettleGate {
  readonly name: 'settle';
  readonly round: number;
  readonly conflicts: readonly Conflict[];
}

export interface ReviewGate {
  readonly name: 'review-why' | 'review-how';
  readonly round: number;
  /** Path in the repository. */
  readonly spec: string;
  readonly hash: string;
}

export const isReview = (gate: Gate): gate is ReviewGate => gate.name === 'review-why' || gate.name === 'review-how';

/** Whether an answer at a gate ends the request: what it asks for is there. */
export const closes = (gate: Gate, said: ReadonlyMap<string, string>): boolean =>
  gate.name === 'clarify' &&
  gate.questions.some(({ id, options }) => options.some((option) => option.scope === 'close' && said.get(id) === option.value));

/** What is said at a review where nobody wants changes. */
export const APPROVED = 'approved';

/** The file that keeps what is said at a gate. */
export const inputName = ({ name, round }: Pick<Gate, 'name' | 'round'>): string => `${name}-${round}`;

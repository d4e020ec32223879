import type { Range } from './story.ts';

/** What kind of input it is, as far as the text tells. */
export type InputKind = 'ticket' | 'notes' | 'chat' | 'mail' | 'sentence';

/** A text that somebody wrote, and where it stands in the input. */
export interface Source {
  readonly text: string;
  readonly speaker?: string;
  readonly role: 'title' | 'body' | 'message';
  /** The stretch of the input in which a stretch of the text is written. */
  readonly place: (range: Range) => Range;
}

export interface Intake {
  readonly kind?: InputKind;
  readonly sources: readonly Source[];
}

/** The text is the input itself, or a part of it that begins at `offset`. */
export const asWritten =
  (text: string, offset = 0): Source['place'] =>
  ({ start, end }) => ({ start: start + offset, end: Math.min(end, text.length) + offset });

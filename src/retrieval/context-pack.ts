import type { NodeKind } from '../../graph/model/node.ts';

/** Where a passage stands: enough to read the very same bytes. */
export interface Citation {
  /** The entity that the passage is of. */
  readonly id: string;
  readonly kind: NodeKind;
  readonly name: string;
  readonly repo: string;
  readonly path: string;
  /** Lines, from 1, both included. */
  readonly line: number;
  readonly endLine: number;
  /** The commit whose file holds these lines; absent where the file was not committed as it was read. */
  readonly commit?: string;
}

/** How much of a passage the text of a pack shows: its lines, or its name beside their numbers. */
export const PASSAGE_DETAILS = ['QUOTED', 'NAMED'] as const;
export type PassageDetail = (typeof PASSAGE_DETAILS)[number];

export interface Passage extends Citation {
  readonly detail: PassageDetail;
  /** Why it is here, in words. */
  readonly reason: string;
  /** The lines, as written. */
  readonly text: string;
  readonly tokens: number;
}

/** Passages to read before building something, most relevant first; those with more detail come before those with less. */
export interface ContextPack {
  readonly question: string;
  readonly budget: number;
  /** Of all passages, with their headings. */
  readonly tokens: number;
  readonly passages: readonly Passage[];
  /** All of it as one text for people and models; what repositories say is fenced as data. */
  readonly text: string;
  /** Why less was compared than could be. */
  readonly warning?: string;
}

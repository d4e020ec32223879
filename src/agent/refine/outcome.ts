import type { DraftSpec } from '../model.ts';

/** What became of something that a model suggested: the draft with it, the same draft where it says nothing new, or why not. */
export type Outcome = { readonly draft: DraftSpec } | { readonly rejected: string };

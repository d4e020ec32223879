/**
 * What has to hold, in one of three shapes.
 * - `range`: a number in its base unit; `all`: every value lies within, `some`: this one has to be possible
 * - `items`: `only` these and no others, `some`: these are wanted, `not`: these are ruled out
 * - `value`: one of several that exclude each other
 * - `order`: what comes first, and what then, each by its terms
 */
export type Holds =
  | { readonly kind: 'range'; readonly force: 'all' | 'some'; readonly low: number; readonly high: number }
  | { readonly kind: 'items'; readonly force: 'only' | 'some' | 'not'; readonly items: readonly string[] }
  | { readonly kind: 'value'; readonly value: string }
  | { readonly kind: 'order'; readonly first: readonly string[]; readonly next: readonly string[] };

/** Those of an amount within bounds, in base units. */
export interface Scope {
  readonly dimension: string;
  readonly low: number;
  readonly high: number;
}

/** A constraint: an attribute of something, and what has to hold of it. */
export interface Claim {
  /** What is constrained: `limit:size`, `lifetime`, `access`, `manner:order`. Only claims on the same attribute are compared. */
  readonly attribute: string;
  /** Terms of what it is said of, without the words that make the constraint. */
  readonly about: readonly string[];
  /** Of these one has to be shared: the noun that is counted, the name of a field. Empty where any will do. */
  readonly head: readonly string[];
  /** Terms around it that may help to recognise the subject: of its operation, its schema, its document. */
  readonly around: readonly string[];
  /** Terms of the whole sentence that makes it; absent where no sentence does. */
  readonly sentence?: readonly string[];
  readonly holds: Holds;
  /** Terms of the condition under which it holds; empty: always. */
  readonly when: readonly string[];
  /** `production`, `test`; absent where it says nothing. */
  readonly environment?: 'production' | 'test';
  /** Which of them are meant, by amount. */
  readonly scopes?: readonly Scope[];
  /** What has to do it, where it is named. */
  readonly actor?: string;
  /** People it is about. */
  readonly people?: readonly string[];
  /** It holds for everything of its kind: `every connection`, `no operation`. */
  readonly isUniversal?: boolean;
  /** Of a delay: it follows from how often something runs, or it runs from an event on. */
  readonly since?: 'rhythm' | 'event';
  /** A wish, not a must. */
  readonly isWish?: boolean;
  /** In a normal form, for people. */
  readonly states: string;
}

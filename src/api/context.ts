import type { Runs } from '../agent/runs.ts';
import type { Actor } from '../specs/approvals/decide.ts';
import type { System } from '../system.ts';
import type { Jobs } from './jobs.ts';
import type { Loaders } from './loaders.ts';
import type { PublicError } from '../serving/public-error.ts';
import type { Roots } from '../serving/roots.ts';

/** What resolvers see: the system, shared by all requests, and what belongs to one request. */
export interface ApiContext {
  readonly system: System;
  readonly jobs: Jobs;
  /** Work on threads, which goes on when a request is over. */
  readonly runs: Runs;
  readonly roots: Roots;
  readonly loaders: Loaders;
  /** Whose token the request carries; none: it may ask, and decides nothing. */
  readonly actor: Actor | undefined;
  /** Fires when the client is gone or the request has taken too long. */
  readonly signal: AbortSignal;
  /** What clients may know of an error; the rest is logged. */
  readonly publish: (error: unknown) => PublicError;
}

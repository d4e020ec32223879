import type { Actor } from '../specs/approvals/decide.ts';
import type { System } from '../system.ts';
import type { Jobs } from './jobs.ts';
import type { Loaders } from './loaders.ts';
import type { Roots } from '../serving/roots.ts';

/** What resolvers see: the system, shared by all requests, and what belongs to one request. */
export interface ApiContext {
  readonly system: System;
  readonly jobs: Jobs;
  readonly roots: Roots;
  readonly loaders: Loaders;
  /** Whose token the request carries; none: it may ask, and decides nothing. */
  readonly actor: Actor | undefined;
  /** Fires when the client is gone or the request has taken too long. */
  readonly signal: AbortSignal;
}

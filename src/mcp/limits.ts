/** What one request may ask for. */
export const LIMITS = {
  /** Bytes of an HTTP request's body. */
  bodyBytes: 256 * 1024,
  /** Clients that wait for changes of lists, over HTTP. Lists do not change, so that they wait for nothing. */
  subscriptions: 64,
  /** Milliseconds until a call is given up. */
  callMilliseconds: 60_000,
  /** Milliseconds after which a call is told that work on a thread goes on. */
  patienceMilliseconds: 40_000,
  /** Threads that are worked on, or wait for it. */
  runningThreads: 8,
  /** Milliseconds that requests have to end once the server is told to. */
  stopMilliseconds: 2_000,
} as const;

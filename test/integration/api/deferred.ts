export interface Deferred {
  readonly promise: Promise<void>;
  readonly resolve: () => void;
}

/** `Promise.withResolvers`, which Node 20 lacks. */
export function deferred(): Deferred {
  let resolve!: () => void;
  const promise = new Promise<void>((resolves) => (resolve = resolves));
  return { promise, resolve };
}

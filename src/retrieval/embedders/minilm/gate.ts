/**
 * Ending a thread while it is inside the native runtime aborts the whole process ("terminate called after throwing an
 * instance of 'Napi::Error'", onnxruntime-node 1.17 and 1.30), at `process.exit()` as well. So the thread passes through a gate each
 * time, and the process ends only after the gate was closed. Both sides share the memory.
 */
export type Gate = Int32Array<SharedArrayBuffer>;

const CLOSED = 0;
const INSIDE = 1;

/** Longer than loading the model takes; a runtime that hangs must not make us hang. */
const PATIENCE_MS = 5000;

export const createGate = (): Gate => new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT));

/** Runs `action`, unless the gate is closed: then the promise stays open, for the thread is about to end. */
export async function pass<T>(gate: Gate, action: () => Promise<T>): Promise<T> {
  Atomics.store(gate, INSIDE, 1);
  try {
    if (Atomics.load(gate, CLOSED) === 0) return await action();
  } finally {
    Atomics.store(gate, INSIDE, 0);
    Atomics.notify(gate, INSIDE);
  }
  return new Promise<never>(() => undefined);
}

/** Lets nothing in any more, and blocks until what is inside has left: about 10 ms, while the model is loaded some 400. */
export function close(gate: Gate): void {
  Atomics.store(gate, CLOSED, 1);
  Atomics.wait(gate, INSIDE, 1, PATIENCE_MS);
}

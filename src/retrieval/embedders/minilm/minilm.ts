import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { PlatformError, messageOf, throwIfAborted } from '../../../../graph/errors.ts';
import type { Embedder } from '../../embedder.ts';
import { close, createGate, type Gate } from './gate.ts';
import type { ModelSource } from './model.ts';
import { SPACE } from './space.ts';
import type { Answer, Request, WorkerData } from './worker.ts';

/**
 * The model that ships with specgraph: all-MiniLM-L6-v2, int8, in a thread of its own. Costs nothing until something is
 * embedded; then the thread stays, without keeping the process alive. The same text gives the same bytes on one machine.
 */
export const openMiniLm = (source: ModelSource = {}): Promise<Embedder> =>
  Promise.resolve(createMiniLm((gate) => startWorker({ gate, source })));

/** What {@link openMiniLm} opens, with a thread of the caller's. */
export const createMiniLm = (start: (gate: Gate) => Worker): Embedder => new MiniLm(start);

function startWorker(workerData: WorkerData): Worker {
  const extension = path.extname(fileURLToPath(import.meta.url));
  return new Worker(new URL(`worker${extension}`, import.meta.url), {
    name: 'minilm',
    workerData,
    // Options of the main script, such as --input-type, are not for this one, unless they are what lets Node read TypeScript.
    ...(extension === '.js' && { execArgv: [] }),
  });
}

interface Call {
  readonly resolve: (vectors: Float32Array) => void;
  readonly reject: (error: PlatformError) => void;
}

interface Thread {
  readonly worker: Worker;
  readonly end: () => Promise<unknown>;
}

class MiniLm implements Embedder {
  readonly space = SPACE;
  readonly #start: (gate: Gate) => Worker;
  readonly #calls = new Map<number, Call>();
  /** Absent before the first text, and after the thread ended by itself; the next text starts another. */
  #thread: Thread | undefined;
  #lastId = 0;
  #closed = false;

  constructor(start: (gate: Gate) => Worker) {
    this.#start = start;
  }

  async embed(texts: readonly string[], { signal }: { readonly signal?: AbortSignal } = {}): Promise<readonly Float32Array[]> {
    throwIfAborted(signal);
    if (this.#closed) throw new PlatformError('EMBEDDER_FAILED', 'This embedder was closed. Open another.');
    if (texts.length === 0) return [];
    const id = (this.#lastId += 1);
    const interrupt = (): void => this.#interrupt(id, signal?.reason);
    signal?.addEventListener('abort', interrupt, { once: true });
    try {
      const vectors = await this.#ask(id, texts);
      const size = vectors.length / texts.length;
      return texts.map((_, at) => vectors.slice(at * size, (at + 1) * size));
    } finally {
      signal?.removeEventListener('abort', interrupt);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    for (const id of this.#calls.keys()) this.#interrupt(id, undefined);
    await this.#thread?.end();
  }

  async #ask(id: number, texts: readonly string[]): Promise<Float32Array> {
    const { worker } = (this.#thread ??= this.#startThread());
    try {
      return await new Promise<Float32Array>((resolve, reject) => {
        this.#calls.set(id, { resolve, reject });
        worker.ref();
        worker.postMessage({ kind: 'embed', id, texts } satisfies Request);
      });
    } finally {
      this.#calls.delete(id);
      if (this.#calls.size === 0 && !this.#closed) worker.unref();
    }
  }

  #interrupt(id: number, reason: unknown): void {
    this.#calls.get(id)?.reject(new PlatformError('ABORTED', 'Interrupted while texts were embedded.', { cause: reason }));
    this.#thread?.worker.postMessage({ kind: 'cancel', id } satisfies Request);
  }

  #startThread(): Thread {
    const gate = createGate();
    const worker = this.#start(gate);
    const shut = (): void => close(gate);
    const end = (): Promise<unknown> => {
      worker.ref();
      shut();
      return worker.terminate();
    };
    const lost = (cause: unknown): void => {
      process.off('exit', shut);
      if (this.#thread?.worker !== worker) return;
      this.#thread = undefined;
      for (const call of this.#calls.values()) call.reject(failed(`its thread ended: ${messageOf(cause)}`, cause));
    };
    worker.on('message', (answer: Answer) => this.#settle(answer));
    worker.on('error', lost);
    worker.on('exit', (code) => lost(`exit code ${code}`));
    process.on('exit', shut);
    return { worker, end };
  }

  #settle(answer: Answer): void {
    const call = this.#calls.get(answer.id);
    if (answer.kind === 'embedded') call?.resolve(answer.vectors);
    else call?.reject(failed(answer.message));
  }
}

const failed = (message: string, cause?: unknown): PlatformError =>
  new PlatformError(
    'EMBEDDER_FAILED',
    `The model all-MiniLM-L6-v2 cannot be used: ${message}. Reinstall specgraph with its optional dependencies, or set SPECGRAPH_EMBEDDER=none to search without it.`,
    { cause },
  );

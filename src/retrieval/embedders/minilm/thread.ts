import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { PlatformError, messageOf } from '../../../../graph/errors.ts';
import { close, createGate, type Gate } from './gate.ts';
import type { ModelSource } from './model.ts';
import type { Answer, Request, WorkerData } from './worker.ts';

interface Call {
  readonly resolve: (vectors: Float32Array) => void;
  readonly reject: (error: PlatformError) => void;
}

/**
 * The thread that models run in: started with the first text, and kept until the process ends, without keeping that alive. It must not
 * end before: the native runtime can be loaded by one thread of a process only. Loaded by a second after the first has ended it does not
 * register; loaded by two, or by the main thread as well, it corrupts memory (onnxruntime-node 1.17.0).
 */
export class ModelThread {
  readonly #start: (gate: Gate) => Worker;
  readonly #calls = new Map<number, Call>();
  /** Absent before the first text, and after the thread ended by itself; the next text starts another. */
  #worker: Worker | undefined;
  #lastId = 0;

  constructor(start: (gate: Gate) => Worker = startWorker) {
    this.#start = start;
  }

  /** Vectors of texts, one behind the other. Throws `EMBEDDER_FAILED`; `ABORTED` once the signal says so. */
  async embed(source: ModelSource, texts: readonly string[], signal: AbortSignal): Promise<Float32Array> {
    const worker = (this.#worker ??= this.#startThread());
    const id = (this.#lastId += 1);
    const interrupt = (): void => {
      this.#calls.get(id)?.reject(interrupted(signal.reason));
      worker.postMessage({ kind: 'cancel', id } satisfies Request);
    };
    signal.addEventListener('abort', interrupt, { once: true });
    try {
      return await new Promise<Float32Array>((resolve, reject) => {
        this.#calls.set(id, { resolve, reject });
        worker.ref();
        worker.postMessage({ kind: 'embed', id, source, texts } satisfies Request);
      });
    } finally {
      signal.removeEventListener('abort', interrupt);
      this.#calls.delete(id);
      if (this.#calls.size === 0) worker.unref();
    }
  }

  #startThread(): Worker {
    const gate = createGate();
    const worker = this.#start(gate);
    const shut = (): void => close(gate);
    const lost = (cause: unknown): void => {
      process.off('exit', shut);
      if (this.#worker !== worker) return;
      this.#worker = undefined;
      for (const call of this.#calls.values()) call.reject(failed(`its thread ended: ${messageOf(cause)}`, cause));
    };
    worker.on('message', (answer: Answer) => {
      const call = this.#calls.get(answer.id);
      if (answer.kind === 'embedded') call?.resolve(answer.vectors);
      else call?.reject(failed(answer.message));
    });
    worker.on('error', lost);
    worker.on('exit', (code) => lost(`exit code ${code}`));
    process.on('exit', shut);
    return worker;
  }
}

function startWorker(gate: Gate): Worker {
  const extension = path.extname(fileURLToPath(import.meta.url));
  return new Worker(new URL(`worker${extension}`, import.meta.url), {
    name: 'minilm',
    workerData: { gate } satisfies WorkerData,
    // Options of the main script, such as --input-type, are not for this one, unless they are what lets Node read TypeScript.
    ...(extension === '.js' && { execArgv: [] }),
  });
}

const interrupted = (cause: unknown): PlatformError => new PlatformError('ABORTED', 'Interrupted while texts were embedded.', { cause });

const failed = (message: string, cause?: unknown): PlatformError =>
  new PlatformError(
    'EMBEDDER_FAILED',
    `The model all-MiniLM-L6-v2 cannot be used: ${message}. Reinstall specgraph with its optional dependencies, or set SPECGRAPH_EMBEDDER=none to search without it.`,
    { cause },
  );

/**
 * Runs models beside the main thread. Requests take turns text by text, so that a question does not wait for the
 * thousands of passages that were asked for before it.
 */
import { setImmediate } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { messageOf } from '../../../../graph/errors.ts';
import { pass, type Gate } from './gate.ts';
import { loadModel, type Model, type ModelSource } from './model.ts';
import { DIMENSIONS } from './space.ts';

export type Request =
  | { readonly kind: 'embed'; readonly id: number; readonly source: ModelSource; readonly texts: readonly string[] }
  | { readonly kind: 'cancel'; readonly id: number };

export interface WorkerData {
  readonly gate: Gate;
}

/** `vectors` holds one after the other. */
export type Answer =
  | { readonly kind: 'embedded'; readonly id: number; readonly vectors: Float32Array<ArrayBuffer> }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string };

interface Job {
  readonly source: ModelSource;
  readonly texts: readonly string[];
  readonly vectors: Float32Array<ArrayBuffer>;
  done: number;
}

if (parentPort === null) throw new Error('worker.ts runs in a worker thread only.');
const port = parentPort;
const jobs = new Map<number, Job>();
const { gate } = workerData as WorkerData;

/** By their source. One that could not be loaded is tried again. */
const models = new Map<string, Promise<Model>>();
function modelOf(source: ModelSource): Promise<Model> {
  const key = JSON.stringify(source);
  let model = models.get(key);
  if (!model) {
    model = pass(gate, () => loadModel(source));
    model.catch(() => models.delete(key));
    models.set(key, model);
  }
  return model;
}

let working = false;
port.on('message', (request: Request) => {
  if (request.kind === 'cancel') jobs.delete(request.id);
  else jobs.set(request.id, { ...request, vectors: new Float32Array(request.texts.length * DIMENSIONS), done: 0 });
  if (!working) void work();
});

async function work(): Promise<void> {
  working = true;
  while (jobs.size > 0) {
    for (const [id, job] of jobs) {
      await step(id, job).catch((error: unknown) => answer({ kind: 'failed', id, message: messageOf(error) }));
      // Lets newer requests and cancellations in.
      await setImmediate();
    }
  }
  working = false;
}

async function step(id: number, job: Job): Promise<void> {
  const model = await modelOf(job.source);
  const text = job.texts[job.done];
  if (text !== undefined) job.vectors.set(await pass(gate, () => model(text)), job.done * DIMENSIONS);
  job.done += 1;
  if (job.done >= job.texts.length && jobs.has(id)) answer({ kind: 'embedded', id, vectors: job.vectors });
}

function answer(message: Answer): void {
  jobs.delete(message.id);
  port.postMessage(message, message.kind === 'embedded' ? [message.vectors.buffer] : []);
}

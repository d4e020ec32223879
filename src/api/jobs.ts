import { PlatformError } from '../../graph/errors.ts';
import type { IngestProgress, IngestReport, System } from '../system.ts';
import type { PublicError } from '../serving/public-error.ts';
import { LIMITS } from './limits.ts';

export const JOB_STATES = ['queued', 'running', 'done', 'failed'] as const;
type JobState = (typeof JOB_STATES)[number];

/** An ingest as it stands now. */
export interface Job {
  readonly id: string;
  readonly state: JobState;
  readonly progress?: IngestProgress;
  readonly report?: IngestReport;
  readonly error?: PublicError;
}

/** Ingests one after the other, in the order in which they were asked for. */
export interface Jobs {
  /** Throws `LIMIT_EXCEEDED` when too many wait already. */
  start(folder: string, repo: string | undefined): Job;
  get(id: string): Job | undefined;
  /** Interrupts the running job, fails the waiting ones, and resolves when nothing runs any more. */
  close(): Promise<void>;
}

/** `onIngested` is told whenever there is a graph to be embedded. */
export function createJobs(
  system: Pick<System, 'ingest'>,
  publish: (error: unknown) => PublicError,
  onIngested: () => void = () => {},
): Jobs {
  const jobs = new Map<string, Job>();
  const interrupt = new AbortController();
  let started = 0;
  let last: Promise<void> = Promise.resolve();

  const update = (id: string, change: Partial<Job>): Job => {
    const job: Job = { id, state: 'queued', ...jobs.get(id), ...change };
    jobs.set(id, job);
    return job;
  };
  const forgetOldest = (): void => {
    for (const { id, state } of jobs.values()) {
      if (jobs.size <= LIMITS.keptJobs) return;
      if (state === 'done' || state === 'failed') jobs.delete(id);
    }
  };
  const run = async (id: string, folder: string, repo: string | undefined): Promise<void> => {
    try {
      if (interrupt.signal.aborted) throw new PlatformError('ABORTED', 'The server was stopped before this ingest began.');
      update(id, { state: 'running' });
      const report = await system.ingest(folder, {
        ...(repo === undefined ? {} : { repo }),
        signal: interrupt.signal,
        onProgress: (progress) => update(id, { progress }),
      });
      update(id, { state: 'done', report });
      onIngested();
    } catch (error) {
      update(id, { state: 'failed', error: publish(error) });
    }
    forgetOldest();
  };

  return {
    start(folder, repo) {
      const waiting = [...jobs.values()].filter(({ state }) => state === 'queued').length;
      if (waiting >= LIMITS.queuedJobs) {
        throw new PlatformError('LIMIT_EXCEEDED', `${waiting} ingests wait already. Ask again when some of them are done.`, {
          details: { limit: 'queuedJobs', allowed: LIMITS.queuedJobs },
        });
      }
      const job = update(`job-${++started}`, {});
      last = last.then(() => run(job.id, folder, repo));
      return job;
    },
    get: (id) => jobs.get(id),
    async close() {
      interrupt.abort();
      await last;
    },
  };
}

import got from 'got';

export interface Job {
  name: string;
  priority: string;
}

export async function submit(job: Job): Promise<void> {
  await got.post('https://jobs.acme.test/jobs', { json: { name: job.name, priority: job.priority } });
}

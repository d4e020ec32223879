const JOBS_URL = 'https://jobs.acme.test/jobs';

export const nightly = () =>
  fetch(JOBS_URL, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'nightly', priority: 'low' }),
  });

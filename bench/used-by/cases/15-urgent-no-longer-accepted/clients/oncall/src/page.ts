import axios from 'axios';

export async function page(who: string): Promise<void> {
  await axios.post('https://jobs.acme.test/jobs', { name: `page ${who}`, priority: 'urgent' });
}

import createClient from 'openapi-fetch';
import type { paths } from './schema.d.ts';

const client = createClient<paths>({ baseUrl: 'https://support.acme.test/v1' });

export async function ask(question: string): Promise<number> {
  const { data, error } = await client.POST('/tickets', { body: { description: question, channel: 'help' } });
  if (error || !data) throw new Error('the question was not accepted');
  return data.number;
}

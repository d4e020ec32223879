import createClient from 'openapi-fetch';
import type { paths } from './schema.d.ts';

const client = createClient<paths>({ baseUrl: 'https://invoices.acme.test' });

export async function total(id: string): Promise<number> {
  const { data } = await client.GET('/invoices/{id}', { params: { path: { id } } });
  return data?.total ?? 0;
}

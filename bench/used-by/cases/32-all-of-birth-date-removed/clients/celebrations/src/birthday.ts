import createClient from 'openapi-fetch';
import type { paths } from './schema.d.ts';

const staff = createClient<paths>({ baseUrl: 'https://staff.acme.test' });

export async function hasBirthday(id: string, today: string): Promise<boolean> {
  const { data } = await staff.GET('/employees/{id}', { params: { path: { id } } });
  return data?.birthDate?.slice(5) === today.slice(5);
}

import got from 'got';

const auth = got.extend({ prefixUrl: 'https://auth.acme.test' });

export async function expire(ids: string[]): Promise<void> {
  for (const id of ids) await auth.delete(`sessions/${id}`);
}

import axios from 'axios';

const catalog = axios.create({
  baseURL: 'https://catalog.acme.test',
  headers: { Authorization: `Bearer ${process.env.CATALOG_TOKEN}` },
});

export async function sync(): Promise<number> {
  const { data } = await catalog.get<{ name: string }[]>('/catalog');
  return data.length;
}

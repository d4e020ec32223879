import axios from 'axios';

export async function countRows(exportId: string): Promise<number> {
  const { data } = await axios.get<object[]>(`https://exports.acme.test/exports/${exportId}`, {
    headers: { Accept: 'application/json' },
  });
  return data.length;
}

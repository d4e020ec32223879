import axios from 'axios';

export const search = async (q: string): Promise<string[]> =>
  (await axios.get<string[]>('https://search.acme.test/search', { params: { q } })).data;

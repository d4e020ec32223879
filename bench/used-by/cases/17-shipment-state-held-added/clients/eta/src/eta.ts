import axios from 'axios';

export async function eta(number: string): Promise<Date> {
  const { data } = await axios.get<{ eta: string }>(`https://logistics.acme.test/v6/shipments/${number}`);
  return new Date(data.eta);
}

import axios from 'axios';

export async function units(): Promise<number> {
  const res = await axios.get('https://reports.acme.test/api/v2/reports/stock');
  return res.data.units;
}

import { reports } from './api.js';

export async function salesTotal(from: string, to: string): Promise<number> {
  const { data } = await reports.get<{ total: number }>('/reports/sales', { params: { from, to } });
  return data.total;
}

import { api } from './api.js';

export async function discard(id: string): Promise<string> {
  const { restoreUntil } = await api<{ restoreUntil: string }>(`/drafts/${id}`, { method: 'DELETE' });
  return `Can be restored until ${new Date(restoreUntil).toLocaleString()}`;
}

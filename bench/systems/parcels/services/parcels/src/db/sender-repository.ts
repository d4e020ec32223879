import { getPool } from './pool';

export interface Sender {
  id: string;
  companyName: string;
  email: string;
  plan: string;
}

interface SenderRow {
  id: string;
  company_name: string;
  email: string;
  plan: string;
}

export async function findSenderById(id: string): Promise<Sender | undefined> {
  const { rows } = await getPool().query<SenderRow>(
    'SELECT id, company_name, email, plan FROM senders WHERE id = $1',
    [id],
  );
  const row = rows[0];
  if (!row) return undefined;
  return { id: row.id, companyName: row.company_name, email: row.email, plan: row.plan };
}

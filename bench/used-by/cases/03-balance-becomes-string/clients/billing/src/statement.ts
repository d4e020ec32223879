import ky from 'ky';

interface Account {
  accountId: string;
  owner: string;
  balance: number;
}

const bank = ky.create({ prefixUrl: 'https://bank.acme.test', retry: 2 });

export async function statementLine(accountId: string): Promise<string> {
  const account = await bank.get(`accounts/${accountId}`).json<Account>();
  return account.balance.toFixed(2).padStart(12);
}

import ky from 'ky';

export async function ownerOf(accountId: string): Promise<string> {
  const { owner } = await ky.get(`https://bank.acme.test/accounts/${accountId}`).json<{ owner: string }>();
  return owner;
}

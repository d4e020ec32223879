import got from 'got';

export async function amountOf(payment: string): Promise<number> {
  const { amount } = await got.get(`https://pay.acme.test/payments/${payment}`).json<{ amount: number }>();
  return amount;
}

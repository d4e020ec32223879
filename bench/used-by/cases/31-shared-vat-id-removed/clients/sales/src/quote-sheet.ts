import ky from 'ky';

interface Quote {
  number: string;
  customer: { name: string; vatId: string };
}

export async function quoteSheet(id: string): Promise<string> {
  const { number, customer } = await ky(`https://trade.acme.test/quotes/${id}`).json<Quote>();
  const { name, vatId: tax } = customer;
  return `${number}: ${name} (${tax})`;
}

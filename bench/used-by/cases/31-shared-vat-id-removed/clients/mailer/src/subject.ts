export async function subject(quoteId: string): Promise<string> {
  const res = await fetch(`https://trade.acme.test/quotes/${quoteId}`);
  const quote = (await res.json()) as { number: string; customer: { name: string } };
  return `Quote ${quote.number} for ${quote.customer.name}`;
}

export async function getInvoice(id: string): Promise<{ total: number }> {
  const res = await fetch(`https://invoices.acme.test/invoices/${id}`);
  return (await res.json()) as { total: number };
}

export async function isDue(id: string): Promise<boolean> {
  return (await getInvoice(id)).total > 0;
}

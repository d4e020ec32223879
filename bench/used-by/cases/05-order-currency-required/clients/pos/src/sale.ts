export async function ringUp(customerId: string, sku: string): Promise<string> {
  const res = await fetch('https://orders.acme.test/orders', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ customerId, lines: [{ sku, quantity: 1 }], currency: 'EUR', source: 'pos' }),
  });
  return ((await res.json()) as { orderId: string }).orderId;
}

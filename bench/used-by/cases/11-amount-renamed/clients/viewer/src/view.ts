export async function view(cartId: string): Promise<string[]> {
  const res = await fetch(`https://shop.acme.test/api/carts/${cartId}`);
  const { items } = (await res.json()) as { items: { sku: string; qty: number }[] };
  return items.map(({ sku, qty: amount }) => `${amount} x ${sku}`);
}

export async function badgeCount(basketId: string): Promise<number> {
  const res = await fetch(`https://baskets.acme.test/baskets/${basketId}`);
  const { items } = (await res.json()) as { items: string[]; total: number };
  const total = items.length;
  return total;
}

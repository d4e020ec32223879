export async function planOf(id: string): Promise<string> {
  const response = await fetch(`https://billing.acme.test/subscriptions/${id}`);
  const { plan } = (await response.json()) as { plan: string };
  return plan;
}

const STORES = 'https://stores.acme.test/stores';

export async function storesOf(region: string): Promise<unknown[]> {
  const url = new URL(STORES);
  url.searchParams.append('region', region);
  const res = await fetch(url.toString());
  return (await res.json()) as unknown[];
}

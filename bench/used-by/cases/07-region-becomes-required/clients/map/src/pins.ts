export async function pins(region?: string): Promise<string[]> {
  const url = new URL('https://stores.acme.test/stores');
  if (region) url.searchParams.set('region', region);
  const res = await fetch(url);
  return ((await res.json()) as { name: string }[]).map((store) => store.name);
}

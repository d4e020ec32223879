interface Store {
  id: string;
  name: string;
}

export async function nearest(lat: number, lon: number): Promise<Store | undefined> {
  const url = new URL('/stores', 'https://stores.acme.test');
  url.searchParams.set('near', `${lat},${lon}`);
  const res = await fetch(url);
  const stores = (await res.json()) as Store[];
  return stores[0];
}

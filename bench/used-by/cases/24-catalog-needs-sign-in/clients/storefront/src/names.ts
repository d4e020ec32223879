export async function names(): Promise<string[]> {
  const res = await fetch('https://catalog.acme.test/catalog');
  const catalog = (await res.json()) as { name: string }[];
  return catalog.map((entry) => entry.name);
}

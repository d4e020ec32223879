const VENDOR = 'https://directory.phonebook-vendor.test';

export async function lookup(id: string): Promise<string> {
  const res = await fetch(`${VENDOR}/people/${id}`);
  return ((await res.json()) as { name: string }).name;
}
